import { Agent, request } from 'node:http';
import { signBody } from '../../adapters/messenger/signature.ts';

/** What a Page is known by, on Meta's side of the webhook. */
export interface WebhookTarget {
  port: number;
  path: string;
  appSecret: string;
}

/** Sends signed bodies as Meta does, over connections that are kept. */
export interface WebhookClient {
  /** Resolves with the answer's status once all of the answer has arrived. */
  post(target: WebhookTarget, body: Buffer): Promise<number>;
  close(): void;
}

const POST_WITHIN_MS = 30_000;

/** Creates a client. `node:http`, because its cost falls on the machine that is measured. */
export function createWebhookClient(maxSockets: number): WebhookClient {
  const agent = new Agent({ keepAlive: true, maxSockets });
  return {
    post: (target, body) =>
      new Promise((resolve, reject) => {
        const outgoing = request(
          {
            agent,
            host: '127.0.0.1',
            port: target.port,
            path: target.path,
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'content-length': body.length,
              'x-hub-signature-256': signBody(body, target.appSecret),
            },
            timeout: POST_WITHIN_MS,
          },
          (response) => {
            response.resume();
            response.once('end', () => resolve(response.statusCode ?? 0));
          },
        );
        outgoing.once('timeout', () => outgoing.destroy(new Error('The webhook did not answer within 30 s')));
        outgoing.once('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** One customer's message as an event of Meta's body. */
export function messagingEvent(pageId: string, psid: string, text: string): object {
  const at = Date.now();
  lastMid += 1;
  return {
    sender: { id: psid },
    recipient: { id: pageId },
    timestamp: at,
    message: { mid: `m_bench-${at}-${lastMid}-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789`, text },
  };
}
let lastMid = 0;

/** A body as Meta sends it. */
export function webhookBody(pageId: string, events: readonly object[]): Buffer {
  return Buffer.from(JSON.stringify({ object: 'page', entry: [{ id: pageId, time: Date.now(), messaging: events }] }));
}
