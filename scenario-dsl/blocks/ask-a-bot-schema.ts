import { z } from 'zod';
import { duration, filledText, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const askABotSchema = z
  .strictObject({
    message: filledText
      .optional()
      .describe('What to ask; $(item.message), the customer’s last message, where left out.'),
    responses: variableName.describe('Variable that the list of responses becomes; the first is $(name.0).'),
    response: variableName.optional().describe('Variable that the first response becomes.'),
    raw: variableName.optional().describe('Variable that everything the bot answered becomes.'),
    account: filledText.optional().describe('Name of the bot’s account; the only one where left out.'),
    maxResponses: z.number().int().min(1).max(10).optional().describe('Most responses to take; 2 where left out.'),
    timeout: duration.optional().describe('How long to wait for the bot; 10s where left out.'),
  })
  .describe('Asks a bot for responses to what the customer said.');

export type AskABotFields = z.infer<typeof askABotSchema>;

export const askABotDefinition = defineBlock({
  schema: askABotSchema,
  fieldsForAllExits: { responses: 'variable' },
  guide: {
    title: 'Ask a Bot',
    group: 'data',
    differs:
      'Any bot that speaks HTTP; its address and secret are an account in the configuration. `response` and `maxResponses` are ours.',
  },
});
