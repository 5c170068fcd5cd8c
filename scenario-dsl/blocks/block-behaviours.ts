import type { ScenarioBlock } from '../document.ts';
import type { BlockState } from '../run-setup.ts';
import type {
  BlockBehaviour,
  BlockExit,
  BlockReference,
  BlockWay,
  BlockWiring,
  SentText,
  WayTaker,
} from './block-behaviour.ts';
import type { BlockFields, BlockType } from './block-fields-schema.ts';
import { abSplit } from './a-b-split.ts';
import { businessHours } from './business-hours.ts';
import { collect } from './collect.ts';
import { comment } from './comment.ts';
import { connectChat } from './connect-chat.ts';
import { exceptionHandler } from './exception-handler.ts';
import { exit } from './exit.ts';
import { findAgent } from './find-agent.ts';
import { goto } from './goto.ts';
import { ifBlock } from './if.ts';
import { log } from './log.ts';
import { requestInput } from './request-input.ts';
import { sendMessage } from './send-message.ts';
import { setVariable } from './set-variable.ts';
import { switchBlock } from './switch.ts';
import { wait } from './wait.ts';

/** What every block type does. Its twin with the fields' schemas, kept out of the workflow bundle, is `block-fields-schema.ts`. */
const blockBehaviours: { [Type in BlockType]: BlockBehaviour<BlockFields[Type]> } = {
  'a-b-split': abSplit,
  'business-hours': businessHours,
  collect,
  comment,
  'connect-chat': connectChat,
  'exception-handler': exceptionHandler,
  exit,
  'find-agent': findAgent,
  goto,
  if: ifBlock,
  log,
  'request-input': requestInput,
  'send-message': sendMessage,
  'set-variable': setVariable,
  switch: switchBlock,
  wait,
};

/** A block without its machine. `pauses`: it waits for a person or an agent; a loop without such a block never ends. */
export interface BlockWays {
  exits: BlockExit[];
  references: BlockReference[];
  ways: BlockWay[];
  pauses: boolean;
  says: string | undefined;
}

/** Every text of a block that Messenger bounds, with the way to it from the block's type. */
export function getSentTexts(block: ScenarioBlock): SentText[] {
  return getBehaviour(block).texts?.(block.fields) ?? [];
}

const pausing = new Set<WayTaker>(['customer', 'clock', 'reservation', 'refusal', 'chat-end']);

/** Where a block can lead, and whether it waits for somebody there. */
export function getBlockWays(block: ScenarioBlock): BlockWays {
  const behaviour = getBehaviour(block);
  const ways = behaviour.ways(block.fields);
  return {
    exits: behaviour.exits?.(block.fields) ?? [],
    references: behaviour.references?.(block.fields) ?? [],
    ways,
    pauses: ways.some(({ by }) => pausing.has(by)) && ways.every(({ by }) => by !== 'scenario'),
    says: behaviour.says?.(block.fields),
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
