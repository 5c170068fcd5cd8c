import { z } from 'zod';
import { duration } from './common-schema.ts';

export const waitSchema = z
  .strictObject({ for: duration })
  .describe('Pauses; what the customer writes meanwhile is $(item.message) only.');

export type WaitFields = z.infer<typeof waitSchema>;
