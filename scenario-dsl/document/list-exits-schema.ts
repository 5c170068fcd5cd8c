import type { BlockExit } from '../blocks/block-behaviour.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import { blockTypes, type BlockType } from '../blocks/block-types-schema.ts';
import type { ScenarioBlock } from './document.ts';

/** Every exit that a block of the type can have. */
export function listExits(type: BlockType): BlockExit[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key of a table of all types, with its own fields
  const block = { id: type, type, fields: blockTypes[type].fieldsForAllExits, exits: {} } as ScenarioBlock;
  return getBlockWays(block).exits;
}
