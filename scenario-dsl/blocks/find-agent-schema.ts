import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';

const percentage = z.number().min(0).max(100);

const interval = z.strictObject({
  for: duration,
  minLevel: percentage.optional().describe('Least skill level asked for; 0 where left out.'),
});

export const findAgentSchema = z
  .strictObject({
    skills: z.array(filledText).max(50).optional().describe('Skills that the agent must have, all of them.'),
    service: filledText.optional(),
    priority: percentage.optional().describe('0 to 100; higher is served first.'),
    timeout: duration.optional().describe('How long to look; the sum of the intervals, else 10m, where left out.'),
    intervals: z.array(interval).min(1).max(20).optional().describe('Widen the search step by step.'),
  })
  .describe('Queues the conversation until an agent is found.');

export type FindAgentFields = z.infer<typeof findAgentSchema>;
