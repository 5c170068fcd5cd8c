import { array, assert, asyncProperty, boolean, constantFrom, nat, record, uniqueArray } from 'fast-check';
import type { Db } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { createRecordIndex, RECORD_POSTINGS, type RecordEntry } from '../../adapters/mongo/records/record-index.ts';
import { createRecordSearch } from '../../adapters/mongo/records/search-records.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const NOW = Date.UTC(2026, 10, 28, 14);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ADA = { pageId: 'page-1', psid: 'ada' };
const EVA = { pageId: 'page-1', psid: 'eva' };

let at = NOW;
let api: TestApi;
let model: ReadModel;

beforeAll(async () => {
  api = await startApi(() => ({ now: () => at }));
  await ensureReadModelIndexes(api.db);
  const user = { kind: 'user', role: 'agent', skills: { support: 50 }, password: 'correct horse battery' } as const;
  await api.apply([
    ...smallConfiguration(),
    { kind: 'service', name: 'sales', skills: ['selling'] },
    { ...user, username: 'bob', name: 'Bob' },
    { kind: 'user', username: 'ted', role: 'supervisor', skills: {}, password: 'correct horse battery' },
    { kind: 'team', name: 'north', members: ['bob'], supervisors: ['ted'], services: [{ service: 'sales' }] },
  ]);
  model = createReadModel(api.db, () => at);
});
afterAll(() => api.stop());

let said = 0;

async function say(conversationId: string, text: string, key = ADA): Promise<void> {
  said += 1;
  const message = { key: `m${said}`, mid: `mid-${said}`, seq: said, kind: 'message', at: NOW, text } as const;
  await model.messages.recordInbound(key, { ...message, conversationId, attachments: [] });
}

async function keep(changes: Partial<ConversationRecord> & { conversationId: string }): Promise<void> {
  const conversation = aConversation({ ...ADA, startedAt: NOW - HOUR, state: 'ended', endedAt: NOW, ...changes });
  await model.conversations.record(conversation);
}

/** Marks wait two seconds. */
async function index(): Promise<void> {
  at += 3000;
  await model.records.indexer.work();
}

async function search(query: string, token = ADMIN_TOKEN): Promise<string[]> {
  const { status, body } = await api.call('GET', `/api/v1/records?${query}`, { token });
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body.items.map(({ id }: { id: string }) => id);
}

describe('the search for records', () => {
  beforeAll(async () => {
    await model.people.contacts.recognise(ADA, { firstName: 'Ada', lastName: 'Lovelace' }, NOW);
    await model.people.contacts.recognise(EVA, { firstName: 'Eva', lastName: 'Lind' }, NOW);
    await keep({
      conversationId: 'lamp',
      startedAt: NOW - 2 * HOUR,
      queuedAt: NOW - HOUR,
      acceptedAt: NOW - HOUR + 60_000,
      endReason: 'exit',
      servedBy: ['ann'],
      labels: ['VIP'],
      scenario: { name: 'tiny', version: 'b'.repeat(64) },
    });
    await say('lamp', 'La LÁMPARA llegó rota');
    await say('lamp', 'Please, a refund');
    await keep({ ...EVA, conversationId: 'chinese', startedAt: NOW - DAY, service: 'sales', entry: 'side-door' });
    await say('chinese', '請問訂單什麼時候會送到?', EVA);
    await keep({ conversationId: 'bobs', startedAt: NOW - 40 * DAY, servedBy: ['bob'], queuedAt: NOW - 40 * DAY });
    await say('bobs', 'refund of the second lampara');
    await keep({ conversationId: 'goes-on', startedAt: NOW - 60_000, state: 'running', endedAt: undefined! });
    await model.wrapUps.recordContent(
      { conversationId: 'lamp', requestId: 'r', username: 'ann' },
      { disposition: 'Refund agreed', note: 'courier knows' },
      NOW,
    );
    const made = { key: 'case', title: 'Broken lamp', status: 'open', priority: 'normal', by: 'ann', at: NOW } as const;
    await model.people.cases.create({ ...made, conversationId: 'lamp' });
    await index();
  });

  it.each([
    ['', ['goes-on', 'lamp', 'chinese', 'bobs']],
    ['words=lampara', ['lamp', 'bobs']],
    ['words=LÁMPARA%20refund', ['lamp', 'bobs']],
    ['words=lampara%20rota', ['lamp']],
    ['words=courier', ['lamp']],
    ['words=送到', ['chinese']],
    ['words=lamp', []],
    ['service=sales', ['chinese']],
    ['entry=side-door', ['chinese']],
    ['account=shop', ['goes-on', 'lamp', 'chinese', 'bobs']],
    ['agent=ann', ['lamp']],
    ['team=north', ['bobs']],
    ['label=VIP', ['lamp']],
    ['disposition=Refund%20agreed', ['lamp']],
    ['ended=handled', ['lamp']],
    ['ended=abandoned', ['bobs']],
    ['ended=unassisted', ['chinese']],
    ['ended=open', ['goes-on']],
    ['ended=exit', ['lamp']],
    ['case=1001', ['lamp']],
    ['customer=lovel', ['goes-on', 'lamp', 'bobs']],
    ['customer=nobody', []],
    [`scenario=tiny&version=${'b'.repeat(12)}`, ['lamp']],
    [`from=${NOW - 3 * HOUR}`, ['goes-on', 'lamp']],
    [`from=${new Date(NOW - 2 * DAY).toISOString()}&to=${NOW - 2 * HOUR}`, ['chinese']],
    [`from=${NOW - 2 * HOUR}&to=${NOW - 2 * HOUR + 1}`, ['lamp']],
    ['words=refund&agent=bob&to=1', []],
  ])('finds by %s', async (query, ids) => expect(await search(query)).toEqual(ids));

  it('finds by a contact, in whatever name', async () => {
    const [contact] = await model.people.contacts.findByPsid('eva');
    expect(await search(`contact=${contact?.id}`)).toEqual(['chinese']);
  });

  it('says of each what a list needs, with the message in which the words stand', async () => {
    const { body } = await api.call('GET', '/api/v1/records?words=refund&agent=ann', { token: ADMIN_TOKEN });
    expect(body).toMatchObject({ next: null, total: { count: 1, isMore: false } });
    expect(body.items[0]).toMatchObject({
      customer: { name: 'Ada Lovelace' },
      agents: [{ username: 'ann', name: 'Ann' }],
      outcome: 'handled',
      dispositions: ['Refund agreed'],
      labels: ['VIP'],
      messages: 2,
      waitMs: 60_000,
      lengthMs: 2 * HOUR,
      excerpt: { text: 'Please, a refund', by: 'customer' },
    });
  });

  it('gives page after page, and the total with the first', async () => {
    const first = await api.call('GET', '/api/v1/records?limit=3', { token: ADMIN_TOKEN });
    expect(first.body.items).toHaveLength(3);
    expect(first.body.total).toEqual({ count: 4, isMore: false });
    const second = await api.call('GET', `/api/v1/records?limit=3&cursor=${first.body.next}`, { token: ADMIN_TOKEN });
    expect(second.body).toMatchObject({ items: [{ id: 'bobs' }], next: null });
    expect(second.body.total).toBeUndefined();
  });

  it('shows a supervisor the chats of their teams, and all where no team names them', async () => {
    const ted = await api.logIn('ted');
    expect(await search('', ted)).toEqual(['chinese', 'bobs']);
    expect(await search('words=refund', ted)).toEqual(['bobs']);
    expect(await search('', await api.logIn('sue'))).toHaveLength(4);
    const choices = await api.call('GET', '/api/v1/records/choices', { token: ted });
    expect(choices.body).toMatchObject({ services: ['sales'], teams: ['north'], agents: [{ username: 'bob' }] });
  });

  it.each([
    ['team=nobody', 'querystring.team'],
    ['case=99', 'querystring.case'],
    ['words=%3F%21', 'querystring.words'],
    ['cursor=nonsense', 'cursor'],
    ['from=yesterday', 'querystring.from'],
  ])('refuses %s and says what is wrong', async (query, path) => {
    const { status, body } = await api.call('GET', `/api/v1/records?${query}`, { token: ADMIN_TOKEN });
    expect([status, body.details[0].path]).toEqual([400, path]);
  });

  it('is written into the audit without the words', async () => {
    await search('words=refund', await api.logIn('sue'));
    const audit = await api.call('GET', '/api/v1/audit?action=records.searched', { token: ADMIN_TOKEN });
    expect(audit.body.items[0]).toMatchObject({ by: 'sue', subject: {} });
    expect(audit.text).not.toContain('refund');
  });
});

describe('the index of records', () => {
  it('follows what changes: edits, deletions, labels, late messages, notes', async () => {
    await keep({ conversationId: 'moves' });
    await say('moves', 'zebra');
    const mid = `mid-${said}`;
    await index();
    expect(await search('words=zebra')).toEqual(['moves']);
    const edit = { ...ADA, mid, at: NOW, channel: 'messaging', editCount: 1, text: 'giraffe' } as const;
    await model.events.recordEvent({ outcome: 'edit', ...edit } as never);
    await model.conversations.changeLabels('moves', { add: ['Animals'], remove: [] });
    await index();
    expect(await search('words=zebra')).toEqual([]);
    expect(await search('words=giraffe&label=Animals')).toEqual(['moves']);
    await model.events.recordEvent({ outcome: 'delete', ...edit } as never);
    await model.conversations.changeLabels('moves', { add: [], remove: ['Animals'] });
    const note = { id: 'note-1', seq: 99, kind: 'note', at: NOW, agent: { username: 'ann', name: 'Ann' } } as const;
    await model.messages.recordInternal(ADA, { ...note, conversationId: 'moves', text: 'hippopotamus' });
    await index();
    expect(await search('words=giraffe')).toEqual([]);
    expect(await search('label=Animals')).toEqual([]);
    expect(await search('words=hippopotamus')).toEqual(['moves']);
  });

  it('takes no mark before what it was made for is written', async () => {
    await keep({ conversationId: 'early' });
    await model.records.indexer.work();
    expect(await search('words=okapi')).toEqual([]);
    await say('early', 'okapi');
    await index();
    expect(await search('words=okapi')).toEqual(['early']);
    expect(await api.db.collection('record-marks').countDocuments()).toBe(0);
  });

  it('holds nothing of somebody who was erased, not even a word', async () => {
    const gone = { pageId: 'page-1', psid: 'gone' };
    await keep({ ...gone, conversationId: 'secret' });
    await say('secret', 'xylophone', gone);
    await index();
    expect(await search('words=xylophone')).toEqual(['secret']);
    await api.deps.customerData.erase(gone);
    await index();
    for (const name of ['record-entries', RECORD_POSTINGS, 'record-marks']) {
      expect(JSON.stringify(await api.db.collection(name).find().toArray())).not.toMatch(/xylophone|secret|gone/);
    }
    expect(await search('words=xylophone')).toEqual([]);
  });
});

describe('the inverted index', () => {
  let db: Db;
  beforeEach(async () => {
    db = await createTestDatabase();
  });
  const days = [0, 1, 30].map((day) => NOW - day * DAY);
  const words = ['a', 'b', 'c'];
  const entryArbitrary = record({
    number: nat({ max: 5 }),
    terms: uniqueArray(constantFrom(...words)),
    isRemoved: boolean(),
    isCutOff: boolean(),
  });

  function entryOf({ number, terms }: { number: number; terms: string[] }): RecordEntry {
    const [conversationId, psid] = [`c${number}`, `p${number}`];
    const facts = { dispositions: [], messages: number, said: [] };
    const startedAt = days[number % days.length] ?? NOW;
    return { conversationId, startedAt, pageId: 'p', psid, terms: new Set([...terms, 'all']), facts };
  }

  /** A database that is lost when the numbers are to be written. */
  function cutOff(): Db {
    const lost = { bulkWrite: () => Promise.reject(new Error('away')) };
    return { collection: (name: string) => (name === RECORD_POSTINGS ? lost : db.collection(name)) } as unknown as Db;
  }

  it('says what was put last, whatever was put, taken out and cut off before', async () => {
    await assert(
      asyncProperty(array(entryArbitrary, { maxLength: 15 }), async (steps) => {
        db = await createTestDatabase();
        const [whole, broken] = [createRecordIndex(db), createRecordIndex(cutOff())];
        const known = new Map<string, RecordEntry>();
        for (const step of steps) {
          const entry = entryOf(step);
          if (step.isCutOff) await broken.put([entry]).catch(() => undefined);
          if (step.isRemoved) await whole.remove([entry.conversationId]);
          else await whole.put([entry]);
          if (step.isRemoved) known.delete(entry.conversationId);
          else known.set(entry.conversationId, entry);
        }
        for (const asked of [['all'], ['a'], ['a', 'b'], ['c', 'b', 'a']]) {
          const clauses = asked.map((term) => ({ terms: [term] }));
          const { items } = await createRecordSearch(db).find({ clauses }, { limit: 50 });
          const expected = [...known.values()].filter(({ terms }) => asked.every((term) => terms.has(term)));
          expect(items.map(({ conversationId }) => conversationId).toSorted()).toEqual(
            expected.map(({ conversationId }) => conversationId).toSorted(),
          );
        }
        await db.dropDatabase();
      }),
      { numRuns: 25 },
    );
  });

  it('counts to a thousand, and says that there are more', async () => {
    const startedAt = NOW;
    const all = Array.from({ length: 1100 }, (_each, number) => ({ ...entryOf({ number, terms: [] }), startedAt }));
    await createRecordIndex(db).put(all);
    const { total, items } = await createRecordSearch(db).find({ clauses: [] }, { limit: 10 });
    expect([total, items.length]).toEqual([{ count: 1000, isMore: true }, 10]);
    await db.dropDatabase();
  });
});
