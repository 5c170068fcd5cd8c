import { z } from 'zod';
import { filledText, text } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const setCustomReportingFieldSchema = z
  .record(filledText, text)
  .refine((fields) => Object.keys(fields).length > 0, { error: 'no field at all' })
  .describe('Sets fields of the deployment’s own in the conversation’s record.');

export type SetCustomReportingFieldFields = z.infer<typeof setCustomReportingFieldSchema>;

export const setCustomReportingFieldDefinition = defineBlock({
  schema: setCustomReportingFieldSchema,
  fieldsForAllExits: {},
  guide: { title: 'Set Custom Reporting Field', group: 'data' },
});
