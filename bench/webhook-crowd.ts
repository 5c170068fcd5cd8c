import { setTimeout as sleep } from 'node:timers/promises';
import { closeConversations, createPsid } from './load/conversations.ts';
import { startTrickle, type TrickleMessage } from './load/trickle.ts';
import { messagingEvent, webhookBody } from './load/webhook-client.ts';
import type { BenchOptions } from './options.ts';
import { show, type BenchmarkResult, type Measurement } from './report/measurement.ts';
import { percentile } from './report/statistics.ts';
import type { BenchStack } from './stack/bench-stack.ts';
import { BATCH_SCENARIO } from './webhook-batch.ts';
import { conversationWorkflowId } from '../adapters/temporal/workflow-id.ts';

const EVENTS = 1000;
const BUDGET_SECONDS = 4;
/** Many times what a quiet machine needs. */
const REPLY_WITHIN_MS = 300_000;
const REPLY_WITHIN_QUICK_MS = 45_000;
/** A Page each, and two bodies for one Page. */
const BODIES_OF_PAGES = [1, 1, 1, 1, 2];

interface CrowdBody {
  pageId: string;
  psids: string[];
  acknowledgedMs: number;
  /** Until the last reply that came in time; NaN: none did. */
  repliedMs: number;
  lost: number;
}

/**
 * Six bodies of 1,000 events at once, of five Pages, beside bodies of one event of a sixth Page: what the trickle waits
 * alone, until the large bodies have their 200, and until all of their customers have a reply.
 */
export async function measureWebhookCrowd(
  stack: BenchStack,
  options: BenchOptions,
  log: (line: string) => void,
): Promise<BenchmarkResult> {
  const replyWithinMs = options.isQuick ? REPLY_WITHIN_QUICK_MS : REPLY_WITHIN_MS;
  const { pageId: quietPage } = await stack.product.seed({ scenario: BATCH_SCENARIO });
  const alone = await trickleFor(stack, { pageId: quietPage, replyWithinMs }, options.seconds * 1000);
  log(`alone: ${alone.length} messages`);
  const trickle = startTrickle(stack, { pageId: quietPage, replyWithinMs });
  const startedAt = performance.now();
  const bodies = await sendCrowd(stack, replyWithinMs, log);
  const beside = await trickle.stop();
  if (options.only.includes('dispatcher'))
    await closeAll(stack, { bodies, quietPage, trickled: [...alone, ...beside] });
  const acknowledgedAt = startedAt + Math.max(...bodies.map(({ acknowledgedMs }) => acknowledgedMs));
  return {
    lines: [
      ...linesOfBodies(bodies),
      lineOf('alone', alone),
      lineOf(
        'until the large bodies have their 200',
        beside.filter(({ dueAt }) => dueAt < acknowledgedAt),
      ),
      lineOf('until their customers have their replies', beside),
    ],
    raw: { bodies, alone, beside },
  };
}

/** So that they do not disturb the benchmark that follows. */
async function closeAll(
  { client }: BenchStack,
  opened: { bodies: readonly CrowdBody[]; quietPage: string; trickled: readonly TrickleMessage[] },
): Promise<void> {
  const { bodies, quietPage, trickled } = opened;
  const customers = [
    ...bodies.flatMap(({ pageId, psids }) => psids.map((psid) => ({ psid, pageId }))),
    ...trickled.map(({ psid }) => ({ psid, pageId: quietPage })),
  ];
  const conversations = customers.map(({ psid, pageId }) => ({
    psid,
    workflowId: conversationWorkflowId(pageId, psid),
  }));
  await closeConversations(client, conversations);
}

async function trickleFor(
  stack: BenchStack,
  of: Parameters<typeof startTrickle>[1],
  ms: number,
): Promise<TrickleMessage[]> {
  const trickle = startTrickle(stack, of);
  await sleep(ms);
  return trickle.stop();
}

async function sendCrowd(stack: BenchStack, replyWithinMs: number, log: (line: string) => void): Promise<CrowdBody[]> {
  const pages = await Promise.all(BODIES_OF_PAGES.map(() => stack.product.seed({ scenario: BATCH_SCENARIO })));
  const ofBodies = pages.flatMap(({ pageId }, index) =>
    Array.from({ length: BODIES_OF_PAGES[index] ?? 0 }, () => pageId),
  );
  return Promise.all(
    ofBodies.map(async (pageId) => {
      const body = await sendBody(stack, pageId, replyWithinMs);
      log(
        `1,000 events: 200 after ${body.acknowledgedMs.toFixed(0)} ms, last reply after ${body.repliedMs.toFixed(0)} ms`,
      );
      return body;
    }),
  );
}

async function sendBody(
  { book, product, webhook }: BenchStack,
  pageId: string,
  replyWithinMs: number,
): Promise<CrowdBody> {
  const turns = Array.from({ length: EVENTS }, () => ({ psid: createPsid(), ...book.begin(replyWithinMs) }));
  const events = turns.map(({ psid, text }) => messagingEvent(pageId, psid, text));
  const body = webhookBody(pageId, events);
  const startedAt = performance.now();
  const status = await webhook.post(product.targetOf(pageId), body);
  const acknowledgedMs = performance.now() - startedAt;
  if (status !== 200) throw new Error(`The webhook answered ${status} to a body of ${EVENTS} events`);
  const replied = (await Promise.all(turns.map((turn) => turn.replied))).filter((at) => at !== undefined);
  const repliedMs = replied.length === 0 ? Number.NaN : Math.max(...replied) - startedAt;
  return { pageId, psids: turns.map(({ psid }) => psid), acknowledgedMs, repliedMs, lost: EVENTS - replied.length };
}

function linesOfBodies(bodies: readonly CrowdBody[]): Measurement[] {
  const seconds = Math.max(...bodies.map(({ acknowledgedMs }) => acknowledgedMs)) / 1000;
  const repliedMs = bodies.map((body) => body.repliedMs).filter((ms) => !Number.isNaN(ms));
  const lost = bodies.reduce((total, body) => total + body.lost, 0);
  return [
    {
      benchmark: 'webhook-batch',
      what: `${bodies.length} bodies of 1,000 events at once, until the last 200`,
      ours: show(seconds, ' s'),
      budget: `<= ${BUDGET_SECONDS} s`,
      isMet: seconds <= BUDGET_SECONDS,
    },
    {
      benchmark: 'webhook-batch',
      what: `the same, until the first and the last Page has all its replies (${lost} came too late)`,
      ours: `${show(Math.min(...repliedMs) / 1000, ' s')} / ${show(Math.max(...repliedMs) / 1000, ' s')}`,
    },
  ];
}

function lineOf(when: string, messages: readonly TrickleMessage[]): Measurement {
  const replies = messages.flatMap(({ repliedMs }) => repliedMs ?? []);
  const acknowledged = messages.map(({ acknowledgedMs }) => acknowledgedMs);
  return {
    benchmark: 'webhook-batch',
    what: `another Page's single events ${when} (${messages.length}, ${messages.length - replies.length} too late), p50 / p99`,
    ours: `200 ${times(acknowledged)}; reply ${times(replies)}`,
  };
}

function times(samples: readonly number[]): string {
  return `${show(percentile(samples, 0.5))} / ${show(percentile(samples, 0.99), ' ms')}`;
}
