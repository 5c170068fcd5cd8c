import { z } from 'zod';
import { blockId, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const MAX_CASES = 200;

const cases = z
  .record(z.string(), blockId)
  .superRefine((values, context) => {
    const count = Object.keys(values).length;
    if (count > 0 && count <= MAX_CASES) return;
    context.addIssue({
      code: 'custom',
      message: count === 0 ? 'There is no case.' : `There are ${count} cases; ${MAX_CASES} are possible.`,
      params: { code: 'bad-cases', remedy: 'Write { value: <block id> } for each value.' },
    });
  })
  .meta({ minProperties: 1, maxProperties: MAX_CASES, description: 'Where each value leads: value, and block id.' });

const switchSchema = z
  .strictObject({
    variable: variableName.describe('Name of the variable to look at, without $().'),
    cases,
    default: blockId.optional().describe('Where every other value leads; the next block where left out.'),
  })
  .describe('Goes where the value of a variable leads.');

export type SwitchFields = z.infer<typeof switchSchema>;

export const switchDefinition = defineBlock({
  schema: switchSchema,
  fieldsForAllExits: { variable: 'variable', cases: {} },
  guide: {
    title: 'Switch',
    group: 'decide',
    notes: [
      'Compares as written: `Tea` is not `tea`; a number is compared as it reads, a variable that is not set as `""`.',
    ],
    differs: 'The branches are one map, *Default* is the field `default`.',
  },
});
