import { z } from 'zod';
import { nameSchema, opaqueIdSchema } from './identifiers-schema.ts';

/** Part of a list's query: the Page whose items are wanted, by the name of its account or by its own id; all where absent. */
export const pageFilterSchema = z.strictObject({
  account: nameSchema.optional(),
  pageId: opaqueIdSchema.optional(),
});

export type PageFilter = z.infer<typeof pageFilterSchema>;
