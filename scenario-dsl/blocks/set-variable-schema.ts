import { z } from 'zod';
import { text, variableName } from './common-schema.ts';

export const setVariableSchema = z.record(variableName, z.union([text, z.number(), z.boolean()]));

export type SetVariableFields = z.infer<typeof setVariableSchema>;
