/** What all routes share: the error body, lists and how they are paged. */
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

const errorCodes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

/** A stretch of a source as UTF-8, from 0, the end exclusive. */
export const byteRangeSchema = z.object({ start: z.int(), end: z.int() });

export const inputProblemSchema = z
  .object({
    path: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
    bytes: byteRangeSchema.optional(),
    /** Of a scenario: what kind of problem it is, and the check it belongs to. */
    code: z.string().optional(),
    check: z.string().optional(),
    transcript: z.array(z.string()).optional(),
  })
  .meta({ id: 'InputProblem' });

export const errorBodySchema = z
  .object({ code: z.enum(errorCodes), message: z.string(), details: z.array(inputProblemSchema) })
  .meta({ id: 'Error' });

export type ErrorBody = z.infer<typeof errorBodySchema>;
export type ErrorDetail = ErrorBody['details'][number];

/** Wraps a list's items; `next` is the cursor of the following page, null at the end. */
export function listSchema<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Query of every paged list. `cursor` is the `next` of the page before. */
export const listQuerySchema = z.strictObject({
  cursor: z.string().min(1).max(1024).optional(),
  limit: z.coerce.number<number>().int().min(1).max(200).default(50),
});
