import { setTimeout as sleep } from 'node:timers/promises';
import { closeConversations, countEvents, openConversations } from './load/conversations.ts';
import { runAlone, runClosedLoop, runPaced, type TurnLoad, type TurnSamples } from './load/turns.ts';
import type { BenchOptions } from './options.ts';
import type { BenchmarkResult } from './report/measurement.ts';
import { summarizeTurns } from './report/summarize-turns.ts';
import type { BenchStack } from './stack/bench-stack.ts';
import { cpuBetween, readCpu, type CpuReading } from './stack/cpu-clock.ts';
import { createProductSubject } from './stack/start-product.ts';
import type { Subject } from './stack/subject.ts';

/** What one round found of one subject. CPU in milliseconds over the timed part of the closed loop. */
export interface SubjectRound {
  load: TurnSamples;
  cpu: CpuReading;
  eventsPerTurnInLoad: number;
  alone: TurnSamples;
  eventsPerTurnAlone: number;
  half: TurnSamples;
  halfPerSecond: number;
}

export type Round = Record<Subject['name'], SubjectRound>;

const WARMUP_SECONDS = 2;
/** The aftermath of the last messages: activities answered, histories written. */
const QUIET_MS = 400;
const HALF = 0.5;

/**
 * Signed webhook → Graph call, ours beside both floors. In each round all three have their conversations open, and each
 * phase is run by one after the other before the next phase begins; who comes first changes from round to round.
 */
export async function measureTurns(
  stack: BenchStack,
  options: BenchOptions,
  log: (line: string) => void,
): Promise<BenchmarkResult> {
  const ours = await createProductSubject(stack.product, stack);
  const { floor0, floor1 } = await stack.startFloors();
  const subjects = [ours, floor1, floor0];
  log('warming up');
  await runRound(stack, { ...options, seconds: Math.min(3, options.seconds), aloneMessages: 10 }, subjects);
  const rounds: Round[] = [];
  for (let n = 0; n < options.rounds; n += 1) {
    const turned = [...subjects.slice(n % subjects.length), ...subjects.slice(0, n % subjects.length)];
    const round = await runRound(stack, options, turned);
    rounds.push(round);
    log(`round ${n + 1} of ${options.rounds}: ${describeRound(round)}`);
  }
  return summarizeTurns(rounds, stack.book.strays);
}

const rate = ({ load }: SubjectRound): string => `${(load.latencies.length / load.seconds).toFixed(0)}/s`;

function describeRound(round: Round): string {
  return `ours ${rate(round.ours)}, F1 ${rate(round.floor1)}, F0 ${rate(round.floor0)}`;
}

async function runRound(stack: BenchStack, options: BenchOptions, subjects: readonly Subject[]): Promise<Round> {
  const loads: TurnLoad[] = [];
  const found: Partial<Record<Subject['name'], Partial<SubjectRound>>> = {};
  const note = ({ name }: Subject, part: Partial<SubjectRound>): void => {
    found[name] = { ...found[name], ...part };
  };
  try {
    for (const subject of subjects) {
      const conversations = await openConversations(subject, options.conversations);
      loads.push({ subject, book: stack.book, conversations });
      // A turn each, so that the scenario stands in its loop.
      await runClosedLoop(
        { subject, book: stack.book, conversations },
        { ...untimed, seconds: 0, warmupSeconds: 0.05 },
      );
    }
    for (const load of loads) note(load.subject, await runLoadPhase(stack, options, load));
    for (const load of loads) note(load.subject, await runAlonePhase(stack, options, load));
    const { load } = found.ours ?? {};
    const halfPerSecond = Math.max(1, (HALF * (load?.latencies.length ?? 0)) / (load?.seconds ?? 1));
    for (const each of loads) {
      note(each.subject, {
        half: await runPaced(each, { perSecond: halfPerSecond, seconds: options.seconds }),
        halfPerSecond,
      });
      await sleep(QUIET_MS);
    }
    return found as Round;
  } finally {
    for (const { conversations } of loads) await closeConversations(stack.client, conversations);
    await sleep(QUIET_MS);
  }
}

const untimed = { thinkMs: 0, onStart: () => undefined, onEnd: () => undefined };

async function runLoadPhase(stack: BenchStack, options: BenchOptions, load: TurnLoad): Promise<Partial<SubjectRound>> {
  const { temporal, mongo } = stack.servers.pids;
  const pids = { temporal, mongo, ...load.subject.pids, driver: process.pid };
  await sleep(QUIET_MS);
  const eventsBefore = await countEvents(stack.client, load.conversations);
  let before: CpuReading = {};
  let after: CpuReading = {};
  const strays = stack.book.strays;
  const loop = await runClosedLoop(load, {
    seconds: options.seconds,
    warmupSeconds: WARMUP_SECONDS,
    thinkMs: options.thinkMs,
    onStart: () => (before = readCpu(pids)),
    onEnd: () => (after = readCpu(pids)),
  });
  await sleep(QUIET_MS);
  const turns = loop.sent - loop.lost + stack.book.strays - strays;
  const events = (await countEvents(stack.client, load.conversations)) - eventsBefore;
  return { load: loop, cpu: cpuBetween(before, after), eventsPerTurnInLoad: events / turns };
}

async function runAlonePhase(stack: BenchStack, options: BenchOptions, load: TurnLoad): Promise<Partial<SubjectRound>> {
  const eventsBefore = await countEvents(stack.client, load.conversations);
  const alone = await runAlone(load, options.aloneMessages);
  await sleep(QUIET_MS);
  const events = (await countEvents(stack.client, load.conversations)) - eventsBefore;
  return { alone, eventsPerTurnAlone: events / Math.max(1, alone.sent) };
}
