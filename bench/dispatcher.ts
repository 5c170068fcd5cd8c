import { setTimeout as sleep } from 'node:timers/promises';
import { dispatcherWorkflowId } from '../adapters/temporal/workflow-id.ts';
import { closeConversations, countEvents, openConversations } from './load/conversations.ts';
import { CROWD_SKILL, crowdQueue, setAgentState } from './load/routing.ts';
import { runAlone, runClosedLoop, type TurnLoad } from './load/turns.ts';
import { measureMatch } from './match-cost.ts';
import type { BenchOptions } from './options.ts';
import type { BenchmarkResult } from './report/measurement.ts';
import { summarizeHandshakes } from './report/summarize-handshakes.ts';
import { percentile } from './report/statistics.ts';
import type { BenchStack } from './stack/bench-stack.ts';
import { cpuBetween, readCpu, type CpuReading } from './stack/cpu-clock.ts';
import { createPageSubject } from './stack/start-product.ts';
import type { OpenedConversation } from './stack/subject.ts';

const AGENTS = 20;
const SLOTS = 5;
/** The most that the product's queue takes is 8,000; ours come on top. */
const CROWDS = [100, 7500];
const MOST_ROUNDS = 3;
const WARMUP_SECONDS = 2;
const QUIET_MS = 500;
const SETTLE_WITHIN_MS = 180_000;
/** Started, and a workflow task that nobody takes. */
const EVENTS_OF_A_START = 2;

/**
 * A message asks for an agent, the dispatcher reserves one, the customer is told the name: one handshake a turn. The
 * next turn gives the slot back and asks again. Offer and acceptance are not part of it.
 */
const SCENARIO = `
attendant: 2
scenario: bench-handshake
blocks:
  ask:
    send-message: { text: "got $(item.message)", wait: { into: said, timeout: 30m } }
  find:
    find-agent: { skills: [support], priority: 5, timeout: 1m }
    exits: { no-agents: nobody, timeout: nobody, queue-limit: nobody }
  told:
    send-message: { text: "$(agent.name) has $(said)", wait: { into: said, timeout: 30m } }
    exits: { timeout: end }
  again:
    goto: find
  nobody:
    send-message: { text: "nobody", wait: { into: said, timeout: 30m } }
    exits: { timeout: end }
  after-nobody:
    goto: find
  end:
    exit: {}
`;

/** One round of handshakes. CPU in milliseconds over the timed part. */
export interface HandshakeRound {
  waiting: number;
  perSecond: number;
  p50: number;
  p99: number;
  aloneP50: number;
  handshakes: number;
  cpuMs: CpuReading;
  /** Of all conversations and of the dispatcher, for one handshake. */
  conversationEvents: number;
  dispatcherEvents: number;
  lost: number;
}

/** Handshakes through the product, and what a decision costs with few and with many waiting. */
export async function measureDispatcher(
  stack: BenchStack,
  options: BenchOptions,
  log: (line: string) => void,
): Promise<BenchmarkResult> {
  const pure = measureMatch();
  const rounds: HandshakeRound[] = [];
  for (let n = 0; n < Math.min(options.rounds, MOST_ROUNDS); n += 1) {
    for (const waiting of CROWDS) {
      const round = await measureHandshakes(stack, options, waiting);
      rounds.push(round);
      log(`${waiting} waiting: ${round.perSecond.toFixed(1)} handshakes/s, alone ${round.aloneP50.toFixed(0)} ms`);
    }
  }
  return { lines: summarizeHandshakes(pure, rounds), raw: { pure, rounds } };
}

async function measureHandshakes(stack: BenchStack, options: BenchOptions, waiting: number): Promise<HandshakeRound> {
  const { client, product, book } = stack;
  const crew = [
    { skills: { [CROWD_SKILL]: 50 } },
    ...Array.from({ length: AGENTS }, () => ({ skills: { support: 50 } })),
  ];
  const page = await product.seed({ scenario: SCENARIO, agents: crew.map((agent) => ({ ...agent, slots: SLOTS })) });
  const { pageId, agents } = page;
  const dispatcher = { psid: '', workflowId: dispatcherWorkflowId(pageId) };
  const ending = [dispatcher];
  try {
    for (const [index, username] of agents.entries()) {
      await setAgentState(client, pageId, { username, state: index === 0 ? 'not-ready' : 'ready' });
    }
    const sinks = await crowdQueue(client, { group: pageId, count: waiting }, product.recordConversations);
    const told = sinks.map(({ workflowId }) => ({ psid: '', workflowId }));
    ending.push(...told);
    await untilNotified(stack, told, waiting);
    const subject = createPageSubject(product, stack, pageId);
    const conversations = await openConversations(subject, options.conversations);
    ending.push(...conversations);
    return await runRound(stack, options, { waiting, dispatcher, load: { subject, book, conversations } });
  } finally {
    await closeConversations(client, ending);
    await sleep(QUIET_MS);
  }
}

async function runRound(
  stack: BenchStack,
  options: BenchOptions,
  { waiting, dispatcher, load }: { waiting: number; dispatcher: { psid: string; workflowId: string }; load: TurnLoad },
): Promise<HandshakeRound> {
  const { client, servers, product } = stack;
  const pids = { ...servers.pids, ...product.pids };
  await sleep(QUIET_MS);
  const before = await Promise.all([countEvents(client, load.conversations), countEvents(client, [dispatcher])]);
  let cpuBefore: CpuReading = {};
  let cpuAfter: CpuReading = {};
  const loop = await runClosedLoop(load, {
    seconds: options.seconds,
    warmupSeconds: WARMUP_SECONDS,
    thinkMs: options.thinkMs,
    onStart: () => (cpuBefore = readCpu(pids)),
    onEnd: () => (cpuAfter = readCpu(pids)),
  });
  await sleep(QUIET_MS);
  const after = await Promise.all([countEvents(client, load.conversations), countEvents(client, [dispatcher])]);
  const alone = await runAlone(load, Math.min(40, options.aloneMessages));
  const handshakes = loop.latencies.length;
  return {
    waiting,
    perSecond: handshakes / loop.seconds,
    p50: percentile(loop.latencies, 0.5),
    p99: percentile(loop.latencies, 0.99),
    aloneP50: percentile(alone.latencies, 0.5),
    handshakes,
    cpuMs: cpuBetween(cpuBefore, cpuAfter),
    conversationEvents: (after[0] - before[0]) / loop.sent,
    dispatcherEvents: (after[1] - before[1]) / loop.sent,
    lost: loop.lost + alone.lost,
  };
}

/** The dispatcher is done with the crowd when each of it was told its place: one signal in some sink's history. */
async function untilNotified({ client }: BenchStack, sinks: OpenedConversation[], waiting: number): Promise<void> {
  for (const giveUpAt = Date.now() + SETTLE_WITHIN_MS; Date.now() < giveUpAt; await sleep(QUIET_MS)) {
    if ((await countEvents(client, sinks)) >= waiting + EVENTS_OF_A_START * sinks.length) return;
  }
  throw new Error(`The dispatcher had not told ${waiting} their places within ${SETTLE_WITHIN_MS / 1000} s`);
}
