import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const connectChatSchema = z
  .strictObject({
    noAnswer: duration.optional().describe('How long the agent may take to answer; 10s where left out.'),
    destination: filledText.optional().describe('User to connect to; the agent that was found where left out.'),
    default: filledText
      .optional()
      .describe('Entry whose service’s agents are asked where there is no destination; nobody where left out.'),
    override: filledText
      .optional()
      .describe('Entry whose service’s agents are asked instead of the destination, which is given back.'),
    overflow: z.boolean().optional().describe('Mark the chats that this block connects as overflow in reports.'),
    autoAnswer: duration.optional().describe('The agent’s console takes the offer by itself after so long.'),
  })
  .describe('Offers the chat to an agent and holds it until the agent’s side ends it.');

export type ConnectChatFields = z.infer<typeof connectChatSchema>;

export const connectChatDefinition = defineBlock({
  schema: connectChatSchema,
  fieldsForAllExits: {},
  guide: {
    title: 'Connect Chat',
    group: 'route',
    notes: [
      'The chat is offered to the override’s entry, else to the destination, else to the default’s entry; without any of them `no-answer` at once.',
      'A destination serves one offer and is then empty again. `$(targetDisconnectedCause)` is `UserHangup`, `SystemHangup`, `UserLogout`, `Failure` or `AgentSilent` (`agentSilence` of the entry is over).',
    ],
    differs: 'The end of the customer’s side has no exit, as there: an Exception Handler catches it.',
  },
});
