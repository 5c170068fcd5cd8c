import { z } from 'zod';

export const exitSchema = z.strictObject({});

export type ExitFields = z.infer<typeof exitSchema>;
