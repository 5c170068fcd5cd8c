import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageDocument } from '../../adapters/mongo/message-document.ts';
import { ensureMessageIndexes } from '../../adapters/mongo/messages-repository.ts';
import type { DeliveryStatus } from '../../contracts/part.ts';
import { ADMIN_TOKEN, startApi, type TestApi } from './support/start-api.ts';

const LATE = Date.UTC(2026, 10, 20, 23, 59, 59, 999);
const MIDNIGHT = LATE + 1;

let api: TestApi;
let count = 0;

function row(direction: 'in' | 'out', at: number, changes: Partial<MessageDocument> = {}): MessageDocument {
  count += 1;
  return {
    _id: `m-${String(count).padStart(3, '0')}`,
    conversationId: 'c-1',
    pageId: 'page-1',
    psid: 'customer-1',
    direction,
    author: { kind: direction === 'in' ? 'customer' : 'scenario' },
    kind: 'message',
    text: 'private words',
    attachments: [],
    at: new Date(at),
    seq: count,
    ...changes,
  };
}
const out = (at: number, status: DeliveryStatus, changes: Partial<MessageDocument> = {}) =>
  row('out', at, { status, ...changes });

beforeAll(async () => {
  api = await startApi();
  await ensureMessageIndexes(api.db);
  await api.db
    .collection<MessageDocument>('messages')
    .insertMany([
      row('in', LATE),
      row('in', LATE - 5),

      out(LATE, 'read'),
      out(LATE, 'accepted', { isResentAfterUnknown: true }),
      out(LATE, 'unknown', { isResentAfterUnknown: true }),
      row('out', LATE, { author: { kind: 'other-app' }, kind: 'echo' }),
      row('in', MIDNIGHT),
      out(MIDNIGHT, 'failed', { reason: 'window: closed' }),
      out(MIDNIGHT, 'queued', { pageId: 'page-2' }),
      ...Array.from({ length: 5 }, (_, index) => out(MIDNIGHT + index, 'unknown', { pageId: 'page-2' })),
      row('in', LATE - 6, { isStandby: true }),
    ]);
});
afterAll(() => api.stop());

const get = (path: string) => api.call('GET', `/api/v1/ledger/${path}`, { token: ADMIN_TOKEN });

describe("the ledger's balance", () => {
  it('counts in and out by Page and UTC day, each delivery status by itself', async () => {
    const { status, body } = await get('balance?from=2026-11-20&to=2026-11-21');
    expect(status).toBe(200);
    const nothing = { queued: 0, sending: 0, accepted: 0, delivered: 0, read: 0, failed: 0, unknown: 0 };
    const rest = { spooled: 0, deadLettered: 0, seenOnStandby: 0, resentAfterUnknown: 0, writtenElsewhere: 0 };
    expect(body).toEqual({
      from: '2026-11-20',
      to: '2026-11-21',
      next: null,
      items: [
        {
          pageId: 'page-1',
          day: '2026-11-20',
          ...rest,
          in: 2,
          handled: 2,
          seenOnStandby: 1,
          out: { ...nothing, read: 1, accepted: 1, unknown: 1 },
          parts: 3,
          resentAfterUnknown: 2,
          writtenElsewhere: 1,
        },
        { pageId: 'page-1', day: '2026-11-21', ...rest, in: 1, handled: 1, out: { ...nothing, failed: 1 }, parts: 1 },
        {
          pageId: 'page-2',
          day: '2026-11-21',
          ...rest,
          in: 0,
          handled: 0,
          out: { ...nothing, queued: 1, unknown: 5 },
          parts: 6,
        },
      ],
    });
  });

  it('leaves out what lies beside the days asked for', async () => {
    expect((await get('balance?from=2026-11-20&to=2026-11-20')).body.items).toHaveLength(1);
    expect((await get('balance?from=2026-11-22&to=2026-11-23')).body.items).toEqual([]);
  });

  it('takes the last seven days where none are named, and refuses a span that is none or too long', async () => {
    const { body } = await get('balance');
    expect((Date.parse(body.to) - Date.parse(body.from)) / 86_400_000).toBe(6);
    expect((await get('balance?from=2026-11-21&to=2026-11-20')).body.details[0].remedy).toContain('1 to 92 days');
    expect((await get('balance?from=2026-01-01&to=2026-11-20')).status).toBe(400);
    expect((await get('balance?from=yesterday')).status).toBe(400);
  });
});

describe("the ledger's parts", () => {
  it('lists failed ones with conversation and reason, and no words of anybody', async () => {
    const { body, text } = await get('parts?status=failed');
    expect(body.items).toEqual([
      {
        id: 'm-008',
        pageId: 'page-1',
        psid: 'customer-1',
        conversationId: 'c-1',
        author: 'scenario',
        status: 'failed',
        reason: 'window: closed',
        isResentAfterUnknown: false,
        at: new Date(MIDNIGHT).toISOString(),
      },
    ]);
    expect(text).not.toContain('private words');
  });

  it('lists unknown ones newest first, page by page, for one account or all', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`parts?status=unknown&limit=2${cursor}`);
      seen.push(...body.items.map(({ at }: { at: string }) => at));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(seen).toHaveLength(6);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect((await get('parts?status=unknown&pageId=page-2')).body.items).toHaveLength(5);
  });

  it('wants a delivery status that an operator can do something about', async () => {
    expect((await get('parts')).status).toBe(400);
    expect((await get('parts?status=read')).body.details[0].remedy).toContain('unknown, failed');
  });
});
