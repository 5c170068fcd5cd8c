import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { appSecretProof } from '../../adapters/messenger/signature.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { SimulatedPage } from './simulator-record.ts';

const INVALID = { code: 100 };
const BOTH_MESSAGE_AND_ACTION = { code: 100, subcode: 2018034 };

const quickReplySchema = z.object({
  content_type: z.literal('text'),
  title: z.string().min(1),
  payload: z.string().max(MESSENGER_LIMITS.quickReplyPayload).default(''),
});

const messageSchema = z
  .object({
    text: z.string().min(1).max(MESSENGER_LIMITS.text).optional(),
    attachment: z
      .object({ type: z.string(), payload: z.looseObject({ url: z.string().optional() }).optional() })
      .optional(),
    quick_replies: z.array(quickReplySchema).max(MESSENGER_LIMITS.quickReplies).default([]),
    metadata: z.string().max(MESSENGER_LIMITS.metadata).optional(),
  })
  .refine((message) => message.text ?? message.attachment, 'message must have text or attachment');

const sendSchema = z.object({
  recipient: z.object({ id: z.string().min(1) }),
  messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG']).optional(),
  tag: z.string().optional(),
  message: messageSchema.optional(),
  sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen']).optional(),
});

export type SendBody = z.output<typeof sendSchema>;

interface Credentials {
  token: string | undefined;
  proof: string | undefined;
}

/**
 * Checks token and proof of a call as Graph does with "Require App Secret" on. Of a Page nobody registered only
 * the token's presence can be checked.
 * @throws GraphRefusal 104, 190, 100
 */
export function checkCredentials(page: SimulatedPage | undefined, { token, proof }: Credentials): void {
  if (!token) {
    throw new GraphRefusal('An access token is required to request this resource.', { code: 104, httpStatus: 401 });
  }
  if (page === undefined) return;
  if (!isSame(token, page.pageToken)) {
    throw new GraphRefusal('Invalid OAuth access token.', { code: 190, httpStatus: 401 });
  }
  if (!isSame(proof ?? '', appSecretProof(token, page.appSecret))) {
    throw new GraphRefusal('Invalid appsecret_proof provided in the API argument', {
      ...INVALID,
      type: 'GraphMethodException',
    });
  }
}

/**
 * Checks the body of a call to `/{page}/messages` against the limits of the Send API.
 * @throws GraphRefusal 100
 */
export function checkSendBody(body: unknown): SendBody {
  const parsed = sendSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new GraphRefusal(`Param ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`, INVALID);
  }
  const { message, sender_action: action } = parsed.data;
  if (message !== undefined && action !== undefined) {
    throw new GraphRefusal('Message and sender action cannot stand in one call', BOTH_MESSAGE_AND_ACTION);
  }
  if (message === undefined && action === undefined) throw new GraphRefusal('Message cannot be empty', INVALID);
  return parsed.data;
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
