import { z } from 'zod';
import { blockId, filledText } from './common-schema.ts';

const branch = z.strictObject({
  go: blockId.describe('Where the branch leads.'),
  weight: z.number().positive().max(1_000_000).optional().describe('Its share among all weights; 1 where left out.'),
});

export const abSplitSchema = z
  .strictObject({
    branches: z.array(branch).min(2).max(26).describe('The branches, of which one is drawn.'),
    sticky: filledText
      .optional()
      .describe('Name of the experiment: the same customer gets the same branch each time. Drawn anew where left out.'),
  })
  .describe('Goes on at one of several branches by chance.');

export type AbSplitFields = z.infer<typeof abSplitSchema>;
