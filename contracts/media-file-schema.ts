/** Files of our own, as they go over HTTP. */
import { z } from 'zod';

export const fileIdSchema = z.string().regex(/^[0-9a-f]{32}$/, { error: 'is not the id of a file: 32 hex digits' });

export const mediaFileSchema = z
  .object({
    /** What `attachments[].file` of Send Message and `fileId` of an agent's message take. */
    id: fileIdSchema,
    fileName: z.string(),
    contentType: z.string(),
    type: z.enum(['image', 'video', 'audio', 'file']),
    bytes: z.int(),
    addedAt: z.iso.datetime(),
    addedBy: z.string(),
  })
  .meta({ id: 'MediaFile' });

/** A name as it is shown to who saves the file: the last part of a path. */
export const addFileQuerySchema = z.strictObject({
  fileName: z
    .string()
    .min(1)
    .max(200)
    // As ranges: tools that read the API's document know no classes of Unicode.
    // oxlint-disable-next-line no-control-regex -- they are what it forbids
    .regex(/^[^\\/\u0000-\u001f\u007f-\u009f]+$/, {
      error: 'is not the name of a file: it holds /, \\ or control characters',
    }),
});
