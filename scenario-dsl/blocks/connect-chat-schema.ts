import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';

export const connectChatSchema = z
  .strictObject({
    noAnswer: duration.optional().describe('How long the agent may take to answer; 10s where left out.'),
    destination: filledText.optional().describe('Whom to connect to; the agent that was found where left out.'),
  })
  .describe('Offers the chat to an agent and holds it until the agent’s side ends it.');

export type ConnectChatFields = z.infer<typeof connectChatSchema>;
