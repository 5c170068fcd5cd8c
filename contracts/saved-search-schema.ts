/** Searches for records that are kept under a name. Docs: docs/records.md, "Saved searches". */
import { z } from 'zod';
import { listSchema } from './http-api-schema.ts';
import { nameSchema } from './identifiers-schema.ts';
import { RECORD_PERIODS } from './record-period.ts';
import { recordFilterSchema } from './record-schema.ts';

export const savedSearchParamsSchema = z.object({ name: nameSchema });

const savedSearchBodySchema = z.strictObject({
  /** As it is asked; a time that is to move on with the days is `period` instead of `from` and `to`. */
  filter: recordFilterSchema,
  period: z.enum(RECORD_PERIODS).optional(),
  /** Every supervisor and admin sees it; each finds what they may see. */
  isShared: z.boolean(),
});

export const putSavedSearchSchema = savedSearchBodySchema.refine(
  ({ filter, period }) => period === undefined || (filter.from === undefined && filter.to === undefined),
  { error: 'gives both a period and from or to', path: ['period'] },
);

export const savedSearchSchema = savedSearchBodySchema
  .extend({
    name: z.string(),
    owner: z.object({ username: z.string(), name: z.string() }),
    /** Only the owner changes or deletes it. */
    isOwn: z.boolean(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'SavedSearch' });

export const savedSearchesSchema = listSchema(savedSearchSchema);

export type SavedSearchBody = z.infer<typeof savedSearchBodySchema>;
export type SavedSearchView = z.infer<typeof savedSearchSchema>;
