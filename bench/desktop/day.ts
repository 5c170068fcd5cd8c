import type { CDPSession } from '@playwright/test';
import { createPhoneCustomer, type PhoneCustomer } from '../../test/browser/support/halden-home.ts';
import { until } from '../../test/support/until.ts';
import { show, type Measurement } from '../report/measurement.ts';
import { acceptOffer, PATIENCE, type Desk } from './desk.ts';

const AT_ONCE = 5;
/** Chats until caches, pools and compiled code are what they stay: growth counts from then on. */
const WARM_UP = 20;
/** A leak of a transcript, a row or a listener for each chat is far above these. */
const MOST = { heapKiBAChat: 16, nodesAChat: 1, listenersAChat: 0.2 } as const;

interface Reading {
  heapKiB: number;
  nodes: number;
  listeners: number;
}

/**
 * A day at the desktop: chats, five at a time, each accepted, written in by both sides, ended and wrapped up on the screen,
 * in one document that is never loaded again. What stays of them is read after the garbage is collected.
 */
export async function measureDay(desk: Desk, chats: number, log: (line: string) => void): Promise<Measurement[]> {
  const session = await desk.page.context().newCDPSession(desk.page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  let [done, before]: [number, Reading | undefined] = [0, undefined];
  while (done < WARM_UP + chats) {
    if (done === WARM_UP) before = await read(desk, session);
    await workThrough(desk, done);
    done += AT_ONCE;
    if (done % 40 === 0) log(`${done} chats: ${JSON.stringify(await read(desk, session))}`);
  }
  const after = await read(desk, session);
  if (!before) throw new Error(`A day has more than ${WARM_UP} chats`);
  return toLines(chats, before, after);
}

async function workThrough(desk: Desk, from: number): Promise<void> {
  const { page, stack, home } = desk;
  const names = Array.from({ length: AT_ONCE }, (_none, index) => `Customer No ${from + index + 1}.`);
  const customers = await Promise.all(names.map((name) => createPhoneCustomer(stack, home, name)));
  await Promise.all(customers.map((customer) => customer.askForHelp('The globe lamp has a dent')));
  for (const name of names) await acceptOffer(page, name);
  await Promise.all(customers.map((customer) => customer.say(`A word of ${customer.name}`)));
  for (const customer of customers) await answer(desk, customer);
  for (const { name } of customers) await finish(desk, name);
}

const rowOf = ({ page }: Desk, name: string) => page.locator('.crow').filter({ hasText: name });

async function answer(desk: Desk, customer: PhoneCustomer): Promise<void> {
  const { page } = desk;
  await rowOf(desk, customer.name).click();
  await page.getByRole('heading', { level: 1, name: customer.name }).waitFor(PATIENCE);
  await page
    .locator('.bubble')
    .filter({ hasText: `A word of ${customer.name}` })
    .waitFor(PATIENCE);
  const words = `An answer to ${customer.name}`;
  const composer = page.getByRole('textbox', { name: /Your reply to/ });
  await composer.fill(words);
  await composer.press('Enter');
  await until(`the answer to ${customer.name}`, async () => (await customer.received()).includes(words), 60_000);
}

async function finish(desk: Desk, name: string): Promise<void> {
  const { page } = desk;
  await rowOf(desk, name).click();
  await page.getByRole('heading', { level: 1, name }).waitFor(PATIENCE);
  await page.getByRole('button', { name: 'End', exact: true }).click(PATIENCE);
  await page.getByRole('radio', { name: 'Information given' }).check(PATIENCE);
  await page.getByRole('button', { name: /Complete and Ready/ }).click();
  await rowOf(desk, name).waitFor({ state: 'detached', ...PATIENCE });
}

/** What the document holds once nothing is thrown away any more. */
async function read({ page }: Desk, session: CDPSession): Promise<Reading> {
  await page
    .locator('.toast')
    .first()
    .waitFor({ state: 'detached', ...PATIENCE });
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const valueOf = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    heapKiB: Math.round(valueOf('JSHeapUsedSize') / 1024),
    nodes: valueOf('Nodes'),
    listeners: valueOf('JSEventListeners'),
  };
}

function toLines(chats: number, before: Reading, after: Reading): Measurement[] {
  const line = (
    key: keyof Reading,
    { what, most, unit }: { what: string; most: number; unit: string },
  ): Measurement => {
    const growth = (after[key] - before[key]) / chats;
    return {
      benchmark: 'desktop',
      what: `${what} after GC, ${chats} chats`,
      ours: `${before[key]} → ${after[key]}${unit}`,
      ratio: `${show(growth)} a chat`,
      budget: `<= ${most} a chat`,
      isMet: growth <= most,
    };
  };
  return [
    line('heapKiB', { what: 'heap', most: MOST.heapKiBAChat, unit: ' KiB' }),
    line('nodes', { what: 'nodes', most: MOST.nodesAChat, unit: '' }),
    line('listeners', { what: 'listeners', most: MOST.listenersAChat, unit: '' }),
  ];
}
