/** Files of our own, for scenarios and agents to send. Their bytes, as those of copies, are at `GET /api/v1/files/:id`. */
import { z } from 'zod';
import { listSchema } from '../http-api-schema.ts';
import { addFileQuerySchema, fileIdSchema, mediaFileSchema } from '../media-file-schema.ts';
import { MESSENGER_LIMITS } from '../messenger-limits.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['files'] as const;

/** Bytes; a body of another type is refused, and nothing is known of what they hold. */
export const fileBytesSchema = z
  .unknown()
  .pipe(z.custom<Uint8Array>((body) => body instanceof Uint8Array, 'is not sent as application/octet-stream'));

export const fileRoutes = {
  listFiles: {
    method: 'GET',
    path: '/api/v1/files',
    summary: 'Files of our own, for scenarios and agents to send',
    tags,
    access: ['read-configuration'],
    responses: { 200: listSchema(mediaFileSchema) },
  },
  addFile: {
    method: 'POST',
    path: '/api/v1/files',
    summary: 'Add a file of our own: the body is its bytes. The same file gets the same id again',
    tags,
    access: ['edit-configuration'],
    query: addFileQuerySchema,
    body: fileBytesSchema,
    consumes: 'application/octet-stream',
    // A little more, so that what is somewhat too large is told so.
    maxBodyBytes: MESSENGER_LIMITS.attachmentBytes + 1024 * 1024,
    responses: { 200: mediaFileSchema },
    audit: 'own',
  },
  removeFile: {
    method: 'DELETE',
    path: '/api/v1/files/:id',
    summary: 'Remove a file of our own, unless a scenario in force names it',
    tags,
    access: ['edit-configuration'],
    params: z.object({ id: fileIdSchema }),
    responses: { 204: z.null() },
    errors: ['NOT_FOUND', 'STILL_IN_USE'],
    audit: 'own',
  },
} as const satisfies Record<string, HttpRoute>;
