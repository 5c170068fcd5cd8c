import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';

export const getStatisticsSchema = z
  .strictObject({
    service: filledText.optional().describe('Service to look at; the conversation’s where left out.'),
    skills: z.array(filledText).max(50).optional().describe('Count only agents with all of these skills.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Looks at queue and agents: $(queue.position), $(queue.ewt), $(agents.ready) and so on.');

export type GetStatisticsFields = z.infer<typeof getStatisticsSchema>;
