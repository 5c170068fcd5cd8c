import { z } from 'zod';
import { variableName } from './common-schema.ts';

export const getNextRecordSchema = z
  .strictObject({
    from: variableName.describe('Variable that holds the list of records.'),
    into: variableName.describe('Variable that the record becomes.'),
  })
  .describe('Takes the next record off a list.');

export type GetNextRecordFields = z.infer<typeof getNextRecordSchema>;
