import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { createPhoneCustomer, setUpHaldenHome, type HaldenHome, type PhoneCustomer } from './support/halden-home.ts';
import { becomeReady, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';
import { seedTranscript } from './support/seed-transcript.ts';

const NAMES = ['Nadia Rahman', 'Tom Reed', 'Oksana Bilyk', 'Ida Lund', 'Emre Kaya'] as const;

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let page: Page;
let customers: PhoneCustomer[];
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
  customers = await Promise.all(NAMES.map((name) => createPhoneCustomer(stack, home, name)));
  page = await openDesktop();
  await becomeReady(page);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    process.stderr.write(`on screen:\n${await page.locator('body').innerText()}\n`);
  }),
);

async function openDesktop(): Promise<Page> {
  const { page: opened, watch } = await openWindow(browser, stack.url);
  watches.push(watch);
  await logIn(opened, home.agents[0]);
  return opened;
}

const composer = () => page.getByRole('textbox', { name: /Your reply to/ });
const bubble = (text: string) => page.locator('.bubble').filter({ hasText: text });
const offerOf = (name: string, window = page) => window.getByRole('article', { name: `Offer: ${name}` });
const heading = (name: string, window = page) => window.getByRole('heading', { level: 1, name });
const rowOf = (name: string) => page.locator('.crow').filter({ hasText: name });

async function timesReceived(customer: PhoneCustomer | undefined, text: string): Promise<number> {
  return (await customer?.received())?.filter((each) => each === text).length ?? 0;
}

async function expectOnce(customer: PhoneCustomer | undefined, text: string): Promise<void> {
  await until(`“${text}” at the customer`, async () => (await timesReceived(customer, text)) > 0, 60_000);
  await look(page.getByText('Waiting for the network')).toHaveCount(0);
  await look(bubble(text)).toHaveCount(1);
  expect(await timesReceived(customer, text)).toBe(1);
}

async function dieAndComeBack(name: 'api' | 'worker', meanwhile: () => Promise<void>): Promise<void> {
  const pid = await stack.kill(name);
  await meanwhile();
  await stack.untilRestarted(name, pid);
}

// Each of these goes on from the one before it: five chats, one after the other, as in an afternoon that goes wrong.
describe('when things break under the desktop', () => {
  it('accepts an offer whose worker was killed while it stood there', async () => {
    const [nadia] = customers;
    await nadia?.askForHelp('The globe lamp has a dent');
    await look(offerOf('Nadia Rahman')).toBeVisible();
    await dieAndComeBack('worker', () => page.keyboard.press('Alt+KeyA'));
    await look(heading('Nadia Rahman')).toBeVisible();
    await look(offerOf('Nadia Rahman')).toHaveCount(0);
    await look(page.locator('.toast')).toHaveCount(0);
    await look(rowOf('Nadia Rahman')).toHaveCount(1);
  });

  it('shows and delivers once what was sent while the api was killed', async () => {
    const [nadia] = customers;
    await composer().fill('I am sorry.');
    await dieAndComeBack('api', () => composer().press('Enter'));
    await expectOnce(nadia, 'I am sorry.');
    // On its way to the api when that dies: whether it was taken nobody can tell.
    await composer().fill('A new one comes tomorrow.');
    const isLeaving = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/messages'),
    );
    await composer().press('Enter');
    await isLeaving;
    await dieAndComeBack('api', async () => undefined);
    await expectOnce(nadia, 'A new one comes tomorrow.');
    await until(
      'the agent’s message at both',
      async () => (await nadia?.received())?.at(-1) === 'A new one comes tomorrow.',
    );
  });

  it('misses nothing and doubles nothing when the socket drops while somebody writes, and keeps the draft', async () => {
    const [nadia] = customers;
    await composer().pressSequentially('Our driver rings');
    await page.context().setOffline(true);
    // Whatever the browser still holds open ends with the api.
    await dieAndComeBack('api', () => composer().pressSequentially(' at the'));
    await nadia?.say('Are you there?');
    await nadia?.say('I am at the office.');
    await composer().pressSequentially(' door.');
    await page.context().setOffline(false);
    for (const text of ['Are you there?', 'I am at the office.']) await look(bubble(text)).toHaveCount(1);
    await look(composer()).toHaveValue('Our driver rings at the door.');
    await page.reload();
    await look(composer()).toHaveValue('Our driver rings at the door.');
    for (const text of ['Are you there?', 'I am at the office.']) await look(bubble(text)).toHaveCount(1);
    await composer().press('Enter');
    await expectOnce(nadia, 'Our driver rings at the door.');
  });

  it('gives a chat that two windows of one agent accept at once to both, and tells the older window', async () => {
    const tom = customers[1];
    await tom?.askForHelp('Where is my parcel?');
    const offer = offerOf('Tom Reed');
    await look(offer).toBeVisible();
    const older = page;
    page = await older.context().newPage();
    await page.goto('/chats');
    await look(older.getByText('Your desktop is open elsewhere')).toBeVisible();
    await look(offerOf('Tom Reed')).toBeVisible();
    const { items } = await older.evaluate<{ items: [{ offerId: string; conversationId: string }] }>(
      `fetch('/api/v1/agents/me/offers').then((response) => response.json())`,
    );
    const [{ offerId, conversationId }] = items;
    const accept = `(async () => {
      return (await fetch('/api/v1/conversations/${conversationId}/accept', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ clientId: crypto.randomUUID(), offerId: '${offerId}' }),
      })).status;
    })()`;
    await Promise.all([older.evaluate(accept), page.keyboard.press('Alt+KeyA')]);
    await look(heading('Tom Reed')).toBeVisible();
    await look(page.locator('.toast')).toHaveCount(0);
    await look(rowOf('Tom Reed')).toHaveCount(1);
    await older.getByRole('button', { name: 'Take over here' }).click();
    await look(page.getByText('Your desktop is open elsewhere')).toBeVisible();
    await page.close();
    page = older;
    await look(rowOf('Tom Reed')).toHaveCount(1);
    await look(rowOf('Nadia Rahman')).toHaveCount(1);
  });

  it('holds five chats at once and sends each customer what was written to them', async () => {
    const [nadia, tom, ...others] = customers;
    await Promise.all(others.map((each) => each.askForHelp(`${each.name} needs help`)));
    for (const { name } of others) {
      await offerOf(name)
        .getByRole('button', { name: /Accept/ })
        .click();
      await look(heading(name)).toBeVisible();
    }
    await look(page.locator('.crow')).toHaveCount(5);
    await look(page.getByText('5 of 5')).toBeVisible();
    const all = [nadia, tom, ...others];
    await Promise.all(all.map(async (each) => each?.say(`A word of ${each.name}`)));
    for (const each of all) {
      if (!each) continue;
      await rowOf(each.name).click();
      await look(heading(each.name)).toBeVisible();
      await look(bubble(`A word of ${each.name}`)).toHaveCount(1);
      await composer().fill(`An answer to ${each.name}`);
      await composer().press('Enter');
    }
    for (const each of all) {
      await until(
        `the answer to ${each?.name}`,
        async () => (await timesReceived(each, `An answer to ${each?.name}`)) > 0,
      );
      const answers = (await each?.received())?.filter((text) => text.startsWith('An answer to'));
      expect(answers).toEqual([`An answer to ${each?.name}`]);
    }
  });

  it('opens a transcript of 2,000 messages at its end, and goes back to its first word', async () => {
    await rowOf('Ida Lund').click();
    await look(heading('Ida Lund')).toBeVisible();
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await seedTranscript(stack, id, 2000);
    await page.goto('/chats');
    await rowOf('Ida Lund').click();
    await look(bubble('An answer to Ida Lund')).toBeInViewport();
    const shown = () => page.locator('.bubble').count();
    expect(await shown()).toBeLessThan(400);
    const earlier = page.locator('.conv-earlier button');
    while (await earlier.isVisible()) {
      const before = await shown();
      const top = page.locator('.bubble').first();
      const words = await top.innerText();
      await earlier.click();
      await look.poll(shown).toBeGreaterThan(before);
      // What was read stays where it was read.
      await look(page.getByText(words, { exact: true })).toBeInViewport();
    }
    await page.locator('.conv-scroll').press('Home');
    await look(page.getByText('Earlier message 1.', { exact: true })).toBeInViewport();
    await page.getByRole('button', { name: 'Newest messages' }).click();
    await look(bubble('An answer to Ida Lund')).toBeInViewport();
    await customers[3]?.say('And one more thing');
    await look(bubble('And one more thing')).toBeInViewport();
  });
});

describe('every page', () => {
  it('keeps its content security policy and asks nobody else', () => {
    expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    expect(watches.flatMap(({ foreign }) => foreign)).toEqual([]);
  });
});
