import { z } from 'zod';
import { duration, filledText, saidMessage, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const percentage = z.number().min(0).max(100);

const skillNames = z.array(filledText).max(50);

const interval = z.strictObject({
  for: duration.describe('How long the interval lasts.'),
  minLevel: percentage.optional().describe('Least skill level asked for; 0 where left out.'),
  skills: skillNames
    .optional()
    .describe('Skills to ask for from now on: some of those before; all of them where left out.'),
});

const findAgentSchema = z
  .strictObject({
    skills: skillNames.optional().describe('Skills that the agent must have, all of them.'),
    service: filledText.optional().describe('Service whose agents are looked for; the entry’s where left out.'),
    priority: percentage.optional().describe('0 to 100; higher is served first. That of Set Priority where left out.'),
    timeout: duration.optional().describe('How long to look; the sum of the intervals, else 10m, where left out.'),
    intervals: z.array(interval).min(1).max(20).optional().describe('Widen the search step by step.'),
    lastAgentWithin: duration
      .optional()
      .describe(
        'The agent who last talked with the customer, no longer ago than that, is found first: $(item.continuationUserId).',
      ),
    lastAgentWait: duration
      .optional()
      .describe(
        'How long they are waited for where they are logged in and not free; 30s where left out. Then anybody will do.',
      ),
    announce: saidMessage
      .optional()
      .describe(
        'What to say of the position in the queue when it changes much: $(queue.position), $(queue.ewt) in seconds.',
      ),
  })
  .describe('Queues the conversation until an agent is found.')
  .superRefine(({ lastAgentWithin, lastAgentWait }, context) => {
    if (lastAgentWait === undefined || lastAgentWithin !== undefined) return;
    const params: IssueParams = { code: 'bad-search', remedy: 'Write lastAgentWithin: 12h as well, or remove it.' };
    const message = '"lastAgentWait" is for the last agent, and none is asked for.';
    context.addIssue({ code: 'custom', path: ['lastAgentWait'], message, params: { ...params } });
  })
  .meta({ dependentRequired: { lastAgentWait: ['lastAgentWithin'] } });

export type FindAgentFields = z.infer<typeof findAgentSchema>;

export const findAgentDefinition = defineBlock({
  schema: findAgentSchema,
  fieldsForAllExits: {},
  guide: {
    title: 'Find Agent',
    group: 'route',
    notes: [
      'Lasts `timeout`; else as long as its intervals together; else 10m. Each interval only widens the search; the last one holds until the end.',
      'Sets `$(destination)` and `$(agent.…)`; starting a search empties `$(destination)`. Connect Chat must follow before any wait.',
      '`$(queue.position)`, `$(queue.waiting)` and `$(queue.ewt)` follow the queue. `announce` speaks at first, and when place or wait has halved or the wait doubled; ten times at most.',
      '`lastAgentWithin` prefers whoever last talked with the customer, in an earlier conversation too, if they have the skills, are logged in and have not refused. Where they are not free they are waited for, `lastAgentWait` at most.',
      'A second search for the same service and skills after `queue-limit` ends the conversation.',
    ],
    differs:
      '*Escape Digit* is a matter of voice. Skills of an interval are some of those before, so that it can only widen.',
  },
});
