import { z } from 'zod';
import { blockId, blockIdPattern, filledText } from './blocks/common-schema.ts';

/** A scenario file around its blocks. */
export const envelopeSchema = z.strictObject({
  attendant: z.literal(1).describe('Version of the language.'),
  scenario: z.string().max(100).regex(blockIdPattern).describe('Name of the scenario.'),
  title: filledText.optional(),
  blocks: z.record(z.string(), z.unknown()),
});

/** What every block may have beside its type. */
export const blockEnvelopeSchema = z.object({
  title: z.string().optional().describe('What people call the block.'),
  note: z.string().optional().describe('A note for colleagues.'),
  exits: z.record(z.string(), blockId).optional().describe('Where an exit leads: its name, and the id of a block.'),
});

export const blockEnvelopeKeys = Object.keys(blockEnvelopeSchema.shape);
