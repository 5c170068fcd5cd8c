import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import type { MessageDocument } from '../../adapters/mongo/message-document.ts';
import { startRunningStack, type RunningStack } from '../../test/support/running-stack.ts';
import { createSimulatedPage, type SimulatedPage } from '../../test/support/simulated-page.ts';
import { checkLedger, type CheckedRow, type CheckedSend, type LedgerCheck } from './check-ledger.ts';
import { startKiller, type Killer } from './killer.ts';
import type { FaultRunOptions } from './options.ts';
import { countOpen, readBalance, type DayBalance } from './read-balance.ts';
import { openWorkerOf } from './worker-of-stack.ts';

/** Who hears of the run, and who ends it early. */
export interface FaultRunContext {
  log: (line: string) => void;
  /** Aborted: the run throws, after it has taken its stack down. */
  signal: AbortSignal;
}

/** One run on its stack. */
interface Run extends FaultRunContext {
  stack: RunningStack;
  options: FaultRunOptions;
}

/** What a run gives: the check of the ledger, its balance as the API tells it, and how it went. */
export interface FaultRunResult extends LedgerCheck {
  conversations: number;
  expectedParts: number;
  /** By Page and UTC day, as `GET /api/v1/ledger/balance` tells it. */
  balance: DayBalance[];
  kills: number;
  tookMs: number;
}

const PAGES = 3;
/** Customers who write at once. */
const WRITERS = 20;
const LOOK_EVERY_MS = 1000;
const PROGRESS_EVERY_MS = 10_000;
/** Echoes that a fault made late may still move a delivery status. */
const LATE_ECHO_MS = 4000;

/** Runs conversations through the whole product while things break, then compares the ledger with what arrived. */
export async function runFaults(options: FaultRunOptions, { log, signal }: FaultRunContext): Promise<FaultRunResult> {
  const startedAt = Date.now();
  log('starting the whole product');
  const stack = await startRunningStack({ signal });
  const run: Run = { stack, options, log, signal };
  try {
    const pages = await createPages(stack, options);
    await breakThings(stack, options);
    log(`${options.conversations} customers write to ${PAGES} Pages`);
    const { conversations, kills } = await withKiller(run, async () => {
      const count = await writeAll(run, pages);
      if (options.kind === 'outage') await waitOutOutage(run);
      await untilRecovered(run);
      return count;
    });
    await untilRecovered(run);
    const { rows, sends } = await readOutcome(run);
    const balance = await readBalance(stack);
    const check = checkLedger(rows, sends);
    const expectedParts = options.conversations * options.parts;
    return {
      ...check,
      violations: [...check.violations, ...checkSums(balance, { expectedParts, conversations, parts: rows.length })],
      conversations,
      expectedParts,
      balance,
      kills,
      tookMs: Date.now() - startedAt,
    };
  } finally {
    await stack.remove();
  }
}

/** Does the work while the worker is killed again and again, in `chaos`. */
async function withKiller(
  { stack, options: { kind, killEveryMs, mostKills }, log }: Run,
  work: () => Promise<number>,
): Promise<{ conversations: number; kills: number }> {
  if (kind !== 'chaos' || killEveryMs === 0) return { conversations: await work(), kills: 0 };
  const worker = await openWorkerOf(stack);
  const clock = { now: Date.now, sleep: pause };
  const killer: Killer = startKiller(worker, { everyMs: killEveryMs, mostKills, clock, log });
  try {
    return { conversations: await work(), kills: killer.kills() };
  } finally {
    await killer.stop();
    await worker.close();
  }
}

/** The balance must say what the ledger says, and the ledger must hold all that was to be said. */
function checkSums(
  balance: readonly DayBalance[],
  expected: { expectedParts: number; conversations: number; parts: number },
): string[] {
  const { expectedParts, conversations, parts } = expected;
  const sum = (pick: (item: DayBalance) => number): number => balance.reduce((total, item) => total + pick(item), 0);
  const into = sum((item) => item.in);
  const outByStatus = sum(({ out }) => Object.values(out).reduce((total, count) => total + count, 0));
  const cameByEnd = sum(({ handled, spooled, deadLettered }) => handled + spooled + deadLettered);
  const problems: string[] = [];
  if (into !== conversations) problems.push(`in: ${into} of ${conversations}`);
  if (cameByEnd !== into) problems.push(`handled, spooled and dead-lettered sum up to ${cameByEnd} of ${into}`);
  if (sum((item) => item.handled) !== into)
    problems.push(`only ${sum((item) => item.handled)} of ${into} were handled`);
  if (parts !== expectedParts) problems.push(`the ledger holds ${parts} of ${expectedParts} parts`);
  if (sum((item) => item.parts) !== parts) problems.push(`the balance counts ${sum((item) => item.parts)} parts`);
  if (outByStatus !== parts) problems.push(`the delivery statuses sum up to ${outByStatus} of ${parts} parts`);
  return problems;
}

async function createPages(stack: RunningStack, { parts }: FaultRunOptions): Promise<SimulatedPage[]> {
  const blocks = Array.from(
    { length: parts },
    (_, index) => `  say-${index}:\n    send-message: { text: "part ${index}" }`,
  );
  const scenario = `attendant: 2\nscenario: faults\nblocks:\n${blocks.join('\n')}\n  end:\n    exit: {}\n`;
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

/** Gives how many customers wrote. */
async function writeAll({ stack, options, signal }: Run, pages: readonly SimulatedPage[]): Promise<number> {
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < options.conversations) {
      signal.throwIfAborted();
      const index = next;
      next += 1;
      const pageId = pages[index % pages.length]?.pageId ?? '';
      const made = await stack.simulator('POST', `/simulator/pages/${pageId}/customers`, { name: `Customer ${index}` });
      const psid: string = made.body.psid;
      await stack.simulator('POST', `/simulator/customers/${psid}/messages`, { pageId, text: `Hello ${index}` });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return next;
}

async function waitOutOutage({ stack, options: { outageMs }, log, signal }: Run): Promise<void> {
  log(`Graph is away for ${Math.round(outageMs / 1000)} s`);
  await pause(outageMs, signal);
  await stack.simulator('DELETE', '/simulator/faults');
  log('Graph is back');
}

async function untilRecovered({ stack, options, log, signal }: Run): Promise<void> {
  const expected = options.conversations * options.parts;
  const giveUpAt = Date.now() + options.recoveryMs;
  for (let lastLog = 0; Date.now() < giveUpAt; await pause(LOOK_EVERY_MS, signal)) {
    const items = await readBalance(stack).catch(() => []);
    const parts = items.reduce((total, item) => total + item.parts, 0);
    if (parts === expected && countOpen(items) === 0) return;
    if (Date.now() - lastLog > PROGRESS_EVERY_MS) {
      log(`${parts} of ${expected} parts are in the ledger, ${countOpen(items)} without an end`);
      lastLog = Date.now();
    }
  }
  log('not everything has its end in time');
}

async function readOutcome({ stack, signal }: Run): Promise<{ rows: CheckedRow[]; sends: CheckedSend[] }> {
  const { mongo } = await stack.readFile();
  const client = new MongoClient(mongo?.uri ?? '');
  try {
    await pause(LATE_ECHO_MS, signal);
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

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal });
