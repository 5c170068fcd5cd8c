import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { carryOutExports, sweepExports } from '../../api/records/carry-out-exports.ts';
import type { AppDependencies } from '../../api/dependencies.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const NOW = Date.UTC(2026, 10, 28, 14);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LEASE = 60_000;
const EXPORTS = '/api/v1/records/exports';
const ADA = { pageId: 'page-1', psid: 'ada' };
const COUNT = 1200;

let at = NOW;
let api: TestApi;
let model: ReadModel;
let sue: string;
let sam: string;

beforeAll(async () => {
  api = await startApi(() => ({ now: () => at }));
  await ensureReadModelIndexes(api.db);
  const supervisor = { kind: 'user', role: 'supervisor', skills: {}, password: PASSWORD } as const;
  await api.apply([
    ...smallConfiguration(),
    { kind: 'service', name: 'sales', skills: ['selling'] },
    { ...supervisor, username: 'sam' },
    { ...supervisor, username: 'ted' },
    { kind: 'team', name: 'north', members: ['ann'], supervisors: ['ted'], services: [{ service: 'sales' }] },
  ]);
  model = createReadModel(api.db, () => at);
  await Promise.all(
    Array.from({ length: COUNT }, (_each, number) => keep({ conversationId: `many-${number}`, number })),
  );
  await index();
});
afterAll(() => api.stop());
beforeEach(async () => {
  // The clock goes further than a session lasts.
  [sue, sam] = [await api.logIn('sue'), await api.logIn('sam')];
  await api.db.collection('record-exports').deleteMany({});
  await api.db.collection('record-export-pieces').deleteMany({});
});

async function keep({ number = 0, ...changes }: Partial<ConversationRecord> & { number?: number }): Promise<void> {
  const times = { startedAt: NOW - DAY - number * 60_000, endedAt: NOW - HOUR };
  const customer = { pageId: 'page-1', psid: `psid-${number}` };
  await model.conversations.record(
    aConversation({ ...customer, service: 'support', entry: 'front-door', state: 'ended', ...times, ...changes }),
  );
}

/** Marks wait two seconds. */
async function index(): Promise<void> {
  at += 3000;
  await model.records.indexer.work();
}

async function ask(token: string, filter: object, format = 'jsonl'): Promise<string> {
  const { status, body } = await api.call('POST', EXPORTS, { token, body: { filter, format } });
  expect([status, body.state]).toEqual([201, 'waiting']);
  return body.id;
}

const get = async (id: string, token = sue) => (await api.call('GET', `${EXPORTS}/${id}`, { token })).body;
const fetchFile = (id: string, token = sue) => api.call('GET', `${EXPORTS}/${id}/file`, { token });
const rowsOf = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { id: string });
const idsOf = (text: string) => rowsOf(text).map(({ id }) => id);
const support = { service: 'support' };
const ALL = Array.from({ length: COUNT }, (_each, number) => `many-${number}`);
const countOf = (collection: string) => api.db.collection(collection).countDocuments();

describe('an export of records', () => {
  it('holds every record that the search finds exactly once, newest first, however many pieces it takes', async () => {
    const id = await ask(sue, support);
    expect((await fetchFile(id)).body.code).toBe('RECORD_EXPORT_UNFINISHED');
    await carryOutExports(api.deps);
    expect(await get(id)).toMatchObject({ state: 'done', done: COUNT, total: COUNT, by: 'sue', filter: support });
    expect(await countOf('record-export-pieces')).toBe(3);
    const { text, headers } = await fetchFile(id);
    expect(idsOf(text)).toEqual(ALL);
    expect(headers['content-type']).toContain('application/x-ndjson');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="records-2026-11-28T\d{4}\.jsonl"$/);
    const listed = await api.call('GET', `/api/v1/records?service=support&limit=1`, { token: sue });
    expect(rowsOf(text)[0]).toEqual(listed.body.items[0]);
  });

  it('takes no record that began after it was asked for', async () => {
    const id = await ask(sue, { service: 'sales' });
    at += 1000;
    const late = { pageId: 'page-1', psid: 'late' };
    await keep({ ...late, conversationId: 'later', service: 'sales', startedAt: at, endedAt: at });
    await index();
    await carryOutExports(api.deps);
    expect(await get(id)).toMatchObject({ state: 'done', done: 0, total: 0 });
    expect((await fetchFile(id)).text).toBe('');
    await api.deps.customerData.erase(late);
  });

  it('is a table whose cells no spreadsheet takes for formulas', async () => {
    const evil = { pageId: 'page-1', psid: 'evil' };
    await model.people.contacts.recognise(evil, { firstName: '=HYPERLINK("http://x")', lastName: 'B' }, NOW);
    await keep({ ...evil, conversationId: 'evil', service: 'sales', servedBy: ['ann'], labels: ['-1+2', '@sum'] });
    await index();
    const id = await ask(sue, { label: '@sum' }, 'csv');
    await carryOutExports(api.deps);
    const { text, headers } = await fetchFile(id);
    expect(headers['content-type']).toContain('text/csv');
    // Excel takes it for UTF-8 by its first character only.
    expect(text.startsWith('\uFEFFid,')).toBe(true);
    const [head, row, end] = text.slice(1).split('\r\n');
    expect(head).toBe(
      'id,startedAt,endedAt,service,entry,account,pageId,agents,customer,outcome,endReason,dispositions,labels,' +
        'surveyScore,evaluationScores,waitMs,lengthMs,messages,scenario,version',
    );
    const times = `${new Date(NOW - DAY).toISOString()},${new Date(NOW - HOUR).toISOString()}`;
    expect(row).toContain(`evil,${times},sales,front-door,shop,page-1,Ann,"'=HYPERLINK(""http://x"") B",`);
    expect(row).toContain(`,'-1+2;' @sum,,,,${DAY - HOUR},0,`);
    expect(end).toBe('');
    await api.deps.customerData.erase(evil);
    await index();
  });

  it('is asked for and fetched on the record', async () => {
    const id = await ask(sue, { ...support, words: 'nobody said this' });
    await carryOutExports(api.deps);
    await fetchFile(id);
    await fetchFile(id);
    const audit = await api.call('GET', '/api/v1/audit?limit=3', { token: ADMIN_TOKEN });
    expect(audit.body.items).toMatchObject([
      { action: 'records.export-read', by: 'sue', subject: { id } },
      { action: 'records.export-read', by: 'sue', subject: { id } },
      { action: 'records.exported', by: 'sue', subject: { id, format: 'jsonl' } },
    ]);
    expect(audit.text).not.toContain('nobody said this');
  });

  it('is nobody else’s: another supervisor neither sees nor fetches nor deletes it, an admin may', async () => {
    const id = await ask(sue, { ...support, to: String(NOW - DAY) });
    await carryOutExports(api.deps);
    expect((await fetchFile(id, sam)).status).toBe(404);
    expect((await api.call('GET', `${EXPORTS}/${id}`, { token: sam })).status).toBe(404);
    expect((await api.call('DELETE', `${EXPORTS}/${id}`, { token: sam })).status).toBe(404);
    expect((await api.call('GET', EXPORTS, { token: sam })).body.items).toEqual([]);
    expect((await api.call('GET', EXPORTS, { token: sue })).body.items).toMatchObject([{ id }]);
    expect((await fetchFile(id, ADMIN_TOKEN)).status).toBe(200);
  });

  it('holds what its asker may see, and nothing where they are gone before it is made', async () => {
    await keep({ conversationId: 'north', service: 'sales', number: 5000 });
    await index();
    const ted = await api.logIn('ted');
    const seen = await ask(ted, {});
    await carryOutExports(api.deps);
    const { text } = await fetchFile(seen, ted);
    expect(idsOf(text)).toEqual(['north']);
    const unmade = await ask(ted, {});
    for (const item of ['teams/north', 'users/ted'])
      expect((await api.call('DELETE', `/api/v1/${item}`, { token: ADMIN_TOKEN })).status).toBe(204);
    await carryOutExports(api.deps);
    await sweepExports(api.deps);
    for (const id of [seen, unmade]) expect((await fetchFile(id, ADMIN_TOKEN)).status).toBe(404);
    expect([await countOf('record-exports'), await countOf('record-export-pieces')]).toEqual([0, 0]);
  });

  it('is refused for a search that names nothing, and for the twenty-first', async () => {
    const body = { filter: { team: 'nobody' }, format: 'csv' };
    const refused = await api.call('POST', EXPORTS, { token: sue, body });
    expect([refused.status, refused.body.details[0].path]).toEqual([400, 'body.filter.team']);
    for (let count = 0; count < 20; count += 1) await ask(sue, { service: 'none' });
    const more = await api.call('POST', EXPORTS, { token: sue, body: { filter: {}, format: 'csv' } });
    expect([more.status, more.body.code]).toEqual([409, 'TOO_MANY_RECORD_EXPORTS']);
    await ask(sam, { service: 'none' });
  });

  it('fails where its search names nothing any more, and says so', async () => {
    await api.apply([{ kind: 'team', name: 'south', members: ['ann'], supervisors: [], services: [] }]);
    const id = await ask(sue, { team: 'south' });
    expect((await api.call('DELETE', '/api/v1/teams/south', { token: ADMIN_TOKEN })).status).toBe(204);
    await carryOutExports(api.deps);
    expect(await get(id)).toMatchObject({ state: 'failed', failure: 'search-refused' });
  });
});

const die = (): never => {
  throw new Error('kill -9');
};

/** An api that dies: nothing that it would do after `step` is done. */
function dying(step: 'before-write' | 'after-write' | 'after-commit', piece: number): AppDependencies {
  const { recordExports, exportPieces } = api.deps;
  let written = 0;
  let committed = 0;
  return {
    ...api.deps,
    exportPieces: {
      ...exportPieces,
      async write(...parts) {
        written += 1;
        if (step === 'before-write' && written > piece) die();
        const key = await exportPieces.write(...parts);
        return step === 'after-write' && written > piece ? die() : key;
      },
    },
    recordExports: {
      ...recordExports,
      async commit(...parts) {
        committed += 1;
        const isOurs = await recordExports.commit(...parts);
        return step === 'after-commit' && committed > piece ? die() : isOurs;
      },
      postpone: async () => die(),
    },
  };
}

describe('an export whose api is killed', () => {
  const steps = ['before-write', 'after-write', 'after-commit'] as const;
  it.each(steps)('%s is gone on with by the next, with every record once', async (step) => {
    const id = await ask(sue, support);
    await expect(carryOutExports(dying(step, 1))).rejects.toThrow('kill -9');
    const isCommitted = step === 'after-commit';
    expect(await get(id)).toMatchObject({ state: 'running', done: isCommitted ? 1000 : 500, total: COUNT });
    at += LEASE + 1;
    await carryOutExports(api.deps);
    expect(await get(id)).toMatchObject({ state: 'done', done: COUNT });
    expect(idsOf((await fetchFile(id)).text)).toEqual(ALL);
    // What the dead one has left behind is swept, and nothing else.
    at += HOUR + 1;
    await sweepExports(api.deps);
    expect(await countOf('record-export-pieces')).toBe(3);
    expect(idsOf((await fetchFile(id, ADMIN_TOKEN)).text)).toEqual(ALL);
  });

  it('or stands still so long that another has made its piece, writes nothing any more', async () => {
    const id = await ask(sue, support);
    const { exportPieces } = api.deps;
    let isFirst = true;
    const slow: AppDependencies = {
      ...api.deps,
      exportPieces: {
        ...exportPieces,
        async write(...parts) {
          if (isFirst) {
            isFirst = false;
            at += LEASE + 1;
            await carryOutExports(api.deps);
          }
          return exportPieces.write(...parts);
        },
      },
    };
    await carryOutExports(slow);
    expect(await get(id)).toMatchObject({ state: 'done', done: COUNT });
    expect(idsOf((await fetchFile(id)).text)).toEqual(ALL);
    expect(await countOf('record-export-pieces')).toBe(3);
  });

  it('again and again over the same piece is given up', async () => {
    const id = await ask(sue, support);
    const { exportPieces } = api.deps;
    const broken = { ...exportPieces, write: async () => Promise.reject(new Error('the store is full')) };
    for (let attempt = 0; attempt < 11; attempt += 1) {
      await carryOutExports({ ...api.deps, exportPieces: broken });
      at += LEASE;
    }
    expect(await get(id)).toMatchObject({ state: 'failed', failure: 'gave-up' });
  });
});

describe('an export that is not wanted', () => {
  it('is cancelled on its way, then deleted; nothing of it stays', async () => {
    const id = await ask(sue, support);
    await expect(carryOutExports(dying('after-commit', 0))).rejects.toThrow('kill -9');
    expect((await api.call('DELETE', `${EXPORTS}/${id}`, { token: sue })).status).toBe(204);
    expect(await get(id)).toMatchObject({ state: 'cancelled', done: 500 });
    expect(await countOf('record-export-pieces')).toBe(0);
    at += LEASE + 1;
    await carryOutExports(api.deps);
    expect(await get(id)).toMatchObject({ state: 'cancelled', done: 500 });
    expect((await fetchFile(id)).body.code).toBe('RECORD_EXPORT_UNFINISHED');
    expect((await api.call('DELETE', `${EXPORTS}/${id}`, { token: sue })).status).toBe(204);
    expect((await api.call('GET', `${EXPORTS}/${id}`, { token: sue })).status).toBe(404);
    expect(await countOf('record-exports')).toBe(0);
  });

  it('is cancelled while its piece is made: the piece is dropped', async () => {
    const id = await ask(sue, support);
    const { exportPieces } = api.deps;
    const cancelled = {
      ...exportPieces,
      async write(...parts: Parameters<typeof exportPieces.write>) {
        const key = await exportPieces.write(...parts);
        await api.deps.recordExports.cancel(id, at);
        return key;
      },
    };
    await carryOutExports({ ...api.deps, exportPieces: cancelled });
    expect(await get(id)).toMatchObject({ state: 'cancelled', done: 0 });
    expect(await countOf('record-export-pieces')).toBe(0);
  });

  it('goes after seven days, with its pieces', async () => {
    const id = await ask(sue, support);
    await carryOutExports(api.deps);
    const { key } = await findPiece();
    const token = await logInAt(7 * DAY - 1);
    await sweepExports(api.deps);
    expect((await fetchFile(id, token)).status).toBe(200);
    at += 1;
    expect((await fetchFile(id, token)).status).toBe(404);
    await sweepExports(api.deps);
    expect([await countOf('record-exports'), await countOf('record-export-pieces')]).toEqual([0, 0]);
    expect(await api.deps.fileStore.get(key)).toBeUndefined();
  });
});

/** Sessions do not last so long. */
async function logInAt(laterMs: number): Promise<string> {
  at += laterMs;
  return api.logIn('sue');
}

async function findPiece(): Promise<{ key: string }> {
  const piece = await api.db.collection<{ _id: string }>('record-export-pieces').findOne({});
  return { key: piece?._id ?? '' };
}

const erase = async ({ pageId, psid }: typeof ADA): Promise<void> => {
  const token = ADMIN_TOKEN;
  expect((await api.call('DELETE', `/api/v1/customers/${pageId}/${psid}`, { token })).status).toBe(200);
};
/** Everything that is stored of exports. */
async function readStores(): Promise<string> {
  const pieces = await api.db.collection<{ _id: string }>('record-export-pieces').find().toArray();
  const files = await Promise.all(pieces.map(({ _id }) => api.deps.fileStore.get(_id)));
  const texts = files.map((bytes) => Buffer.from(bytes ?? []).toString());
  return JSON.stringify([await api.db.collection('record-exports').find().toArray(), pieces, texts]);
}

async function keepAda(): Promise<void> {
  await model.people.contacts.recognise(ADA, { firstName: 'Ada', lastName: 'Lovelace' }, NOW);
  await keep({ ...ADA, conversationId: 'of-ada', number: 600 });
  await index();
}

describe('erasing a customer', () => {
  it('takes their rows out of exports that are done, and nobody else’s', async () => {
    await keepAda();
    const id = await ask(sue, support, 'csv');
    await carryOutExports(api.deps);
    expect((await fetchFile(id)).text).toContain('Ada Lovelace');
    expect(await readStores()).toMatch(/:ada"/);
    await erase(ADA);
    expect(await readStores()).not.toMatch(/Lovelace|of-ada|:ada"/);
    expect(await get(id)).toMatchObject({ state: 'done', done: COUNT, total: COUNT });
    const lines = (await fetchFile(id)).text.split('\r\n').slice(1, -1);
    expect(lines.map((line) => line.split(',')[0])).toEqual(ALL);
    expect(await countOf('record-export-pieces')).toBe(3);
    await index();
  });

  it('reaches the piece that is being made just then', async () => {
    await keepAda();
    const id = await ask(sue, support);
    const { exportPieces } = api.deps;
    let isErased = false;
    const interrupted = {
      ...exportPieces,
      async write(...parts: Parameters<typeof exportPieces.write>) {
        const isHers = parts[1].rows.some(({ psid }) => psid === 'ada') && !isErased;
        // Read, and not yet written: neither the index nor a piece knows of them any more.
        if (isHers) await api.deps.customerData.erase(ADA);
        isErased ||= isHers;
        return exportPieces.write(...parts);
      },
    };
    await carryOutExports({ ...api.deps, exportPieces: interrupted });
    expect(isErased).toBe(true);
    expect(await readStores()).not.toMatch(/Lovelace|of-ada|:ada"/);
    expect(idsOf((await fetchFile(id)).text)).toEqual(ALL);
    await index();
  });

  it('takes out also what was said to somebody else’s phone by them', async () => {
    await keepAda();
    await keep({ conversationId: 'borrowed', number: 700, psid: 'lent' });
    const [contact] = await model.people.contacts.findByPsid('ada');
    const borrowed = { conversationId: 'borrowed', pageId: 'page-1', psid: 'lent' };
    await model.people.contacts.identify(borrowed, contact?.id ?? '');
    await index();
    const id = await ask(sue, support);
    await carryOutExports(api.deps);
    expect((await get(id)).done).toBe(COUNT + 2);
    await erase(ADA);
    expect(await readStores()).not.toMatch(/Lovelace/);
    expect(idsOf((await fetchFile(id)).text)).toEqual(ALL);
  });
});
