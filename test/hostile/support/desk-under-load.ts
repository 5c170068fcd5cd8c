import { randomUUID } from 'node:crypto';
import { createAgentDesk } from '../../support/agent-desk.ts';
import type { RunningStack } from '../../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage, type SimulatedPage } from '../../support/simulated-page.ts';
import { until } from '../../support/until.ts';

/** Nearest-rank 99th percentiles, in milliseconds, and how many of each were measured. */
export interface Latencies {
  webhookP99Ms: number;
  messageP99Ms: number;
  count: number;
  /** Answered 503: not taken, and the sender knows it. */
  refused: number;
}

/** An agent in a chat and a Page whose customers write, both measured while something else happens. */
export interface DeskUnderLoad {
  page: SimulatedPage;
  /** Sends `count` webhooks and as many agent's messages, one of each every 100 ms at most. @throws where one is refused otherwise than for the moment */
  measure(count: number): Promise<Latencies>;
  /** Waits until every webhook and agent's message that was acknowledged is in the chat's transcript. */
  untilNothingIsLost(): Promise<void>;
}

const PACE_MS = 100;

/** Brings up one chat between a customer and an agent. */
export async function createDeskUnderLoad(stack: RunningStack): Promise<DeskUnderLoad> {
  const page = await createSimulatedPage(stack);
  const desk = createAgentDesk(stack, page);
  await desk.setState('ready');
  const customer = await createSimulatedCustomer(stack, page);
  await customer.say('Hello');
  await customer.untilReceived('What can we do for you?');
  await customer.say('my invoice');
  const conversationId = await desk.acceptNext();
  const acknowledged: string[] = [];
  let refused = 0;

  async function timed(send: (text: string) => Promise<number>): Promise<number> {
    const text = randomUUID();
    const startedAt = performance.now();
    const status = await send(text);
    const tookMs = performance.now() - startedAt;
    if (status === 503) refused += 1;
    else if (status === 200 || status === 202) acknowledged.push(text);
    else throw new Error(`The desk was answered ${status} under load`);
    return tookMs;
  }

  const postWebhook = async (text: string): Promise<number> => {
    const message = { mid: `m_${text}`, text };
    const event = { sender: { id: customer.psid }, recipient: { id: page.pageId }, timestamp: Date.now(), message };
    const body = { object: 'page', entry: [{ id: page.pageId, time: Date.now(), messaging: [event] }] };
    return (await stack.postWebhook(JSON.stringify(body), page.appSecret)).status;
  };
  const sendMessage = async (text: string): Promise<number> => {
    const body = { clientId: randomUUID(), text };
    const route = `/api/v1/conversations/${conversationId}/messages`;
    return (await stack.call('POST', route, { body, token: page.agent.token })).status;
  };

  return {
    page,
    async measure(count) {
      refused = 0;
      const webhooks: number[] = [];
      const messages: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const pace = new Promise((resolve) => setTimeout(resolve, PACE_MS));
        const [webhook, message] = await Promise.all([timed(postWebhook), timed(sendMessage), pace]);
        webhooks.push(webhook);
        messages.push(message);
      }
      return { webhookP99Ms: percentile99(webhooks), messageP99Ms: percentile99(messages), count, refused };
    },
    async untilNothingIsLost() {
      await until(
        `${acknowledged.length} acknowledged messages in the transcript`,
        async () => {
          const texts = await readTranscript(stack, conversationId);
          return acknowledged.every((text) => texts.has(text));
        },
        60_000,
      );
    },
  };
}

function percentile99(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

async function readTranscript(stack: RunningStack, conversationId: string): Promise<Set<string>> {
  const texts = new Set<string>();
  let cursor = '';
  for (;;) {
    const { body } = await stack.call('GET', `/api/v1/conversations/${conversationId}/messages?limit=100${cursor}`);
    for (const { text } of body.items) texts.add(text);
    if (!body.next) return texts;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
}
