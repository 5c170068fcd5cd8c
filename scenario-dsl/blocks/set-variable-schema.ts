import { z } from 'zod';
import { valueText, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const value = z.union([valueText, z.number(), z.boolean()], { error: 'text, a number, true or false' });

const setVariableSchema = z
  .record(variableName, value)
  .describe('Sets variables, one after the other. A text that begins with = is an expression.');

export type SetVariableFields = z.infer<typeof setVariableSchema>;

export const setVariableDefinition = defineBlock({
  schema: setVariableSchema,
  fieldsForAllExits: {},
  guide: {
    title: 'Set Variable',
    group: 'decide',
    notes: [
      'One after the other: a later one can use an earlier one.',
      '`$(name)` alone keeps what it is: a number stays a number, a list a list. Anything beside it makes text: `$(first) and $(second)`.',
    ],
  },
});
