import { z } from 'zod';
import { variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const getNextRecordSchema = z
  .strictObject({
    from: variableName.describe('Variable that holds the list of records.'),
    into: variableName.describe('Variable that the record becomes.'),
  })
  .describe('Takes the next record off a list.');

export type GetNextRecordFields = z.infer<typeof getNextRecordSchema>;

export const getNextRecordDefinition = defineBlock({
  schema: getNextRecordSchema,
  fieldsForAllExits: { from: 'variable', into: 'variable' },
  guide: {
    title: 'Get Next Record',
    group: 'data',
    differs: 'The record is taken off the list: what is left in the variable is what is still to come.',
  },
});
