import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const getStatisticsSchema = z
  .strictObject({
    service: filledText.optional().describe('Service to look at; the conversation’s where left out.'),
    skills: z.array(filledText).max(50).optional().describe('Count only agents with all of these skills.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Looks at queue and agents: $(queue.position), $(queue.ewt), $(agents.ready) and so on.');

export type GetStatisticsFields = z.infer<typeof getStatisticsSchema>;

export const getStatisticsDefinition = defineBlock({
  schema: getStatisticsSchema,
  fieldsForAllExits: {},
  guide: {
    title: 'Get Statistics',
    group: 'route',
    notes: [
      'Sets `$(queue.position)`, `$(queue.waiting)`, `$(queue.ewt)`, `$(queue.oldestWaiting)` (seconds), `$(agents.ready)`, `$(agents.loggedIn)`.',
    ],
  },
});
