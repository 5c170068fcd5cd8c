import { z } from 'zod';
import { blockId, filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const branch = z.strictObject({
  go: blockId.describe('Where the branch leads.'),
  weight: z.number().positive().max(1_000_000).optional().describe('Its share among all weights; 1 where left out.'),
});

const abSplitSchema = z
  .strictObject({
    branches: z.array(branch).min(2).max(26).describe('The branches, of which one is drawn.'),
    sticky: filledText
      .optional()
      .describe('Name of the experiment: the same customer gets the same branch each time. Drawn anew where left out.'),
  })
  .describe('Goes on at one of several branches by chance.');

export type AbSplitFields = z.infer<typeof abSplitSchema>;

export const abSplitDefinition = defineBlock({
  schema: abSplitSchema,
  fieldsForAllExits: { branches: [] },
  guide: {
    title: 'A/B Split',
    group: 'decide',
    notes: [
      'Ways are called `branch-a`, `branch-b` and so on. With `sticky` the same customer gets the same branch for the same text.',
      'Where no number can be drawn within 10 s, the first branch is taken.',
    ],
    differs: 'A block of ours.',
  },
});
