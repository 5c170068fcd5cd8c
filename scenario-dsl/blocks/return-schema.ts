import { z } from 'zod';

export const returnSchema = z
  .strictObject({})
  .describe(
    'Ends a scenario that another one has started, and goes on there; in the first scenario it ends the conversation.',
  );

export type ReturnFields = z.infer<typeof returnSchema>;
