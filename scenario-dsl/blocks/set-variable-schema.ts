import { z } from 'zod';
import { text, variableName } from './common-schema.ts';

const value = z.union([text, z.number(), z.boolean()], { error: 'text, a number, true or false' });

export const setVariableSchema = z.record(variableName, value).describe('Sets variables, one after the other.');

export type SetVariableFields = z.infer<typeof setVariableSchema>;
