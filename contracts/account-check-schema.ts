/** The connection test of an account: one result for each check. */
import { z } from 'zod';

const ACCOUNT_CHECKS = [
  'entry',
  'token',
  'app-secret',
  'token-lifetime',
  'permissions',
  'app-mode',
  'app-subscription',
  'page-subscription',
  'message-echoes',
  'last-event',
  'conversation-routing',
  'page-profile',
] as const;

const checkResultSchema = z
  .object({
    check: z.enum(ACCOUNT_CHECKS),
    /** `not-run`: it cannot be known, and `message` says why. */
    state: z.enum(['ok', 'warning', 'failed', 'not-run']),
    message: z.string(),
    /** What to do about it. */
    remedy: z.string().optional(),
  })
  .meta({ id: 'CheckResult' });

export const testConnectionRequestSchema = z.strictObject({
  /** Subscribes what the Page misses. Admins only. */
  subscribe: z.boolean().default(false),
});

export const testConnectionResponseSchema = z.object({
  account: z.string(),
  pageId: z.string(),
  checks: z.array(checkResultSchema),
});

export type CheckResult = z.infer<typeof checkResultSchema>;
export type AccountCheck = CheckResult['check'];
