import { z } from 'zod';
import {
  blockId,
  BLOCK_ID_PATTERN,
  condition,
  duration,
  filledText,
  snippetName,
  snippetText,
  textsByLanguage,
  variableName,
  type IssueParams,
} from '../blocks/common-schema.ts';
import { parseDuration } from '../../contracts/duration.ts';
import { MESSENGER_POLICY } from '../../contracts/messenger-policy.ts';
import { languageSchema, languagesSchema, localeSchema, MAX_LANGUAGES, timeZoneSchema } from './place-schema.ts';
import { LANGUAGE_VERSION } from './document.ts';
import { PARAMETER_TYPES } from './parameters.ts';

const tags = z.array(z.string().trim().min(1).max(50)).max(20).describe('Words to find it by.');

const parameterType = z.enum(PARAMETER_TYPES);
/** Names alone: they can be anything. */
const parameterNames = z.array(variableName);
const input = z.union([
  parameterType,
  z.strictObject({
    type: parameterType,
    optional: z.boolean().optional().describe('Whether it may be left out; it is read with a fallback then.'),
  }),
]);

const MAX_RULES = 20;

const anywhereRule = z
  .strictObject({
    when: condition.optional(),
    event: z
      .enum(['window-closing'])
      .optional()
      .describe('Instead of "when": an hour before Messenger’s window closes, at $(item.windowClosesAt).'),
    before: duration
      .optional()
      .describe('Only of an event: how long before the window closes; 1h where left out, less than 24h.'),
    go: blockId.describe('The block that it leads to, or "end".'),
    except: z.array(blockId).min(1).max(100).optional().describe('Blocks in which it does not hold.'),
  })
  .describe('A message that fits leads to a block, before the block that listens reads it; or an event does.')
  .superRefine(({ when, event, before }, context) => {
    checkLead({ event, before }, (message, remedy) => {
      const params: IssueParams = { code: 'bad-rule', remedy };
      context.addIssue({ code: 'custom', path: ['before'], message, params: { ...params } });
    });
    if ((when === undefined) !== (event === undefined)) return;
    const message = when === undefined ? 'The rule does not say when.' : '"when" and "event" are two rules.';
    const params: IssueParams = {
      code: 'bad-rule',
      remedy: `Write one of them: when: "$(item.message) == 'stop'", or event: window-closing.`,
    };
    context.addIssue({ code: 'custom', message, params: { ...params } });
  })
  .meta({
    oneOf: [
      { required: ['when'], properties: { event: false, before: false } },
      { required: ['event'], properties: { when: false } },
    ],
  });

/** The window is open for a day after what the customer wrote: so long before its end they are writing. */
function checkLead(
  { event, before }: { event?: string | undefined; before?: unknown },
  fail: (message: string, remedy: string) => void,
): void {
  if (typeof before !== 'string') return;
  if (event === undefined)
    fail('"before" belongs to an event.', 'Write event: window-closing beside it, or take it out.');
  // What is no duration is told by its own schema.
  if ((parseDuration(before) ?? 0) < MESSENGER_POLICY.standardWindowMs) return;
  fail(
    `Messenger’s window is open for 24h: ${before} before it closes it was not open yet.`,
    'Write less than 24h: before: 2h.',
  );
}

/** A scenario file around its blocks. */
export const envelopeSchema = z.strictObject({
  attendant: z.literal([LANGUAGE_VERSION, 1]).describe('Version of the language: 2. (1 means the same.)'),
  scenario: z.string().max(100).regex(BLOCK_ID_PATTERN).describe('Name of the scenario.'),
  title: filledText.optional().describe('What people call the scenario.'),
  note: z.string().optional().describe('A note for colleagues.'),
  tags: tags.optional(),
  timeZone: timeZoneSchema.optional(),
  locale: localeSchema.optional(),
  snippets: z
    .record(snippetName, snippetText)
    .optional()
    .describe('Texts by their names, each for all places that say it: text: { snippet: opening-hours }.'),
  texts: z
    .union(
      [textsByLanguage, z.array(z.string().min(1).max(200)).min(1).max(MAX_LANGUAGES)],
      'texts under the codes of their languages, or a list of files',
    )
    .optional()
    .describe(
      'Texts by their names in each language, said as snippets are; or the files beside this one that hold them, one for each language: [hello.de.yaml, hello.en.yaml].',
    ),
  languages: languagesSchema.optional(),
  language: languageSchema.optional(),
  defaults: z
    .strictObject({
      exits: z
        .record(z.string(), blockId)
        .optional()
        .describe('Where an exit leads in every block that has it and does not say so itself.'),
    })
    .optional()
    .describe('What holds for every block that says nothing else.'),
  inputs: z
    .union([z.record(variableName, input), parameterNames], 'names, or names with their types')
    .optional()
    .describe('Variables that whoever starts it has to give it, with their types: brandName: text.'),
  results: z
    .union([z.record(variableName, parameterType), parameterNames], 'names, or names with their types')
    .optional()
    .describe('Variables that it has set whenever it returns, with their types.'),
  anywhere: z
    .array(anywhereRule)
    .min(1)
    .max(MAX_RULES)
    .optional()
    .describe('What the customer can say wherever the scenario listens; the first rule that fits is taken.'),
  blocks: z.record(z.string(), z.unknown()),
});

/** What every block may have beside its type. */
export const blockEnvelopeSchema = z.object({
  title: z.string().optional().describe('What people call the block.'),
  note: z.string().optional().describe('A note for colleagues.'),
  tags: tags.optional(),
  next: blockId
    .optional()
    .describe('The block that it goes on at, where that is not the one below it; "end" ends the conversation.'),
  exits: z
    .record(z.string(), blockId)
    .optional()
    .describe('Where an exit leads: its name, and the id of a block, or "end".'),
});

export const blockEnvelopeKeys = Object.keys(blockEnvelopeSchema.shape);
