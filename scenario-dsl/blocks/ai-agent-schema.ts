import { z } from 'zod';
import { RESERVED_MODEL_CHOICES } from '../../contracts/operation.ts';
import {
  blockId,
  BLOCK_ID_PATTERN,
  duration,
  filledText,
  jsonValue,
  saidMessage,
  variableName,
  type IssueParams,
} from './common-schema.ts';
import { defineBlock } from './define-block.ts';
import { gatherSchema } from './message-parts-schema.ts';

const MAX_INSTRUCTIONS = 8000;
const MAX_ACTIONS = 20;
/** What OpenAI's form takes as the name of a function. */
const MAX_ACTION_NAME = 64;
/** Words of this block's ways that no action may have. */
const reserved: readonly string[] = [...RESERVED_MODEL_CHOICES, 'next', 'failed', 'timeout', 'send-error'];

const action = z.strictObject({
  name: z
    .string()
    .max(MAX_ACTION_NAME)
    .regex(BLOCK_ID_PATTERN, { error: 'small letters, digits and single hyphens, with a letter first: book-table' })
    .describe('What the model calls it; the way out of the block has this name, too.'),
  description: filledText.describe('When to choose it, in words for the model.'),
  go: blockId.describe('The block that it leads to.'),
});

const instructions = filledText.refine(
  (text) => text.length <= MAX_INSTRUCTIONS,
  `Instructions have at most ${MAX_INSTRUCTIONS} characters.`,
);

const aiAgentSchema = z
  .strictObject({
    account: filledText.optional().describe('Name of the model in the configuration; the only one where left out.'),
    instructions: instructions.describe('What the model is to do, and how it speaks.'),
    text: saidMessage.optional().describe('Said first; the talk begins with the reply to it.'),
    message: filledText
      .optional()
      .describe(
        'Without "text": what the talk begins with; $(item.message), the customer’s last message, where left out.',
      ),
    actions: z
      .array(action)
      .max(MAX_ACTIONS)
      .optional()
      .describe('What the model may choose, beside saying something, ending the talk and handing it over.'),
    share: z
      .record(z.string().min(1).max(100), jsonValue)
      .optional()
      .describe('What the model is told beside instructions and talk, by names: { order: $(order) }. Nothing else is.'),
    maxTurns: z
      .number()
      .int()
      .min(1)
      .max(50)
      .optional()
      .describe(
        'How often the model answers at most; 10 where left out. After the reply to the last answer: hand-over.',
      ),
    maxTokens: z
      .number()
      .int()
      .min(16)
      .max(4000)
      .optional()
      .describe('How long one answer of the model may be, in its tokens; 400 where left out.'),
    timeout: duration.optional().describe('How long to wait for each answer of the model; 30s where left out.'),
    silence: duration.optional().describe('How long to wait for each reply of the customer; 10m where left out.'),
    gather: gatherSchema.optional(),
    reason: variableName
      .optional()
      .describe('Variable that tells behind hand-over why: asked (by the customer), doubt (of the model) or turns.'),
  })
  .superRefine(({ text, message, actions = [] }, context) => {
    const fail = (path: (string | number)[], problem: string, remedy: string): void => {
      const params: IssueParams = { code: 'bad-ai-agent', remedy };
      context.addIssue({ code: 'custom', path, message: problem, params: { ...params } });
    };
    if (text !== undefined && message !== undefined) {
      fail(['message'], 'The talk begins either with "text" or with "message".', 'Remove one of them.');
    }
    actions.forEach(({ name }, index) => {
      const isTwice = actions.findIndex((other) => other.name === name) < index;
      if (isTwice)
        fail(['actions', index, 'name'], `"${name}" stands here twice.`, 'Give each action a name of its own.');
      if (!reserved.includes(name)) return;
      fail(
        ['actions', index, 'name'],
        `"${name}" is a way that the block has anyway.`,
        'Give the action another name.',
      );
    });
  })
  .describe('Lets a language model hold the talk, within what its author allows.');

export type AiAgentFields = z.infer<typeof aiAgentSchema>;

export const aiAgentDefinition = defineBlock({
  schema: aiAgentSchema,
  fieldsForAllExits: { instructions: 'text' },
  guide: {
    title: 'AI Agent',
    group: 'talk',
    notes: [
      'The model can say something, or choose one way out: `next` (done: nothing more is wanted), `hand-over`, or one of `actions`, each of which leads to its block. It can do nothing else, whatever a customer talks it into; what it says beside a choice is not said.',
      'It gets the instructions, what `share` names and what was said in this block since the run came to it (the newest 12,000 characters); no other message, no variable and no name.',
      'Several messages in a row are one question to it: 1s of quiet ends it, at the latest 10s, unless `gather` says otherwise.',
      'Whatever it answers is recorded like any answer of the world: replays and back-tests ask no model. Its texts are cut at 1,500 characters and lose their Markdown.',
      'Cost has a bound: `maxTurns` answers of `maxTokens` each for a visit to the block. Without `text` the model is asked at once; a loop back to such a block would ask it again and again, and is reported.',
      'Put what is known into `share` rather than into the instructions: there it is data, and not something to be obeyed.',
    ],
    differs:
      'Any model behind an API of OpenAI’s form (chat completions), as a `model` of the configuration. `share`, `maxTurns`, `maxTokens`, `silence` and the ways of `actions` are ours.',
  },
});
