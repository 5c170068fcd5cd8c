import type { z } from 'zod';
import { filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const chatBotSelectAccountSchema = filledText.describe('Chooses the bot’s account for every Ask a Bot that follows.');

export type ChatBotSelectAccountFields = z.infer<typeof chatBotSelectAccountSchema>;

export const chatBotSelectAccountDefinition = defineBlock({
  schema: chatBotSelectAccountSchema,
  fieldsForAllExits: 'account',
  guide: {
    title: 'Chat Bot Select Account',
    group: 'data',
    notes: ['Wins over the `account` of the Ask a Bot blocks behind it.'],
  },
});
