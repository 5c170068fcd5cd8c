import { createHmac, timingSafeEqual } from 'node:crypto';
import { fieldOf, isUsableId, recordOf, textOf } from './json-value.ts';
import { parseExactJson } from '../parse-exact-json.ts';

/** What Meta says in a `signed_request`. `userId` is app-scoped: not a PSID. */
export interface SignedRequest {
  userId: string;
}

const FORM = /^([\w-]{43})=?\.([\w-]{1,4000})={0,2}$/;

/**
 * Reads a `signed_request` where `appSecret` signed it; undefined for any other text. The signature is made over the
 * payload's text as it came.
 * Source: App Dashboard, Data Deletion Request Callback.
 */
export function readSignedRequest(text: string, appSecret: string): SignedRequest | undefined {
  const [, signature, payload] = FORM.exec(text) ?? [];
  if (signature === undefined || payload === undefined) return undefined;
  const signed = text.slice(text.indexOf('.') + 1);
  const expected = createHmac('sha256', appSecret).update(signed).digest();
  if (!timingSafeEqual(Buffer.from(signature, 'base64url'), expected)) return undefined;
  const body = parsePayload(payload);
  const algorithm = textOf(fieldOf(body, 'algorithm'));
  if (algorithm !== undefined && algorithm.toUpperCase() !== 'HMAC-SHA256') return undefined;
  const userId = textOf(fieldOf(body, 'user_id')) ?? textOf(fieldOf(recordOf(fieldOf(body, 'user')), 'id'));
  return isUsableId(userId) ? { userId } : undefined;
}

function parsePayload(payload: string): Record<string, unknown> | undefined {
  try {
    return recordOf(parseExactJson(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Writes one, as Meta does. */
export function writeSignedRequest(body: object, appSecret: string): string {
  const payload = Buffer.from(JSON.stringify(body)).toString('base64url');
  return `${createHmac('sha256', appSecret).update(payload).digest('base64url')}.${payload}`;
}
