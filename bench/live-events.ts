import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveFrame, LiveNote } from '../contracts/live-event.ts';
import { closeConversations, openConversations } from './load/conversations.ts';
import { openLiveSocket, type LiveSocket } from './load/live-sockets.ts';
import type { BenchOptions } from './options.ts';
import { show, type BenchmarkResult } from './report/measurement.ts';
import { percentile } from './report/statistics.ts';
import type { BenchStack } from './stack/bench-stack.ts';
import { createProductSubject } from './stack/start-product.ts';
import type { Subject } from './stack/subject.ts';

const AGENTS = 200;
const EVENTS_PER_SECOND = 1000;
/** So many at once: what a busy worker writes together. */
const NOTES_AT_ONCE = 20;
const AWAY_MS = 10_000;
const REPLY_WITHIN_MS = 15_000;
const PAUSE_MS = 40;
const SETTLE_MS = 3000;
const CONFIGURATION_SEEN_MS = 3000;
const BUDGET_MS = 50;

const SCENARIO = `
attendant: 2
scenario: bench-live
blocks:
  end:
    exit: {}
`;

/** How soon those who watch hear of a customer's message, and what 200 agents with 1,000 events a second do to it. */
export async function measureLiveEvents(
  stack: BenchStack,
  options: BenchOptions,
  log: (line: string) => void,
): Promise<BenchmarkResult> {
  const messages = await measureMessages(stack, options);
  log(
    `message to event: ${show(percentile(messages.event, 0.5), ' ms')}, F1: ${show(percentile(messages.floor1, 0.5), ' ms')}`,
  );
  const crowd = await measureCrowd(stack, options);
  log(`${AGENTS} agents: ${show(percentile(crowd.latencies, 0.5), ' ms')}, ${crowd.perSecond.toFixed(0)} events/s`);
  return { lines: [...messageLines(messages), ...crowdLines(crowd)], raw: { messages, crowd } };
}

interface Messages {
  /** From handing a message over to its event, and to the reply at the Graph server. */
  event: number[];
  reply: number[];
  /** The floor's reply. */
  floor1: number[];
}

async function measureMessages(stack: BenchStack, { aloneMessages }: BenchOptions): Promise<Messages> {
  const { product, book } = stack;
  const heard = new Map<string, (at: number) => void>();
  const watcher = await openLiveSocket({ port: portOf(stack), token: product.adminToken }, (frame, at) => {
    if (frame.type === 'message.added' && frame.data.message.direction === 'in')
      heard.get(frame.data.message.text ?? '')?.(at);
  });
  const subject = await createProductSubject(product, stack);
  const { floor1 } = await stack.startFloors();
  const [conversation] = await openConversations(subject, 1);
  const [ofFloor] = await openConversations(floor1, 1);
  if (!conversation || !ofFloor) throw new Error('No conversation was opened');
  const found: Messages = { event: [], reply: [], floor1: [] };
  const say = async (to: Subject, about: typeof conversation, events?: number[]): Promise<number | undefined> => {
    const { text, replied } = book.begin(REPLY_WITHIN_MS);
    const saidAt = performance.now();
    const event = events && new Promise<number>((resolve) => heard.set(text, resolve));
    await to.say(about, text);
    const repliedAt = await replied;
    if (event) events.push((await event) - saidAt);
    await sleep(PAUSE_MS);
    return repliedAt === undefined ? undefined : repliedAt - saidAt;
  };
  for (let n = 0; n < aloneMessages; n += 1) {
    found.reply.push((await say(subject, conversation, found.event)) ?? REPLY_WITHIN_MS);
    found.floor1.push((await say(floor1, ofFloor)) ?? REPLY_WITHIN_MS);
  }
  watcher.socket.terminate();
  await closeConversations(stack.client, [conversation, ofFloor]);
  return found;
}

interface Crowd {
  latencies: number[];
  told: number;
  heard: number;
  perSecond: number;
  /** What the slow one was closed with. */
  slowClosedWith: number | undefined;
  resumedMs: number;
  resumed: number;
  missed: number;
  afterAnHour: string;
}

async function measureCrowd(stack: BenchStack, { seconds }: BenchOptions): Promise<Crowd> {
  const { product } = stack;
  const crew = Array.from({ length: AGENTS }, () => ({ skills: { support: 50 } }));
  const { agents } = await product.seed({ scenario: SCENARIO, agents: crew });
  const tokens = await product.openSessions(agents);
  // The api looks at the configuration's revision once a second.
  await sleep(CONFIGURATION_SEEN_MS);
  const port = portOf(stack);
  const latencies: number[] = [];
  const listen = (frame: LiveFrame, at: number): void => {
    if (frame.type === 'agent.state') latencies.push(performance.timeOrigin + at - Date.parse(frame.data.at));
  };
  const sockets: LiveSocket[] = [];
  for (const token of tokens) sockets.push(await openLiveSocket({ port, token }, listen));
  const slow = await openLiveSocket({ port, token: product.adminToken });
  const leaving = await openLiveSocket({ port, token: product.adminToken });
  slow.socket.pause();
  leaving.socket.terminate();
  const leftAt = leaving.lastSeq();
  const startedAt = performance.now();
  const told = await tellFor(product.tellLive, agents, Math.max(seconds * 1000, AWAY_MS));
  const perSecond = told / ((performance.now() - startedAt) / 1000);
  await sleep(SETTLE_MS);
  const resumed = await resume(port, product.adminToken, { since: leftAt, told });
  slow.socket.resume();
  await sleep(SETTLE_MS);
  const hour = await openFirstFrame(port, product.adminToken);
  const crowd: Crowd = {
    latencies,
    told,
    heard: sockets.reduce((sum, { received }) => sum + received(), 0),
    perSecond,
    slowClosedWith: slow.closedWith(),
    ...resumed,
    afterAnHour: hour,
  };
  for (const { socket } of [...sockets, slow]) socket.terminate();
  return crowd;
}

/** Steadily, whatever becomes of it. */
async function tellFor(
  tell: (notes: readonly LiveNote[]) => Promise<void>,
  agents: readonly string[],
  ms: number,
): Promise<number> {
  const everyMs = (1000 * NOTES_AT_ONCE) / EVENTS_PER_SECOND;
  const endAt = performance.now() + ms;
  let told = 0;
  const telling: Promise<void>[] = [];
  for (let dueAt = performance.now(); dueAt < endAt; dueAt += everyMs) {
    await sleep(Math.max(0, dueAt - performance.now()));
    const notes = Array.from({ length: NOTES_AT_ONCE }, (_each, index): LiveNote => ({
      type: 'agent.state',
      username: agents[(told + index) % agents.length] ?? '',
      state: 'ready',
      at: Date.now(),
    }));
    told += notes.length;
    telling.push(tell(notes));
  }
  await Promise.all(telling);
  return told;
}

/** One who was away while all of it was told comes back. */
async function resume(
  port: number,
  token: string,
  { since, told }: { since: number; told: number },
): Promise<Pick<Crowd, 'resumed' | 'resumedMs' | 'missed'>> {
  const startedAt = performance.now();
  const seqs = new Set<number>();
  const back = await openLiveSocket({ port, token, since }, (frame) => {
    if (frame.type === 'agent.state') seqs.add(frame.seq);
  });
  while (seqs.size < told && performance.now() - startedAt < REPLY_WITHIN_MS) await sleep(10);
  const resumedMs = performance.now() - startedAt;
  back.socket.terminate();
  return { resumed: seqs.size, resumedMs, missed: told - seqs.size };
}

/** A number of long ago, as after an hour away: what is kept does not reach so far back. */
async function openFirstFrame(port: number, token: string): Promise<string> {
  let first = '';
  const back = await openLiveSocket(
    { port, token, since: Number.MAX_SAFE_INTEGER - 1 },
    (frame) => (first ||= frame.type),
  );
  back.socket.terminate();
  return first;
}

const portOf = ({ product }: BenchStack): number => product.targetOf('').port;

function messageLines({ event, reply, floor1 }: Messages): BenchmarkResult['lines'] {
  const benchmark = 'live-events';
  const p50 = percentile(event, 0.5);
  return [
    {
      benchmark,
      what: 'customer’s message to event, p50',
      ours: show(p50, ' ms'),
      floor1: show(percentile(floor1, 0.5), ' ms'),
      ratio: `our reply ${show(percentile(reply, 0.5), ' ms')}`,
      budget: `<= ${BUDGET_MS} ms`,
      isMet: p50 <= BUDGET_MS,
    },
    { benchmark, what: 'customer’s message to event, p99', ours: show(percentile(event, 0.99), ' ms') },
  ];
}

function crowdLines(crowd: Crowd): BenchmarkResult['lines'] {
  const benchmark = 'live-events';
  const { latencies, perSecond, told, heard, slowClosedWith, resumed, resumedMs, missed, afterAnHour } = crowd;
  return [
    { benchmark, what: `${AGENTS} agents, events a second`, ours: show(perSecond) },
    { benchmark, what: 'note to agent, p50', ours: show(percentile(latencies, 0.5), ' ms') },
    { benchmark, what: 'note to agent, p99', ours: show(percentile(latencies, 0.99), ' ms') },
    { benchmark, what: 'events that no agent heard', ours: show(told - heard), budget: '0', isMet: told === heard },
    {
      benchmark,
      what: 'the slow client was closed with',
      ours: String(slowClosedWith),
      budget: '4008',
      isMet: slowClosedWith === 4008 || slowClosedWith === 1006,
    },
    {
      benchmark,
      what: `resume after ${AWAY_MS / 1000} s, ${resumed} events`,
      ours: show(resumedMs, ' ms'),
      budget: 'none missed',
      isMet: missed === 0,
    },
    { benchmark, what: 'resume after an hour', ours: afterAnHour, budget: 'reset', isMet: afterAnHour === 'reset' },
  ];
}
