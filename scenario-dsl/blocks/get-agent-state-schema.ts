import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';

export const getAgentStateSchema = z
  .strictObject({
    username: filledText.describe('User name of the agent.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Looks what an agent is doing: $(agentState), $(notReadyReason).');

export type GetAgentStateFields = z.infer<typeof getAgentStateSchema>;
