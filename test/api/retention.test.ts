import { randomUUID } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditedCustomer } from '../../adapters/mongo/audit-repository.ts';
import { fileIdOf } from '../../adapters/mongo/files-repository.ts';
import { createReadModel, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { createRetentionData } from '../../adapters/mongo/retention/retention-data.ts';
import { carryOutRetention } from '../../api/retention/carry-out-retention.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { messageKey } from '../../contracts/message-key.ts';
import type { RetentionDays, RetentionKind } from '../../contracts/retention.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const token = ADMIN_TOKEN;

let api: TestApi;
let readModel: ReadModel;
/** When what is old happened. */
let t0: number;
let psid: string;

beforeEach(async () => {
  api = await startApi((deps) => ({ actors: { ...deps.actors, deleteConversationRuns: async () => 0 } }));
  await api.apply(smallConfiguration());
  readModel = createReadModel(api.db, api.deps.now);
  t0 = Date.now();
  psid = `psid-${randomUUID()}`;
});
afterEach(() => api.stop());

const count = (name: string, filter: object = {}): Promise<number> => api.db.collection(name).countDocuments(filter);
const keep = (days: RetentionDays) => api.apply([{ kind: 'retention', name: 'default', ...days }]);
const of = (psidOf = psid) => ({ pageId: 'page-1', psid: psidOf });

/** Looks as every process does again and again, `ms` after what is old happened. */
async function runAt(ms: number): Promise<void> {
  api.clock.aheadMs = t0 + ms - Date.now();
  await carryOutRetention(api.deps);
}

function recordOf(conversationId: string, fields: Partial<ConversationRecord> = {}): ConversationRecord {
  return {
    conversationId,
    ...of(),
    revision: 1,
    startedAt: t0 - HOUR_MS,
    endedAt: t0,
    state: 'ended',
    owner: 'scenario',
    workflowId: `w-${conversationId}`,
    servedBy: ['ann'],
    service: 'support',
    ...fields,
  };
}

/** A conversation with words, a file that was stored and sent on, a wrap-up, and its place in the index. */
async function converse(conversationId: string, fields: Partial<ConversationRecord> = {}): Promise<string> {
  const record = recordOf(conversationId, fields);
  const key = { pageId: record.pageId, psid: record.psid };
  const message = { key: conversationId, mid: conversationId, seq: 1, kind: 'message', at: t0, text: 'zebra' } as const;
  await readModel.messages.recordInbound(key, { ...message, attachments: [], conversationId });
  await readModel.conversations.record(record);
  const messageId = messageKey(key.pageId, key.psid, conversationId);
  const fileId = fileIdOf(messageId, 0);
  await api.deps.files.request([
    { ...key, key: conversationId, index: 0, type: 'image', url: 'https://x', at: t0, keepDays: 5000 },
  ]);
  await api.deps.fileStore.put(fileId, Buffer.from('bytes'));
  const stored = { contentType: 'image/png', fileName: 'a.png', bytes: 5, storedAt: t0 };
  await api.deps.files.markStored(fileId, stored);
  await api.db.collection('uploads').insertOne({ _id: `page-1:${fileId}` as never });
  await api.db.collection('wrap-ups').insertOne({ conversationId, disposition: 'sold', note: 'zebra' });
  return fileId;
}

async function indexAll(): Promise<void> {
  api.clock.aheadMs += 10_000;
  await readModel.records.indexer.work();
}

/** What is left of transcripts anywhere. */
async function leftOf(conversationId: string, fileId: string): Promise<Record<string, number>> {
  const messageId = messageKey('page-1', psid, conversationId);
  return {
    messages: await count('messages', { conversationId }),
    files: await count('files', { messageId }),
    bytes: (await api.deps.fileStore.get(fileId)) ? 1 : 0,
    uploads: await count('uploads', { _id: `page-1:${fileId}` }),
    notes: await count('wrap-ups', { conversationId, note: 'zebra' }),
    index: await count('record-entries', { conversationId }),
    conversations: await count('conversations', { _id: conversationId }),
  };
}
const NOTHING = { messages: 0, files: 0, bytes: 0, uploads: 0, notes: 0, index: 0, conversations: 0 };
const ALL = { messages: 1, files: 1, bytes: 1, uploads: 1, notes: 1, index: 1, conversations: 1 };

/** One row of each kind, from `t0`. */
const seeds: Record<
  Exclude<RetentionKind, 'transcripts'>,
  { days: RetentionDays; add: () => Promise<unknown>; left: () => Promise<number> }
> = {
  events: {
    days: { eventDays: 40 },
    add: async () => {
      await api.db.collection('conversation-events').insertOne({ conversationId: 'c', at: new Date(t0) });
      await api.db.collection('agent-events').insertOne({ username: 'ann', at: new Date(t0) });
      await api.db.collection('routing-decisions').insertOne({ conversationId: 'c', at: t0 });
      await api.db.collection('suggestions').insertOne({ conversationId: 'c', at: new Date(t0) });
      await api.db.collection('movedConversations').insertOne({ conversationId: 'c', at: t0 });
    },
    left: async () => {
      const names = ['conversation-events', 'agent-events', 'routing-decisions', 'suggestions', 'movedConversations'];
      return (await Promise.all(names.map((name) => count(name)))).reduce((sum, each) => sum + each, 0);
    },
  },
  files: { days: { fileDays: 40 }, add: () => converse('c'), left: () => count('files') },
  audit: {
    days: { auditDays: 40 },
    add: () => api.deps.audit.record([{ action: 'session.opened', by: 'old', at: t0 }]),
    left: () => count('audit', { by: 'old' }),
  },
  evaluations: {
    days: { evaluationDays: 40 },
    add: async () => {
      for (const name of ['evaluations', 'evaluation-assignments'])
        await api.db.collection(name).insertOne({ ...of(), conversationId: 'c', changedAt: t0 });
    },
    left: async () => (await count('evaluations')) + (await count('evaluation-assignments')),
  },
  deliveries: {
    days: { deliveryDays: 40 },
    add: async () => {
      const content = { form: 'body', base64: Buffer.from('{}').toString('base64') } as const;
      await api.deps.deadLetters.keep({ reason: 'r', cause: 'failed', pageIds: ['page-1'], content, days: [], at: t0 });
      await api.db.collection('webhook-deliveries').insertOne({ ...of(), state: 'dead', dueAt: t0 });
    },
    left: async () => (await count('dead-letters')) + (await count('webhook-deliveries')),
  },
};

describe('retention', () => {
  it.each(Object.keys(seeds) as (keyof typeof seeds)[])(
    'lets %s go at their day, and not an hour before',
    async (kind) => {
      const { days, add, left } = seeds[kind];
      await add();
      await keep(days);
      const before = await left();
      expect(before).toBeGreaterThan(0);
      await runAt(40 * DAY_MS - HOUR_MS);
      expect(await left()).toBe(before);
      await runAt(40 * DAY_MS + HOUR_MS);
      expect(await left()).toBe(0);
    },
  );

  it('lets a transcript go at its day with all that hangs on it, and its events not', async () => {
    const fileId = await converse('c1');
    await indexAll();
    await api.db.collection('conversation-events').insertOne({ conversationId: 'c1', at: new Date(t0) });
    await keep({ transcriptDays: 40, eventDays: 400 });
    expect(await leftOf('c1', fileId)).toEqual(ALL);
    await runAt(40 * DAY_MS - HOUR_MS);
    expect(await leftOf('c1', fileId)).toEqual(ALL);
    await runAt(40 * DAY_MS + HOUR_MS);
    await indexAll();
    expect(await leftOf('c1', fileId)).toEqual(NOTHING);
    expect(await count('record-postings')).toBe(0);
    expect(await count('conversation-events')).toBe(1);
  });

  it('keeps everything for ever of which nobody says anything', async () => {
    const fileId = await converse('c1');
    await indexAll();
    await runAt(5000 * DAY_MS - HOUR_MS);
    expect(await leftOf('c1', fileId)).toEqual(ALL);
  });

  it('never touches a conversation that runs, however old what was said in it is', async () => {
    const { endedAt: _endedAt, ...running } = recordOf('c1', { state: 'connected' });
    const fileId = await converse('c1');
    await api.db.collection('conversations').replaceOne({ _id: 'c1' as never }, running);
    await indexAll();
    await seeds.events.add();
    await api.db.collection('conversation-events').updateMany({}, { $set: { conversationId: 'c1' } });
    await keep({ transcriptDays: 40, eventDays: 40, fileDays: 10, deliveryDays: 40 });
    await runAt(400 * DAY_MS);
    expect(await leftOf('c1', fileId)).toEqual(ALL);
    expect(await count('conversation-events')).toBe(1);
  });

  it('takes what was said outside of any conversation, and who waits for an entry when they have long been silent', async () => {
    const say = (key: string, conversationId: string, at: number) =>
      readModel.messages.recordInbound(of(), { key, conversationId, at, seq: 1, kind: 'message', attachments: [] });
    await say('gone', 'gone', t0);
    const { endedAt: _endedAt, ...waiting } = recordOf('u1', { state: 'unrouted' });
    await readModel.conversations.record(waiting);
    await say('u1', 'u1', t0);
    await say('u2', 'u1', t0 + 30 * DAY_MS);
    await keep({ transcriptDays: 40 });
    await runAt(41 * DAY_MS);
    expect(await count('messages', { conversationId: 'gone' })).toBe(0);
    expect(await count('messages', { conversationId: 'u1' })).toBe(2);
    await runAt(71 * DAY_MS);
    expect(await count('messages')).toBe(0);
    expect(await count('conversations')).toBe(0);
  });

  it('leaves what reports count a conversation by, without the customer, until its events go', async () => {
    await converse('c1');
    await addEvent('c1');
    await keep({ transcriptDays: 40, eventDays: 400 });
    await runAt(41 * DAY_MS);
    expect(await count('conversations')).toBe(0);
    expect(await readStories()).toMatchObject([
      { conversationId: 'c1', service: 'support', events: [{ type: 'ended' }], dispositions: [{ name: 'sold' }] },
    ]);
    for (const name of ['past-conversations', 'conversation-events', 'wrap-ups']) {
      expect(JSON.stringify(await api.db.collection(name).find().toArray())).not.toMatch(/zebra|psid/);
    }
    await runAt(400 * DAY_MS - HOUR_MS);
    expect(await readStories()).toHaveLength(1);
    await runAt(401 * DAY_MS);
    expect(await readStories()).toEqual([]);
    expect(await count('past-conversations')).toBe(0);
    expect(await count('wrap-ups')).toBe(0);
  });

  it('leaves nothing that an erasure would not find, or a hold not keep', async () => {
    await converse('c1');
    await addEvent('c1');
    await readModel.customers.recordProfile(of(), {}, 1);
    await keep({ transcriptDays: 40, eventDays: 400 });
    await runAt(41 * DAY_MS);
    const body = { customer: of(), reason: 'Case 7' };
    const hold = await api.call('POST', '/api/v1/legal-holds', { token, body });
    await runAt(401 * DAY_MS);
    expect(await readStories()).toHaveLength(1);
    await api.call('DELETE', `/api/v1/legal-holds/${hold.body.id}`, { token });
    expect((await api.call('DELETE', `/api/v1/customers/page-1/${psid}`, { token })).status).toBe(200);
    expect(await readStories()).toEqual([]);
    expect(await count('conversation-events')).toBe(0);
    expect(await count('past-conversations')).toBe(0);
  });

  it('is ended by another process wherever one is killed, and nothing is left half', async () => {
    let kills = 0;
    for (let isKilled = true; isKilled; kills += 1) {
      const id = `c-${kills}`;
      const fileId = await converse(id);
      await indexAll();
      const dying = createRetentionData({ ...partsOf(api.db), ...dyingAfter(kills) });
      isKilled = await removeAll(dying).then(
        () => false,
        () => true,
      );
      await indexAll();
      const left = await leftOf(id, fileId);
      // As long as anything is left of it, its record is, by which the next run finds it.
      if (Object.values(left).some((each) => each > 0)) expect(left).toMatchObject({ conversations: 1 });
      await removeAll(api.deps.retention.data);
      await indexAll();
      expect(await leftOf(id, fileId)).toEqual(NOTHING);
      expect(await count('record-postings')).toBe(0);
    }
    expect(kills).toBeGreaterThan(8);
  });
});

async function addEvent(conversationId: string): Promise<void> {
  const actor = { kind: 'customer' } as const;
  const event = { seq: 1, at: t0, actor, type: 'ended', data: { reason: 'finished' } } as const;
  const scenario = { name: 'tiny', version: 'v' };
  await readModel.history.recordPiece({ conversationId, scenario, events: [event] });
}

async function readStories(): Promise<object[]> {
  const wanted = { from: t0 - DAY_MS, to: t0 + DAY_MS, needs: { dispositions: true } } as const;
  const stories: object[] = [];
  for await (const story of api.deps.reportReader.readConversations(wanted)) stories.push(story);
  return stories;
}

const partsOf = (db: Db) => ({
  db,
  secrets: api.deps.secrets,
  fileStore: api.deps.fileStore,
  legalHolds: api.deps.legalHolds,
  contacts: api.deps.people.contacts,
  now: api.deps.now,
});

async function removeAll({ remove }: Pick<TestApi['deps']['retention']['data'], 'remove'>): Promise<void> {
  for await (const gone of remove('transcripts', t0 + DAY_MS)) expect(gone).toBeGreaterThan(0);
}

const WRITES = new Set(['deleteMany', 'deleteOne', 'updateOne', 'bulkWrite', 'insertOne']);

/** A database and a file store that are gone after so many writes. */
function dyingAfter(writes: number): Pick<Parameters<typeof createRetentionData>[0], 'db' | 'fileStore'> {
  let left = writes;
  const isAlive = (): boolean => {
    left -= 1;
    return left >= 0;
  };
  const watched = <Of extends object>(target: Of, isWrite: (name: string) => boolean): Of =>
    new Proxy(target, {
      get(on, name) {
        const value: unknown = Reflect.get(on, name, on);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          if (isWrite(String(name)) && !isAlive()) return Promise.reject(new Error('kill -9'));
          const result: unknown = Reflect.apply(value, on, given);
          return name === 'collection' ? watched(result as Collection, (each) => WRITES.has(each)) : result;
        };
      },
    });
  return { db: watched(api.db, () => false), fileStore: watched(api.deps.fileStore, (name) => name === 'delete') };
}

const hold = (body: object) => api.call('POST', '/api/v1/legal-holds', { token, body: { reason: 'Case 7', ...body } });

describe('what is held', () => {
  const SHORT: RetentionDays = {
    transcriptDays: 40,
    eventDays: 40,
    fileDays: 10,
    auditDays: 40,
    evaluationDays: 40,
    deliveryDays: 40,
  };

  it('stays, of every kind, and goes once it is released', async () => {
    const fileId = await converse('c1');
    await readModel.customers.recordProfile(of(), {}, 1);
    await indexAll();
    const content = { form: 'body', base64: Buffer.from(`{"id":"${psid}"}`).toString('base64') } as const;
    await api.deps.deadLetters.keep({ reason: 'r', cause: 'failed', pageIds: ['page-1'], content, days: [], at: t0 });
    await api.db.collection('conversation-events').insertOne({ conversationId: 'c1', at: new Date(t0) });
    await api.db.collection('evaluations').insertOne({ ...of(), conversationId: 'c1', changedAt: t0 });
    await api.db.collection('webhook-deliveries').insertOne({ ...of(), state: 'dead', dueAt: t0 });
    const subject = auditedCustomer(of());
    await api.deps.audit.record([{ action: 'customer.exported', by: 'old', at: t0, subject }]);
    const others = ['conversation-events', 'evaluations', 'webhook-deliveries', 'dead-letters'];
    const left = async () => [
      await leftOf('c1', fileId),
      ...(await Promise.all(others.map((name) => count(name)))),
      await count('audit', { by: 'old' }),
    ];
    const { body } = await hold({ customer: of() });
    await keep(SHORT);
    await runAt(400 * DAY_MS);
    expect(await left()).toEqual([ALL, 1, 1, 1, 1, 1]);
    await api.call('DELETE', `/api/v1/legal-holds/${body.id}`, { token });
    await runAt(401 * DAY_MS);
    await indexAll();
    expect(await left()).toEqual([NOTHING, 0, 0, 0, 0, 0]);
  });

  it('is one conversation where only that is held', async () => {
    const heldFile = await converse('c1');
    const otherFile = await converse('c2');
    await indexAll();
    api.conversations.records.push(recordOf('c1'));
    expect((await hold({ conversationId: 'c1' })).status).toBe(200);
    await keep(SHORT);
    await runAt(400 * DAY_MS);
    await indexAll();
    expect(await leftOf('c1', heldFile)).toEqual(ALL);
    expect(await leftOf('c2', otherFile)).toEqual(NOTHING);
  });
});

describe('the days of retention', () => {
  it('are refused where they are too short, or one of them could never come, each with the reason', async () => {
    const short = await keep({ transcriptDays: 7 });
    expect(short).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    expect(JSON.stringify(short.body.details)).toContain('agents may answer a customer for 7 days');
    const unreachable = await keep({ transcriptDays: 40, fileDays: 41 });
    expect(unreachable).toMatchObject({ status: 422, body: { code: 'CONFIGURATION_INVALID' } });
    expect(unreachable.body.details).toMatchObject([{ path: 'documents.0.fileDays' }]);
  });

  it('are tried before: the preview counts what then goes, and nothing has gone by it', async () => {
    await converse('c1');
    await converse('c2', { endedAt: t0 + 20 * DAY_MS });
    api.clock.aheadMs = t0 + 41 * DAY_MS - Date.now();
    const body = { transcriptDays: 40 };
    const preview = await api.call('POST', '/api/v1/retention/preview', { token, body });
    expect(preview.body.items).toContainEqual({ kind: 'transcripts', count: 1, isMore: false });
    expect(preview.body.items).toContainEqual({ kind: 'files', count: 0, isMore: false });
    expect(await count('conversations')).toBe(2);
    await keep(body);
    await runAt(41 * DAY_MS);
    const { items } = (await api.call('GET', '/api/v1/retention/progress', { token })).body;
    expect(items).toContainEqual({
      kind: 'transcripts',
      days: 40,
      isSaid: true,
      lastRunAt: expect.any(String),
      deleted: 1,
      deletedInAll: 1,
      oldestAt: new Date(t0 + 20 * DAY_MS).toISOString(),
    });
    expect(items).toContainEqual(expect.objectContaining({ kind: 'evaluations', days: null, isSaid: false }));
  });

  it('are looked after by one process at a time', async () => {
    await keep({ transcriptDays: 40 });
    await runAt(41 * DAY_MS);
    await converse('late');
    await carryOutRetention(api.deps);
    expect(await count('conversations')).toBe(1);
    await runAt(41 * DAY_MS + HOUR_MS);
    expect(await count('conversations')).toBe(0);
  });
});
