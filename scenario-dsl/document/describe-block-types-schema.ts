import type { BlockExit } from '../blocks/block-behaviour.ts';
import { blockTypes, type BlockType } from '../blocks/block-types-schema.ts';
import { listExits } from './list-exits-schema.ts';
import { createScenarioJsonSchema, type JsonSchema } from './scenario-json-schema.ts';

/** A block type as an editor tells of it. */
export interface BlockTypeDescription {
  type: BlockType;
  title: string;
  group: 'talk' | 'decide' | 'route' | 'data';
  description: string;
  notes: readonly string[];
  /** Of what stands under the type's key. */
  schema: JsonSchema;
  exits: readonly BlockExit[];
}

/** Every block type, in the order in which the documents tell them. */
export function describeBlockTypes(): BlockTypeDescription[] {
  const { block } = createScenarioJsonSchema().$defs ?? {};
  const schemas = typeof block === 'object' ? (block.properties ?? {}) : {};
  return Object.entries(blockTypes).map(([name, { guide }]) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a table of all types
    const type = name as BlockType;
    const { title, group, notes = [] } = guide;
    const schema = schemas[type];
    const known = typeof schema === 'object' ? schema : {};
    return { type, title, group, description: known.description ?? '', notes, schema: known, exits: listExits(type) };
  });
}
