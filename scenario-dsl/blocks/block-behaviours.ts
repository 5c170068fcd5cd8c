import type { ScenarioBlock } from '../document.ts';
import type { BlockState } from '../run-setup.ts';
import type { BlockBehaviour, BlockExit, BlockReference, BlockWiring } from './block-behaviour.ts';
import type { BlockFields, BlockType } from './block-fields-schema.ts';
import { connectChat } from './connect-chat.ts';
import { exit } from './exit.ts';
import { findAgent } from './find-agent.ts';
import { goto } from './goto.ts';
import { ifBlock } from './if.ts';
import { sendMessage } from './send-message.ts';
import { setVariable } from './set-variable.ts';

/** What every block type does. Its twin with the fields' schemas, kept out of the workflow bundle, is `block-fields-schema.ts`. */
const blockBehaviours: { [Type in BlockType]: BlockBehaviour<BlockFields[Type]> } = {
  'connect-chat': connectChat,
  exit,
  'find-agent': findAgent,
  goto,
  if: ifBlock,
  'send-message': sendMessage,
  'set-variable': setVariable,
};

/** A block's ways out, without its machine. */
export interface BlockWays {
  exits: BlockExit[];
  references: BlockReference[];
  goesOn: boolean;
  pauses: boolean;
}

/** Where a block can lead, and whether it waits for somebody there. */
export function getBlockWays(block: ScenarioBlock): BlockWays {
  const behaviour = getBehaviour(block);
  return {
    exits: behaviour.exits?.(block.fields) ?? [],
    references: behaviour.references?.(block.fields) ?? [],
    goesOn: behaviour.goesOn?.(block.fields) ?? true,
    pauses: behaviour.pauses?.(block.fields) ?? false,
  };
}

/** Compiles one block. */
export function createBlockState(block: ScenarioBlock, wiring: BlockWiring): BlockState {
  return getBehaviour(block).state(block.fields, wiring);
}

/** Loses the tie between a block's type and its fields, which TypeScript cannot carry through a look-up; `ScenarioBlock` has it. */
function getBehaviour(block: ScenarioBlock): BlockBehaviour<unknown> {
  return blockBehaviours[block.type];
}
