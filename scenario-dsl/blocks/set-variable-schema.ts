import { z } from 'zod';
import { valueText, variableName } from './common-schema.ts';

const value = z.union([valueText, z.number(), z.boolean()], { error: 'text, a number, true or false' });

export const setVariableSchema = z
  .record(variableName, value)
  .describe('Sets variables, one after the other. A text that begins with = is an expression.');

export type SetVariableFields = z.infer<typeof setVariableSchema>;
