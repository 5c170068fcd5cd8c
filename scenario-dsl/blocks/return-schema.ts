import { z } from 'zod';
import { defineBlock } from './define-block.ts';

const returnSchema = z
  .strictObject({})
  .describe(
    'Ends a scenario that another one has started, and goes on there; in the first scenario it ends the conversation.',
  );

export type ReturnFields = z.infer<typeof returnSchema>;

export const returnDefinition = defineBlock({
  schema: returnSchema,
  fieldsForAllExits: {},
  guide: { title: 'Return', group: 'decide' },
});
