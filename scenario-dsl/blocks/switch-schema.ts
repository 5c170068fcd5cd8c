import { z } from 'zod';
import { blockId, variableName } from './common-schema.ts';

const maxCases = 200;

const cases = z
  .record(z.string(), blockId)
  .superRefine((values, context) => {
    const count = Object.keys(values).length;
    if (count > 0 && count <= maxCases) return;
    context.addIssue({
      code: 'custom',
      message: count === 0 ? 'There is no case.' : `There are ${count} cases; ${maxCases} are possible.`,
      params: { code: 'bad-cases', remedy: 'Write { value: <block id> } for each value.' },
    });
  })
  .meta({ minProperties: 1, maxProperties: maxCases, description: 'Where each value leads: value, and block id.' });

export const switchSchema = z
  .strictObject({
    variable: variableName.describe('Name of the variable to look at, without $().'),
    cases,
    default: blockId.optional().describe('Where every other value leads; the next block where left out.'),
  })
  .describe('Goes where the value of a variable leads.');

export type SwitchFields = z.infer<typeof switchSchema>;
