import { z } from 'zod';
import { numberOrText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const setPrioritySchema = z
  .strictObject({
    priority: numberOrText.describe('0 to 100; higher is served first. $(…) that is no number changes nothing.'),
  })
  .describe('Sets the priority of the searches for an agent that follow.');

export type SetPriorityFields = z.infer<typeof setPrioritySchema>;

export const setPriorityDefinition = defineBlock({
  schema: setPrioritySchema,
  fieldsForAllExits: { priority: 1 },
  guide: { title: 'Set Priority', group: 'route' },
});
