/** `npm run bench:records`: the search for records over many conversations. docs/benchmarks.md says how to read it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BSON, MongoClient, type Db } from 'mongodb';
import { createReadModel, type ReadModel } from '../../adapters/mongo/read-model.ts';
import {
  createRecordIndex,
  ensureRecordIndexes,
  postingIdOf,
  RECORD_ENTRIES,
  RECORD_POSTINGS,
  RECORD_WEEKS,
  type RecordEntry,
  type StoredEntry,
  type StoredPosting,
} from '../../adapters/mongo/records/record-index.ts';
import { entryIdOf, placeOf } from '../../adapters/mongo/records/record-place.ts';
import { dispositionsOf, quotableOf, recordTerms, termsOfRecord } from '../../adapters/mongo/records/record-terms.ts';
import type { RecordClause } from '../../adapters/mongo/records/search-records.ts';
import { findExcerpt } from '../../api/records/find-excerpt.ts';
import { askedWordsOf } from '../../contracts/search-words.ts';
import { startMongoServer } from '../../dev/embedded/start-mongo-server.ts';
import { formatTable } from '../report/format-table.ts';
import { show, type Measurement } from '../report/measurement.ts';
import { percentile } from '../report/statistics.ts';
import {
  AGENTS,
  createRandom,
  createSample,
  orderOf,
  SERVICES,
  wordOfRank,
  type SampleConversation,
} from './sample-conversations.ts';

const UNTIL = Date.UTC(2026, 10, 28);
const DAYS = 90;
const DAY_MS = 24 * 60 * 60_000;
const WRITTEN_AT_ONCE = 5000;
/** Indexed beside all others, to tell how fast that goes. */
const INDEXED = 200;
const BUDGET_MS = 300;
const PAGE = 50;

const startedAt = performance.now();
const log = (line: string): void =>
  void process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);

/** A search as somebody makes it. */
interface Search {
  words?: string;
  clauses: RecordClause[];
  from?: number;
}

const clause = (...terms: string[]): RecordClause => ({ terms });
const said = (words: string): Search => ({
  words,
  clauses: askedWordsOf(words).map((word) => clause(recordTerms.word(word))),
});
const also = ({ clauses, ...search }: Search, ...more: RecordClause[]): Search => ({
  ...search,
  clauses: [...clauses, ...more],
});

const upTo = (random: () => number, most: number): number => Math.floor(random() * most);

const service = (random: () => number): RecordClause =>
  clause(recordTerms.service(`service-${upTo(random, SERVICES)}`));

/** Each kind of search, made anew for each run. */
function searchesOf(count: number): Record<string, (random: () => number) => Search> {
  return {
    'no filter': () => ({ clauses: [] }),
    'an order number': (random) => said(orderOf(upTo(random, count))),
    'a word of one in 100': (random) => said(wordOfRank(500 + upTo(random, 200))),
    'the commonest word': () => said(wordOfRank(1)),
    'three common words': (random) => said([1, 2, 3].map((n) => wordOfRank(n + upTo(random, 20))).join(' ')),
    'a word that nobody said': () => said('nowhere'),
    'two Chinese words': () => said('退款 地址'),
    'a rare word within a service': (random) => also(said(wordOfRank(3000 + upTo(random, 1000))), service(random)),
    'service, disposition, label': (random) => ({
      clauses: [
        service(random),
        clause(recordTerms.disposition(`disposition-${upTo(random, 20)}`)),
        clause(recordTerms.label('VIP')),
      ],
    }),
    'an agent, 7 days': (random) => ({
      clauses: [clause(recordTerms.agent(`agent-${upTo(random, AGENTS)}`))],
      from: UNTIL - 7 * DAY_MS,
    }),
    'a customer': (random) => ({
      clauses: [clause(recordTerms.customer('page-1', `customer-${upTo(random, count * 0.6)}`))],
    }),
    'a word, within a team of 40': (random) =>
      also(
        said(wordOfRank(200 + upTo(random, 200))),
        clause(...Array.from({ length: 40 }, (_each, n) => recordTerms.agent(`agent-${n}`))),
      ),
  };
}

/** What the index holds in the end, written at once: by single conversations the stand-in takes most of an hour. */
async function fill(db: Db, count: number): Promise<void> {
  await ensureRecordIndexes(db);
  const postings = new Map<string, number[]>();
  const weeks = new Set<string>();
  for (let from = 0; from < count; from += WRITTEN_AT_ONCE) {
    const samples = Array.from({ length: Math.min(WRITTEN_AT_ONCE, count - from) }, (_each, n) =>
      createSample(from + n, { count, days: DAYS, until: UNTIL }),
    );
    const conversations = samples.map(({ conversation: { conversationId, ...fields } }) => ({
      _id: conversationId,
      ...fields,
    }));
    await db.collection<{ _id: string }>('conversations').insertMany(conversations);
    const entries = samples.map(entryOf).map(({ terms, facts, startedAt: at, ...entry }) => {
      const place = placeOf({ ...entry, startedAt: at });
      weeks.add(place.week);
      for (const term of terms) {
        const id = postingIdOf(place.week, term);
        const numbers = postings.get(id);
        if (numbers) numbers.push(place.number);
        else postings.set(id, [place.number]);
      }
      return { _id: entryIdOf(place), ...place, ...entry, ...facts, terms: [...terms].join('\n') };
    });
    await db.collection<StoredEntry>(RECORD_ENTRIES).insertMany(entries);
    log(`${from + samples.length} conversations`);
  }
  await db.collection<{ _id: string }>(RECORD_WEEKS).insertMany([...weeks].map((_id) => ({ _id })));
  const all = [...postings].map(([_id, numbers]) => ({ _id, numbers }));
  for (let from = 0; from < all.length; from += WRITTEN_AT_ONCE) {
    await db.collection<StoredPosting>(RECORD_POSTINGS).insertMany(all.slice(from, from + WRITTEN_AT_ONCE));
  }
  log(`${all.length} postings`);
}

function entryOf(sample: SampleConversation): RecordEntry {
  const { conversationId, startedAt: at, pageId, psid } = sample.conversation;
  const facts = {
    dispositions: dispositionsOf(sample),
    messages: sample.messages.length,
    said: quotableOf(sample),
  };
  return { conversationId, startedAt: at, pageId, psid, terms: termsOfRecord(sample), facts };
}

/** Conversations more, as they end one by one while others are looked for. */
async function measureIndexing(db: Db, count: number): Promise<Measurement> {
  const index = createRecordIndex(db);
  const samples = Array.from({ length: INDEXED }, (_each, n) =>
    createSample(count + n, { count: count + INDEXED, days: DAYS, until: UNTIL }),
  );
  const begun = performance.now();
  await index.put(samples.map(entryOf));
  const perSecond = INDEXED / ((performance.now() - begun) / 1000);
  return { benchmark: 'records', what: `${INDEXED} more, indexed`, ours: show(perSecond, '/s') };
}

/** What the list needs: the index, and the records of a page with the messages in which the words stand. */
async function searchOnce({ records, conversations }: ReadModel, search: Search): Promise<number> {
  const begun = performance.now();
  const { items } = await records.search.find(search, { limit: PAGE });
  await conversations.findMany(items.map(({ conversationId }) => conversationId));
  const asked = new Set(search.words === undefined ? [] : askedWordsOf(search.words));
  for (const { said: texts } of items) findExcerpt(texts, asked);
  return performance.now() - begun;
}

async function measureSizes(db: Db): Promise<Measurement[]> {
  const lines: Measurement[] = [];
  for (const name of ['record-postings', 'record-entries']) {
    let [documents, bytes] = [0, 0];
    for await (const document of db.collection(name).find()) {
      documents += 1;
      bytes += BSON.calculateObjectSize(document);
    }
    const size = `${show(bytes / 1024 / 1024, ' MiB')} in ${documents.toLocaleString('en')} documents`;
    lines.push({ benchmark: 'records', what: `${name} as BSON, before compression`, ours: size });
  }
  return lines;
}

async function measure(db: Db, count: number, runs: number): Promise<Measurement[]> {
  await fill(db, count);
  const model = createReadModel(db, Date.now);
  const random = createRandom(42);
  const lines: Measurement[] = [];
  const all: number[] = [];
  for (const [name, make] of Object.entries(searchesOf(count))) {
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) times.push(await searchOnce(model, make(random)));
    all.push(...times);
    const ours = `${show(percentile(times, 0.5))} / ${show(percentile(times, 0.95), ' ms')}`;
    lines.push({ benchmark: 'records', what: `${name}, p50 / p95`, ours });
    log(`${name}: ${ours}`);
  }
  const p95 = percentile(all, 0.95);
  const budget = { budget: `<= ${BUDGET_MS} ms`, isMet: p95 <= BUDGET_MS };
  lines.push({ benchmark: 'records', what: 'all of these, p95', ours: show(p95, ' ms'), ...budget });
  return [...lines, ...(await measureSizes(db)), await measureIndexing(db, count)];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { conversations: { type: 'string', default: '100000' }, runs: { type: 'string', default: '30' } },
  });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'attendant-bench-'));
  const cacheDir = process.env['ATTENDANT_CACHE_DIR'] ?? path.join(import.meta.dirname, '../../.attendant/cache');
  const server = await startMongoServer({ cacheDir, dataDir, env: process.env, log });
  // Going through the whole index takes longer than the product would wait.
  const client = await MongoClient.connect(server.uri, { ignoreUndefined: true });
  const db = client.db(`bench-records-${process.pid}`);
  try {
    console.log(formatTable(await measure(db, Number(values.conversations), Number(values.runs))));
  } finally {
    await db.dropDatabase();
    await client.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main();
