import { z } from 'zod';

export const exitSchema = z.strictObject({}).describe('Ends the conversation.');

export type ExitFields = z.infer<typeof exitSchema>;
