import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const getAgentStateSchema = z
  .strictObject({
    username: filledText.describe('User name of the agent.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Looks what an agent is doing: $(agentState), $(notReadyReason).');

export type GetAgentStateFields = z.infer<typeof getAgentStateSchema>;

export const getAgentStateDefinition = defineBlock({
  schema: getAgentStateSchema,
  fieldsForAllExits: { username: 'user' },
  guide: {
    title: 'Get Agent State',
    group: 'route',
    notes: ['`$(agentState)` is `ready`, `not-ready` or `busy`.'],
    differs: 'Agents are named by their user names, not by extensions.',
  },
});
