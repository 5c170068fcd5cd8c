import { z } from 'zod';

export const selfServiceProvidedSchema = z
  .strictObject({})
  .describe('Marks the conversation as served without an agent.');

export type SelfServiceProvidedFields = z.infer<typeof selfServiceProvidedSchema>;
