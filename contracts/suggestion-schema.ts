/** Answers that a bot or a model suggests to an agent who talks with a customer; the agent sends them, or does not. */
import { z } from 'zod';
import { nameSchema } from './identifiers-schema.ts';

/** How a service's agents get suggestions. What the bot or model is told beside what the customer has just said is named here. */
export const serviceSuggestionsSchema = z
  .strictObject({
    /** Name of a bot; or of a model. */
    bot: nameSchema.optional(),
    model: nameSchema.optional(),
    /** What the model is to know, and how it writes. */
    instructions: z.string().min(1).max(8000).optional(),
    /** True: it is asked each time that the customer writes, else when the agent asks. */
    automatic: z.boolean().optional(),
    /** It is told the last messages, too. */
    shareTranscript: z.boolean().optional(),
    /** It is told what the customer has answered, too. */
    shareAnswers: z.boolean().optional(),
    /** It is told the customer's first name, too. */
    shareFirstName: z.boolean().optional(),
  })
  .superRefine(({ bot, model, instructions }, context) => {
    const fail = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (bot === undefined && model === undefined) fail('bot', 'is missing, and so is model: one of them is asked');
    if (bot !== undefined && model !== undefined) fail('model', 'stands beside bot: only one of them is asked');
    if (bot !== undefined && instructions !== undefined) fail('instructions', 'are for a model, not for a bot');
    if (model !== undefined && instructions === undefined) fail('instructions', 'are missing: a model needs them');
  });

export type ServiceSuggestions = z.infer<typeof serviceSuggestionsSchema>;

/** Id of one suggested answer. */
export const suggestionIdSchema = z.string().min(1).max(2000);

/** What is suggested in a conversation now. */
export const suggestionsViewSchema = z
  .object({
    /** The conversation's service has suggestions. */
    isOn: z.boolean(),
    /** They come by themselves. */
    isAutomatic: z.boolean(),
    /** Name of the bot or model. */
    by: z.string().optional(),
    /** Id of the customer's last message, which they answer; absent where there is nothing to answer. */
    about: z.string().optional(),
    /** Whether it was asked about that message already. */
    isAsked: z.boolean(),
    items: z.array(z.object({ id: suggestionIdSchema, text: z.string() })),
  })
  .meta({ id: 'Suggestions' });

export type SuggestionsView = z.infer<typeof suggestionsViewSchema>;
