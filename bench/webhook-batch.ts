import { setTimeout as sleep } from 'node:timers/promises';
import { closeConversations, createPsid } from './load/conversations.ts';
import { messagingEvent, webhookBody } from './load/webhook-client.ts';
import type { BenchOptions } from './options.ts';
import { show, type BenchmarkResult, type Measurement } from './report/measurement.ts';
import { median } from './report/statistics.ts';
import type { BenchStack } from './stack/bench-stack.ts';
import { conversationWorkflowId } from '../adapters/temporal/workflow-id.ts';

/** The aftermath of the last replies. */
const QUIET_MS = 1000;
const EVENTS = 1000;
const BUDGET_SECONDS = 4;
const REPLIES_WITHIN_MS = 120_000;

/** Answers each message with its text, and waits for the next. */
export const BATCH_SCENARIO = `
attendant: 2
scenario: bench-batch
blocks:
  ask:
    send-message: { text: "got $(item.message)", wait: { into: said, timeout: 30m } }
    exits: { timeout: end }
  again:
    goto: ask
  end:
    exit: {}
`;

interface BatchRound {
  isFirstMessage: boolean;
  acknowledgedMs: number;
  repliedMs: number;
  replies: number;
}

/**
 * One body with 1,000 messages of 1,000 customers, until the 200: first of customers who have no conversation yet, then
 * the same customers again. Beside it the time until all have their reply.
 */
export async function measureWebhookBatch(
  stack: BenchStack,
  options: BenchOptions,
  log: (line: string) => void,
): Promise<BenchmarkResult> {
  const { pageId } = await stack.product.seed({ scenario: BATCH_SCENARIO });
  const rounds: BatchRound[] = [];
  for (let n = 0; n < Math.min(options.rounds, options.isQuick ? 1 : 3); n += 1) {
    const psids = Array.from({ length: EVENTS }, createPsid);
    try {
      for (const isFirstMessage of [true, false]) {
        rounds.push(await sendBatch(stack, pageId, { psids, isFirstMessage }));
        const { acknowledgedMs, replies } = rounds.at(-1) ?? { acknowledgedMs: 0, replies: 0 };
        log(`batch ${rounds.length}: 200 after ${acknowledgedMs.toFixed(0)} ms, ${replies} replies`);
      }
    } finally {
      const conversations = psids.map((psid) => ({ psid, workflowId: conversationWorkflowId(pageId, psid) }));
      await closeConversations(stack.client, conversations);
    }
  }
  return { lines: [...linesOf(rounds, true), ...linesOf(rounds, false)], raw: rounds };
}

async function sendBatch(
  stack: BenchStack,
  pageId: string,
  { psids, isFirstMessage }: { psids: string[]; isFirstMessage: boolean },
): Promise<BatchRound> {
  const turns = psids.map((psid) => ({ psid, ...stack.book.begin(REPLIES_WITHIN_MS) }));
  const body = webhookBody(
    pageId,
    turns.map(({ psid, text }) => messagingEvent(pageId, psid, text)),
  );
  const startedAt = performance.now();
  const status = await stack.webhook.post(stack.product.targetOf(pageId), body);
  const acknowledgedMs = performance.now() - startedAt;
  if (status !== 200) throw new Error(`The webhook answered ${status} to a body of ${EVENTS} events`);
  const replied = (await Promise.all(turns.map((turn) => turn.replied))).filter((at) => at !== undefined);
  await sleep(QUIET_MS);
  return { isFirstMessage, acknowledgedMs, repliedMs: Math.max(0, ...replied) - startedAt, replies: replied.length };
}

function linesOf(rounds: readonly BatchRound[], isFirst: boolean): Measurement[] {
  const chosen = rounds.filter(({ isFirstMessage }) => isFirstMessage === isFirst);
  const seconds = median(chosen.map(({ acknowledgedMs }) => acknowledgedMs)) / 1000;
  const who = isFirst ? 'new customers' : 'open conversations';
  const lost = chosen.reduce((total, { replies }) => total + EVENTS - replies, 0);
  return [
    {
      benchmark: 'webhook-batch',
      what: `body of 1,000 events, ${who}, until 200`,
      ours: show(seconds, ' s'),
      budget: `<= ${BUDGET_SECONDS} s`,
      isMet: seconds <= BUDGET_SECONDS,
    },
    {
      benchmark: 'webhook-batch',
      what: `body of 1,000 events, ${who}, until the last reply (${lost} lost)`,
      ours: show(median(chosen.map(({ repliedMs }) => repliedMs)) / 1000, ' s'),
    },
  ];
}
