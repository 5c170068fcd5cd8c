import { signBody } from '../../../adapters/messenger/signature.ts';
import type { TestApi } from './start-api.ts';

/** Where Messenger posts. */
export const WEBHOOK_URL = '/clientweb/fb/webhook';

/** A webhook body with what happened on one Page. */
export function pageBody(pageId: string, ...messaging: object[]): object {
  return { object: 'page', entry: [{ id: pageId, time: 1, messaging }] };
}

/** Posts a body to the webhook, signed as Meta does; text and bytes go as they are. */
export async function postWebhook(
  { app }: TestApi,
  body: object | string | Buffer,
  appSecret = 'app-secret-1',
): Promise<{ status: number; text: string }> {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const payload = Buffer.from(isRaw ? body : JSON.stringify(body));
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signBody(payload, appSecret) };
  const answer = await app.inject({ method: 'POST', url: WEBHOOK_URL, headers, payload });
  return { status: answer.statusCode, text: answer.payload };
}
