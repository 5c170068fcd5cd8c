import { z } from 'zod';
import { duration } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const waitSchema = z
  .strictObject({ for: duration })
  .describe('Pauses; what the customer writes meanwhile is $(item.message) only.');

export type WaitFields = z.infer<typeof waitSchema>;

export const waitDefinition = defineBlock({
  schema: waitSchema,
  fieldsForAllExits: { for: '1s' },
  guide: {
    title: 'Wait',
    group: 'decide',
    notes: ['Not shortened by what the customer writes meanwhile: the last message is `$(item.message)` afterwards.'],
    differs: 'The time has a unit.',
  },
});
