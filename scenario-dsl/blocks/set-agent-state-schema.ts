import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const setAgentStateSchema = z
  .strictObject({
    username: filledText.describe('User name of the agent.'),
    state: z.enum(['ready', 'not-ready', 'logged-out']).describe('What the agent is from now on.'),
    reason: filledText.optional().describe('Why the agent is not ready.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Makes an agent ready or not ready, or logs the agent out.');

export type SetAgentStateFields = z.infer<typeof setAgentStateSchema>;

export const setAgentStateDefinition = defineBlock({
  schema: setAgentStateSchema,
  fieldsForAllExits: { username: 'user', state: 'ready' },
  guide: {
    title: 'Set Agent State',
    group: 'route',
    differs: 'Agents have no PIN, so there is no *Authentication Failed*.',
  },
});
