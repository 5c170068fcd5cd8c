/** Exports of records, as they are asked for and told of. Docs: docs/records.md, "Export". */
import { z } from 'zod';
import { listSchema } from './http-api-schema.ts';
import { RECORD_EXPORT_FAILURES, RECORD_EXPORT_FORMATS, RECORD_EXPORT_STATES } from './record-export.ts';
import { recordFilterSchema } from './record-schema.ts';

export const recordExportParamsSchema = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/, { error: 'is no export' }) });

export const askRecordExportSchema = z.strictObject({
  /** As the search for records is asked. */
  filter: recordFilterSchema,
  format: z.enum(RECORD_EXPORT_FORMATS),
});

export const recordExportSchema = z
  .object({
    id: z.string(),
    state: z.enum(RECORD_EXPORT_STATES),
    /** Of one that failed. */
    failure: z.enum(RECORD_EXPORT_FAILURES).optional(),
    filter: recordFilterSchema,
    format: z.enum(RECORD_EXPORT_FORMATS),
    /** Who asked for it. */
    by: z.string(),
    /** Records that are written. */
    done: z.int(),
    /** Records that were found when it began; of one that is done those that it holds. */
    total: z.int().optional(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    /** It is deleted then. */
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'RecordExport' });

export const recordExportsSchema = listSchema(recordExportSchema);

export type RecordExportView = z.infer<typeof recordExportSchema>;
