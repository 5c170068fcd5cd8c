import { z } from 'zod';
import { blockId, BLOCK_ID_PATTERN, filledText } from '../blocks/common-schema.ts';
import { languageSchema, languagesSchema, localeSchema, timeZoneSchema } from './place-schema.ts';
import { LANGUAGE_VERSION } from './document.ts';

const tags = z.array(z.string().trim().min(1).max(50)).max(20).describe('Words to find it by.');

/** A scenario file around its blocks. */
export const envelopeSchema = z.strictObject({
  attendant: z.literal([LANGUAGE_VERSION, 1]).describe('Version of the language: 2. (1 means the same.)'),
  scenario: z.string().max(100).regex(BLOCK_ID_PATTERN).describe('Name of the scenario.'),
  title: filledText.optional().describe('What people call the scenario.'),
  note: z.string().optional().describe('A note for colleagues.'),
  tags: tags.optional(),
  timeZone: timeZoneSchema.optional(),
  locale: localeSchema.optional(),
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
