import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Page } from '@playwright/test';
import { until } from '../../test/support/until.ts';
import { startFloor1 } from '../floors/start-floor1.ts';
import { closeConversations, createPsid } from '../load/conversations.ts';
import { startGraphServer } from '../load/graph-server.ts';
import { createTurnBook } from '../load/turn-book.ts';
import { createWebhookClient, messagingEvent, webhookBody, type WebhookClient } from '../load/webhook-client.ts';
import { show, type Measurement } from '../report/measurement.ts';
import { median, percentile } from '../report/statistics.ts';
import type { BenchServers } from '../stack/start-servers.ts';
import type { Desk } from './desk.ts';

const BUDGET_MS = 50;
const WITHIN_MS = 15_000;
/** Long enough for the turn before to be over: what is measured is one message alone. */
const PAUSE_MS = 150;
const WARM_UP = 10;

/**
 * From handing a customer's message over to the webhook until the agent's screen has painted it, beside F1 (webhook,
 * workflow, one Graph call) in turn on the same two servers.
 */
export async function measureMessageToPaint(desk: Desk, count: number): Promise<Measurement[]> {
  const customer = await desk.takeChat('Nadia Rahman');
  await watchPaint(desk.page);
  const webhook = createWebhookClient(4);
  const floor = await openFloor(desk, webhook);
  const say = createWriter(desk, webhook, customer.psid);
  const [ours, floor1, ratios]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let n = 0; n < WARM_UP + count; n += 1) {
      const [painted, replied] = [await say(`Message number ${n} of the bench.`), await floor.turn()];
      if (n < WARM_UP) continue;
      ours.push(painted);
      floor1.push(replied);
      ratios.push(painted / replied);
    }
  } finally {
    await floor.stop();
    webhook.close();
  }
  const p50 = median(ours);
  return [
    {
      benchmark: 'desktop',
      what: 'customer’s message → painted, p50',
      ours: show(p50, ' ms'),
      floor1: show(median(floor1), ' ms'),
      ratio: `F1 ${show(median(ratios))}`,
      budget: `<= ${BUDGET_MS} ms`,
      isMet: p50 <= BUDGET_MS,
    },
    {
      benchmark: 'desktop',
      what: 'customer’s message → painted, p99',
      ours: show(percentile(ours, 0.99), ' ms'),
      floor1: show(percentile(floor1, 0.99), ' ms'),
    },
  ];
}

/**
 * Notes in the page when a text has been painted: a frame that was asked for after the text stood in the document is over.
 * As text: what runs in a page is compiled without a page's types here.
 */
async function watchPaint(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    window.paintedAt = new Map();
    const look = () => {
      const texts = [...document.querySelectorAll('.conv-scroll .bubble')].slice(-3).map(({ textContent }) => textContent.trim());
      const added = texts.filter((text) => !window.paintedAt.has(text));
      if (added.length === 0) return;
      for (const text of added) window.paintedAt.set(text, undefined);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const at = performance.timeOrigin + performance.now();
          for (const text of added) window.paintedAt.set(text, at);
        };
        port2.postMessage(0);
      });
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  })()`);
}

const paintedAt = (text: string): string => `window.paintedAt.get(${JSON.stringify(text)})`;

function createWriter(desk: Desk, webhook: WebhookClient, psid: string): (text: string) => Promise<number> {
  const { pageId, appSecret } = desk.home;
  const target = { port: Number(new URL(desk.stack.url).port), path: '/clientweb/fb/webhook', appSecret };
  return async (text) => {
    const saidAt = performance.timeOrigin + performance.now();
    const status = await webhook.post(target, webhookBody(pageId, [messagingEvent(pageId, psid, text)]));
    if (status !== 200) throw new Error(`The webhook answered ${status}`);
    // The page is asked afterwards: asking while it works would be measured, too.
    await sleep(PAUSE_MS);
    return (
      (await until(
        `“${text}” on the screen`,
        () => desk.page.evaluate<number | undefined>(paintedAt(text)),
        WITHIN_MS,
      )) - saidAt
    );
  };
}

interface Floor {
  /** One message of a customer's until the Graph server has read the reply; milliseconds. */
  turn: () => Promise<number>;
  stop: () => Promise<void>;
}

async function openFloor({ stack }: Desk, webhook: WebhookClient): Promise<Floor> {
  const { mongo, temporal } = await stack.readFile();
  const servers: BenchServers = {
    dataDir: stack.dataDir,
    temporalAddress: temporal?.address ?? '',
    mongoUri: mongo?.uri ?? '',
    pids: { temporal: temporal?.pid, mongo: mongo?.pid },
    stop: () => Promise.resolve(),
  };
  const connection = await Connection.connect({ address: servers.temporalAddress });
  const client = new Client({ connection });
  const book = createTurnBook();
  const graph = await startGraphServer((text) => book.arrive(text));
  const floor = await startFloor1(servers, { client, webhook, graphUrl: graph.url, wake: 'signal' });
  const conversation = await floor.open(createPsid());
  return {
    async turn() {
      const { text, replied } = book.begin(WITHIN_MS);
      const saidAt = performance.now();
      await floor.say(conversation, text);
      const took = ((await replied) ?? saidAt + WITHIN_MS) - saidAt;
      await sleep(PAUSE_MS);
      return took;
    },
    async stop() {
      await closeConversations(client, [conversation]);
      await floor.stop();
      await graph.close();
      await connection.close();
    },
  };
}
