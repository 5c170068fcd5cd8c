import { z } from 'zod';
import { blockId, blockIdPattern, filledText } from './blocks/common-schema.ts';

/** A scenario file around its blocks. */
export const envelopeSchema = z.strictObject({
  attendant: z.literal(1),
  scenario: z.string().max(100).regex(blockIdPattern),
  title: filledText.optional(),
  blocks: z.record(z.string(), z.unknown()),
});

/** What every block may have beside its type. */
export const blockEnvelopeSchema = z.object({
  title: z.string().optional(),
  note: z.string().optional(),
  exits: z.record(z.string(), blockId).optional(),
});

export const blockEnvelopeKeys = Object.keys(blockEnvelopeSchema.shape);
