import { MongoClient } from 'mongodb';
import type { MessageDocument } from '../../adapters/mongo/message-document.ts';
import { startRunningStack, type RunningStack } from '../../test/support/running-stack.ts';
import { createSimulatedPage, type SimulatedPage } from '../../test/support/simulated-page.ts';
import { checkLedger, type CheckedRow, type CheckedSend, type LedgerCheck } from './check-ledger.ts';
import type { FaultRunOptions } from './options.ts';

type Log = (line: string) => void;

/** What a run gives: the check of the ledger, its balance as the API tells it, and how it went. */
export interface FaultRunResult extends LedgerCheck {
  conversations: number;
  expectedParts: number;
  /** Items of `GET /api/v1/ledger/balance`. */
  balance: { in: number; parts: number; out: Record<string, number> }[];
  kills: number;
  tookMs: number;
}

const PAGES = 3;
/** Customers who write at once. */
const WRITERS = 20;

/** Runs conversations through the whole product while things break, then compares the ledger with what arrived. */
export async function runFaults(options: FaultRunOptions, log: Log): Promise<FaultRunResult> {
  const stack = await startRunningStack();
  const startedAt = Date.now();
  const killer = createKiller(stack, log);
  try {
    const pages = await createPages(stack, options);
    await breakThings(stack, options);
    log(`${options.conversations} customers write to ${PAGES} Pages`);
    if (options.kind === 'chaos' && options.killEveryMs > 0) killer.start(options.killEveryMs);
    const psids = await writeAll(stack, pages, options.conversations);
    if (options.kind === 'outage') await waitOutOutage(stack, options, log);
    await untilSettled(stack, { options, psids, log });
    await killer.stop();
    await untilSettled(stack, { options, psids, log });
    const { rows, sends } = await readOutcome(stack);
    const { body } = await stack.call('GET', '/api/v1/ledger/balance');
    const check = checkLedger(rows, sends);
    const expectedParts = options.conversations * options.parts;
    return {
      ...check,
      violations: [...check.violations, ...checkSums(body.items, { expectedParts, conversations: psids.length, rows })],
      conversations: psids.length,
      expectedParts,
      balance: body.items,
      kills: killer.kills(),
      tookMs: Date.now() - startedAt,
    };
  } finally {
    await killer.stop();
    await stack.remove();
  }
}

/** The balance must say what the ledger says, and the ledger must hold all that was to be said. */
function checkSums(
  balance: FaultRunResult['balance'],
  { expectedParts, conversations, rows }: { expectedParts: number; conversations: number; rows: readonly CheckedRow[] },
): string[] {
  const sum = (pick: (item: FaultRunResult['balance'][number]) => number): number =>
    balance.reduce((total, item) => total + pick(item), 0);
  const outByFate = sum(({ out }) => Object.values(out).reduce((total, count) => total + count, 0));
  const problems: string[] = [];
  if (sum(({ in: came }) => came) !== conversations) problems.push(`in: ${sum((item) => item.in)} of ${conversations}`);
  if (rows.length !== expectedParts) problems.push(`the ledger holds ${rows.length} of ${expectedParts} parts`);
  if (sum(({ parts }) => parts) !== rows.length) problems.push(`the balance counts ${sum((item) => item.parts)} parts`);
  if (outByFate !== rows.length) problems.push(`the fates sum up to ${outByFate} of ${rows.length} parts`);
  return problems;
}

async function createPages(stack: RunningStack, { parts }: FaultRunOptions): Promise<SimulatedPage[]> {
  const blocks = Array.from(
    { length: parts },
    (_, index) => `  say-${index}:\n    send-message: { text: "part ${index}" }`,
  );
  const scenario = `attendant: 1\nscenario: faults\nblocks:\n${blocks.join('\n')}\n  end:\n    exit: {}\n`;
  const pages: SimulatedPage[] = [];
  for (let made = 0; made < PAGES; made += 1) {
    pages.push(await createSimulatedPage(stack, { scenario, account: { onUnknown: 'resend' } }));
  }
  return pages;
}

async function breakThings(stack: RunningStack, { kind }: FaultRunOptions): Promise<void> {
  const fault = kind === 'chaos' ? { kind: 'hostile', seed: 7 } : { kind: 'outage', mode: 'error' };
  const { status, body } = await stack.simulator('POST', '/simulator/faults', fault);
  if (status >= 300) throw new Error(`simulator: ${JSON.stringify(body)}`);
}

async function writeAll(stack: RunningStack, pages: readonly SimulatedPage[], count: number): Promise<string[]> {
  const psids: string[] = [];
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const pageId = pages[index % pages.length]?.pageId ?? '';
      const made = await stack.simulator('POST', `/simulator/pages/${pageId}/customers`, { name: `Customer ${index}` });
      const psid: string = made.body.psid;
      psids.push(psid);
      await stack.simulator('POST', `/simulator/customers/${psid}/messages`, { pageId, text: `Hello ${index}` });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return psids;
}

async function waitOutOutage(stack: RunningStack, { outageMs }: FaultRunOptions, log: Log): Promise<void> {
  log(`Graph is away for ${Math.round(outageMs / 1000)} s`);
  await sleep(outageMs);
  await stack.simulator('DELETE', '/simulator/faults');
  log('Graph is back');
}

async function untilSettled(
  stack: RunningStack,
  { options, psids, log }: { options: FaultRunOptions; psids: readonly string[]; log: Log },
): Promise<void> {
  const expected = psids.length * options.parts;
  const giveUpAt = Date.now() + options.settleMs;
  for (let lastLog = 0; Date.now() < giveUpAt; await sleep(1000)) {
    const { body } = await stack.call('GET', '/api/v1/ledger/balance').catch(() => ({ body: undefined }));
    const items: FaultRunResult['balance'] = body?.items ?? [];
    const parts = items.reduce((total, item) => total + item.parts, 0);
    const open = items.reduce((total, { out }) => total + (out['queued'] ?? 0) + (out['sending'] ?? 0), 0);
    if (parts === expected && open === 0) return;
    if (Date.now() - lastLog > 10_000) {
      log(`${parts} of ${expected} parts are in the ledger, ${open} without an end`);
      lastLog = Date.now();
    }
  }
  log('not everything has its end in time');
}

async function readOutcome(stack: RunningStack): Promise<{ rows: CheckedRow[]; sends: CheckedSend[] }> {
  const { mongo } = await stack.readFile();
  const client = new MongoClient(mongo?.uri ?? '');
  try {
    // Echoes that a fault made late may still move a fate.
    await sleep(4000);
    const rows = await client
      .db('attendant')
      .collection<MessageDocument>('messages')
      .find({ direction: 'out', 'author.kind': { $ne: 'other-app' } })
      .toArray();
    const { body } = await stack.simulator('GET', '/simulator/sends');
    return { rows, sends: body.items };
  } finally {
    await client.close();
  }
}

interface Killer {
  start(everyMs: number): void;
  stop(): Promise<void>;
  kills(): number;
}

/** Kills the worker again and again, as soon as it has been replaced. */
function createKiller(stack: RunningStack, log: Log): Killer {
  const stopping = new AbortController();
  let count = 0;
  let running: Promise<void> = Promise.resolve();
  async function run(everyMs: number): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(everyMs);
      if (stopping.signal.aborted) return;
      const deadPid = await stack.kill('worker').catch(() => undefined);
      if (deadPid === undefined) continue;
      count += 1;
      await stack.untilRestarted('worker', deadPid).catch(() => log('the worker takes long to come back'));
    }
  }
  return {
    start: (everyMs) => void (running = run(everyMs)),
    async stop() {
      stopping.abort();
      await running;
    },
    kills: () => count,
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
