import * as z from 'zod';
import { CONTACT_RECORD_FIELDS } from './contact.ts';
import { nameSchema } from './identifiers-schema.ts';

/** Fields that a contact has anyway, by the names that scenarios know them by. */
const standardFieldSchema = z.enum(CONTACT_RECORD_FIELDS);

export const contactFieldDocumentSchema = z.strictObject({
  kind: z.literal('contact-field'),
  /** How scenarios, searches and the API name it: `$(contact.tier)`. */
  name: nameSchema.refine((name) => !standardFieldSchema.safeParse(name).success, {
    error: 'is a field that every contact has',
  }),
  /** What agents read; the name where absent. */
  title: nameSchema.optional(),
});

export const caseStatusDocumentSchema = z.strictObject({
  kind: z.literal('case-status'),
  name: nameSchema,
  /** Nothing is to be done any more for a case that has it. */
  isClosed: z.boolean().optional(),
  /** Its place in lists, lowest first; a new case begins with the first that is not closed. 0 where absent. */
  position: z.int().min(0).max(1000).optional(),
});
