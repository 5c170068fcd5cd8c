import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { type Collection, type Filter, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendSignal } from '../../dev/embedded/process-table.ts';
import { mongoUriOf, type MongoServer, startMongoServer } from '../../dev/embedded/start-mongo-server.ts';
import { cacheDir } from '../support/embedded-cache.ts';

interface Row {
  _id: string;
  n?: number;
  x?: number;
  count?: number;
  readAt?: number;
  first?: string;
  last?: string;
  texts?: string[];
  kinds?: string[];
  mid?: string;
  parts?: { id: number; status?: string }[];
  holder?: string;
  until?: number;
  team?: string;
  seconds?: number;
  index?: number;
  text?: string;
}

const SETUP_MS = 600_000;
let folder: string;
let server: MongoServer;
let client: MongoClient;

// Only the embedded server is meant here, whatever server the environment names.
const env = { ...process.env, MONGODB_URI: '' };
const log = (): void => undefined;

/** Lines of the kernel's tables of TCP sockets that wait for connections of this process. */
async function listeningPortsOf(pid: number): Promise<string[]> {
  const links = await readdir(`/proc/${pid}/fd`);
  const opened = await Promise.all(links.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/${pid}/net/${table}`, 'utf8')));
  const rows = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)));
  return rows
    .filter(([, , , state, , , , , , inode]) => state === '0A' && opened.includes(`socket:[${inode}]`))
    .map(String);
}

async function open(): Promise<void> {
  server = await startMongoServer({ cacheDir, dataDir: folder, env, log });
  client = new MongoClient(server.uri);
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-mongo-'));
  await open();
}, SETUP_MS);

afterAll(async () => {
  await client.close();
  await server.stop();
  await rm(folder, { recursive: true });
}, 30_000);

describe('what Attendant asks of MongoDB', () => {
  let rows: Collection<Row>;
  let collections = 0;
  beforeEach(() => {
    collections += 1;
    rows = client.db().collection<Row>(`rows-${collections}`);
  });

  it('finds by the first keys of an index through changes, deletions and odd queries', async () => {
    await rows.createIndex({ team: 1, text: 1, n: 1 });
    await rows.insertMany([
      { _id: 'a', team: 'x', text: 'one', n: 1 },
      { _id: 'b', team: 'x', text: 'two', n: 2 },
      { _id: 'c', team: 'y', text: 'one', n: 3 },
      { _id: 'd', n: 4 },
    ]);
    const ids = async (filter: Filter<Row>): Promise<string[]> =>
      (await rows.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    expect(await ids({ team: 'x' })).toEqual(['a', 'b']);
    expect(await ids({ team: 'x', text: 'two' })).toEqual(['b']);
    expect(await ids({ team: 'x', text: { $in: ['one'] } })).toEqual(['a']);
    expect(await ids({ team: 'x', n: { $gt: 1 } })).toEqual(['b']);
    expect(await ids({ team: { $ne: 'x' } })).toEqual(['c', 'd']);
    await rows.updateOne({ _id: 'a' }, { $set: { team: 'y' } });
    await rows.deleteOne({ team: 'y', text: 'one', n: 3 });
    expect([await ids({ team: 'x' }), await ids({ team: 'y' })]).toEqual([['b'], ['a']]);
    await rows.updateMany({ team: 'x' }, { $set: { text: 'three' } });
    expect([await ids({ team: 'x', text: 'two' }), await ids({ team: 'x', text: 'three' })]).toEqual([[], ['b']]);
  });

  it('looks at the whole filter where a unique key is in it', async () => {
    await rows.insertOne({ _id: 'a', team: 'x' });
    expect(await rows.findOne({ _id: 'a', team: 'y' })).toBeNull();
    const missed = rows.updateOne({ _id: 'a', team: 'y' }, { $set: { n: 1 } }, { upsert: true });
    await expect(missed).rejects.toMatchObject({ code: 11_000 });
    expect(await rows.findOne({ _id: 'a', team: 'x' })).toEqual({ _id: 'a', team: 'x' });
  });

  it('upserts with $set, $setOnInsert, $max, $inc, $push and $addToSet in one update', async () => {
    const touch = (at: number, text: string): Promise<unknown> =>
      rows.updateOne(
        { _id: 'a' },
        {
          $set: { last: text },
          $setOnInsert: { first: text },
          $max: { readAt: at },
          $inc: { count: 1 },
          $push: { texts: text },
          $addToSet: { kinds: 'text' },
        },
        { upsert: true },
      );
    await touch(20, 'one');
    await touch(10, 'two');
    expect(await rows.findOne({ _id: 'a' })).toEqual({
      _id: 'a',
      first: 'one',
      last: 'two',
      readAt: 20,
      count: 2,
      texts: ['one', 'two'],
      kinds: ['text'],
    });
  });

  it('counts 200 parallel increments, none lost', async () => {
    const add = (): Promise<unknown> => rows.updateOne({ _id: 'n' }, { $inc: { n: 1 } }, { upsert: true });
    await add();
    await Promise.all(Array.from({ length: 199 }, add));
    expect(await rows.findOne({ _id: 'n' })).toMatchObject({ n: 200 });
  });

  it('keeps a unique sparse index: refuses an equal value, takes any number without one', async () => {
    await rows.createIndex({ mid: 1 }, { unique: true, sparse: true });
    await rows.insertMany([{ _id: '1', mid: 'm' }, { _id: '2' }, { _id: '3' }]);
    await expect(rows.insertOne({ _id: '4', mid: 'm' })).rejects.toMatchObject({ code: 11_000 });
    expect(await rows.countDocuments()).toBe(3);
  });

  it('changes the elements arrayFilters name', async () => {
    await rows.insertOne({ _id: 'a', parts: [{ id: 1 }, { id: 2 }] });
    const arrayFilters = [{ 'part.id': 2 }];
    await rows.updateOne({ _id: 'a' }, { $set: { 'parts.$[part].status': 'read' } }, { arrayFilters });
    expect(await rows.findOne({ _id: 'a' })).toMatchObject({ parts: [{ id: 1 }, { id: 2, status: 'read' }] });
  });

  it('carries out a bulk of mixed writes and tells the one that failed', async () => {
    await rows.bulkWrite([
      { insertOne: { document: { _id: '1' } } },
      { updateOne: { filter: { _id: '2' }, update: { $set: { x: 1 } }, upsert: true } },
      { deleteOne: { filter: { _id: '1' } } },
    ]);
    const again = rows.bulkWrite(
      [{ insertOne: { document: { _id: '2' } } }, { insertOne: { document: { _id: '3' } } }],
      { ordered: false },
    );
    await expect(again).rejects.toMatchObject({ code: 11_000 });
    expect((await rows.find().sort({ _id: 1 }).toArray()).map((row) => row._id)).toEqual(['2', '3']);
  });

  it('gives the changed document of a conditional update, and nothing when the condition fails', async () => {
    await rows.insertOne({ _id: 'lease', holder: 'a', until: 5 });
    const claim = (now: number): Promise<Row | null> =>
      rows.findOneAndUpdate(
        { _id: 'lease', until: { $lt: now } },
        { $set: { holder: 'b', until: 100 } },
        { returnDocument: 'after' },
      );
    expect(await claim(3)).toBeNull();
    expect(await claim(6)).toMatchObject({ holder: 'b' });
    expect(await claim(7)).toBeNull();
  });

  it('groups with $sum, $avg, $min and $max', async () => {
    await rows.insertMany([1, 2, 6].map((seconds) => ({ _id: `c${seconds}`, team: 'x', seconds })));
    const group = {
      _id: '$team',
      all: { $sum: 1 },
      mean: { $avg: '$seconds' },
      least: { $min: '$seconds' },
      most: { $max: '$seconds' },
    };
    expect(await rows.aggregate([{ $match: { team: 'x' } }, { $group: group }]).toArray()).toEqual([
      { _id: 'x', all: 3, mean: 3, least: 1, most: 6 },
    ]);
  });

  it('reads a long list through several batches of a cursor', async () => {
    await rows.insertMany(Array.from({ length: 250 }, (_, index) => ({ _id: String(index), index })));
    const found = await rows
      .find({ index: { $gte: 10 } })
      .sort({ index: -1 })
      .batchSize(50)
      .toArray();
    expect([found.length, found[0]?.index]).toEqual([240, 249]);
  });
});

describe('an embedded MongoDB', () => {
  it('loses no acknowledged write when it is killed, and comes back at its address', async () => {
    const rows = client.db().collection<Row>('acknowledged');
    await rows.createIndex({ n: 1 }, { unique: true });
    const acknowledged: string[] = [];
    const running = server.process;
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; ; n += 1) {
        const _id = `${writer}-${n}`;
        await rows.insertOne({ _id, n: writer * 1_000_000 + n, text: 'x'.repeat(200) });
        acknowledged.push(_id);
        if (acknowledged.length === 400) sendSignal(running?.pid ?? 0, 'SIGKILL');
      }
    };
    await Promise.allSettled(Array.from({ length: 8 }, (_, writer) => write(writer)));
    expect(await running?.exited).toBe('signal SIGKILL');
    await client.close();

    await open();
    const reopened = client.db().collection<Row>('acknowledged');
    const kept = new Set(await reopened.distinct('_id'));
    expect(acknowledged.length).toBeGreaterThanOrEqual(400);
    expect(acknowledged.filter((_id) => !kept.has(_id))).toEqual([]);
    await expect(reopened.insertOne({ _id: 'other', n: 0 })).rejects.toMatchObject({ code: 11_000 });
  }, 60_000);

  it.runIf(process.platform === 'linux')(
    'is reached by nobody but its user: it listens on a socket in a folder of theirs, and on no port',
    async () => {
      const socket = decodeURIComponent(new URL(server.uri).host);
      expect((await stat(socket)).isSocket()).toBe(true);
      const folders = await Promise.all([stat(socket), stat(path.dirname(socket))]);
      expect(folders.map(({ uid }) => uid)).toEqual([userInfo().uid, userInfo().uid]);
      // Who connects needs the right to write.
      expect(folders.some(({ mode }) => (mode & 0o022) === 0)).toBe(true);
      expect(await listeningPortsOf(server.pid ?? 0)).toEqual([]);
    },
  );

  it('has an address that fits, however long the path of its data is', async () => {
    const long = path.join(folder, 'a'.repeat(60), 'b'.repeat(60));
    expect(Buffer.byteLength(decodeURIComponent(new URL(mongoUriOf(long)).host))).toBeLessThan(100);
    expect(mongoUriOf(long)).not.toBe(mongoUriOf(`${long}c`));
  });

  it('stops on request and finds its data again', async () => {
    const rows = (): Collection<Row> => client.db().collection<Row>('restarted');
    await rows().createIndex({ team: 1 });
    await rows().insertOne({ _id: 'kept', team: 'x' });
    await client.close();
    await server.stop();
    await open();
    expect(await rows().findOne({ team: 'x' })).toEqual({ _id: 'kept', team: 'x' });
  }, 60_000);

  it('ends with the process that started it, even when that is killed', async () => {
    const { spawn } = await import('node:child_process');
    const dataDir = await mkdtemp(path.join(tmpdir(), 'attendant-orphan-'));
    const module = new URL('../../dev/embedded/start-mongo-server.ts', import.meta.url);
    const script = `
      const { startMongoServer } = await import(${JSON.stringify(module.href)});
      const [cacheDir, dataDir] = process.argv.slice(1);
      const server = await startMongoServer({ cacheDir, dataDir, env: process.env, log: () => {} });
      process.send({ uri: server.uri });
      setInterval(() => {}, 1000);`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script, cacheDir, dataDir];
    const parent = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [{ uri }] = await once(parent, 'message');
    const orphaned = new MongoClient(uri, { serverSelectionTimeoutMS: 1_000 });
    await orphaned.db().command({ ping: 1 });
    parent.kill('SIGKILL');
    const ping = (): Promise<unknown> => orphaned.db().command({ ping: 1 });
    await expect
      .poll(
        () =>
          ping().then(
            () => 'alive',
            () => 'gone',
          ),
        { timeout: 20_000 },
      )
      .toBe('gone');
    await orphaned.close();
    await rm(dataDir, { recursive: true, force: true });
  }, 60_000);
});
