/* The page of the customers' phones, in a real browser against the simulator itself; a receiver stands in for Attendant. */
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import type { Browser, Locator, Page } from '@playwright/test';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appSecretProof } from '../../adapters/messenger/signature.ts';
import { buildSimulator } from '../../dev/simulator/build-simulator.ts';
import { createEmptyJournal } from '../../dev/simulator/journal.ts';
import { buildConsole } from '../../dev/stack/build-console.ts';
import { cacheDir } from '../support/embedded-cache.ts';
import { axeFindings } from './support/axe-findings.ts';
import { look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

const projectDir = path.join(import.meta.dirname, '..', '..');
const PAGE = { pageId: '100', name: 'Halden Home', appSecret: 'app-secret', pageToken: 'page-token' };

let browser: Browser;
let page: Page;
let watch: Watch;
let consoleDir: string;
let simulator: FastifyInstance;
let attendant: Server;
let url: string;
/** What Attendant would have got. */
let webhooks: string[] = [];

const addressOf = (server: Server): string => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen.');
  return `http://127.0.0.1:${address.port}`;
};

beforeAll(async () => {
  const building = buildConsole({ projectDir, cacheDir, env: process.env, log: () => undefined });
  [consoleDir, browser] = await Promise.all([building, openBrowser()]);
});
afterAll(() => browser.close());

beforeEach(async () => {
  webhooks = [];
  attendant = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      webhooks.push(body);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => attendant.listen(0, '127.0.0.1', resolve));
  simulator = buildSimulator({ opened: createEmptyJournal(), consoleDir });
  await simulator.listen({ port: 0, host: '127.0.0.1' });
  url = addressOf(simulator.server);
  await post('/simulator/pages', { ...PAGE, webhookUrl: `${addressOf(attendant)}/webhook` });
  ({ page, watch } = await openWindow(browser, url));
  await page.goto('/simulator');
  await look(phone('Ada Byron')).toBeVisible();
});
afterEach(async () => {
  await page.context().close();
  await simulator.close();
  attendant.close();
});

async function post(where: string, body: object): Promise<Response> {
  return fetch(`${url}${where}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The Page writes, as Attendant does. */
async function pageWrites(name: string, message: object): Promise<void> {
  const answer = await post(`/simulator/pages/${PAGE.pageId}/customers`, { name });
  const { psid } = (await answer.json()) as { psid: string };
  const secrets = new URLSearchParams({
    access_token: PAGE.pageToken,
    appsecret_proof: appSecretProof(PAGE.pageToken, PAGE.appSecret),
  });
  await post(`/v26.0/${PAGE.pageId}/messages?${secrets.toString()}`, { recipient: { id: psid }, message });
}

const phone = (name: string): Locator => page.getByRole('region', { name: `Phone of ${name}` });

async function say(name: string, text: string): Promise<void> {
  const field = phone(name).getByRole('textbox');
  await field.fill(text);
  await field.press('Enter');
}

async function addPhone(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a phone' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByLabel('Locale').selectOption('de_DE');
  await page.getByRole('button', { name: 'Take this phone' }).click();
  await look(phone(name)).toBeVisible();
}

async function expectAccessible(what: string): Promise<void> {
  expect(await axeFindings(page, { settleMs: 0 }), what).toEqual([]);
}

describe('the page of the customers’ phones', () => {
  it('shows two phones that write to one Page, each in its own chat', async () => {
    await addPhone('Lena Vogt');
    await say('Ada Byron', 'Hello');
    await say('Lena Vogt', 'Guten Tag');
    await look(phone('Ada Byron').getByText('Delivered')).toBeVisible();
    await look(phone('Lena Vogt').getByRole('log')).toContainText('Guten Tag');
    await look(phone('Lena Vogt').getByRole('log')).not.toContainText('Hello');
    await page.reload();
    await look(phone('Lena Vogt').getByRole('log')).toContainText('Guten Tag');
    expect(watch).toEqual({ problems: [], foreign: [] });
  });

  it('sends a quick reply that is tapped, with its payload', async () => {
    await say('Ada Byron', 'Hello');
    const quickReplies = [{ content_type: 'text', title: 'Returns', payload: 'RETURNS' }];
    await pageWrites('Ada Byron', { text: 'What is it about?', quick_replies: quickReplies });
    await phone('Ada Byron').getByRole('button', { name: 'Returns', exact: true }).click();
    await expect.poll(() => webhooks.join(' ')).toContain('"quick_reply":{"payload":"RETURNS"}');
    await look(phone('Ada Byron').getByRole('button', { name: 'Returns', exact: true })).toBeHidden();
  });

  it('sends a photo and shows it', async () => {
    await phone('Ada Byron').getByRole('button', { name: 'Photo, file or location' }).click();
    await page.getByRole('menuitem', { name: 'Sample photo' }).click();
    const photo = phone('Ada Byron').getByRole('img', { name: 'Photo', exact: true });
    await look(photo).toBeVisible();
    await expect
      .poll(() => photo.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(960);
    await expect.poll(() => webhooks.join(' ')).toMatch(/"type":"image","payload":\{"url":"http:[^"]+lamp\.png"/);
  });

  it('switches a fault on, shows what it does, and switches it off', async () => {
    await page.getByRole('switch', { name: 'Deliver webhooks twice' }).click();
    await page.getByRole('switch', { name: 'Bad signature' }).click();
    await look(page.getByText('2 on')).toBeVisible();
    await say('Ada Byron', 'Hello');
    const events = page.getByRole('list', { name: 'Events, newest first' });
    await look(events.getByText('Ada Byron: Hello (again)')).toBeVisible();
    await look(events.getByText('Ada Byron: Hello (bad signature)')).toBeVisible();
    expect(webhooks).toHaveLength(3);
    await page.getByRole('switch', { name: 'Bad signature' }).click();
    await look(page.getByText('1 on')).toBeVisible();
    await page.getByRole('button', { name: 'All off' }).click();
    await look(page.getByRole('switch', { name: 'Deliver webhooks twice' })).not.toBeChecked();
  });

  it('lists webhooks and calls, opens one by key, and finds words', async () => {
    await say('Ada Byron', 'My lamp flickers');
    await pageWrites('Ada Byron', { text: 'Which lamp?' });
    const events = page.getByRole('list', { name: 'Events, newest first' });
    const call = events.getByRole('button', { name: /To Ada Byron: Which lamp.*200/ }).last();
    await call.focus();
    await page.keyboard.press('Enter');
    await look(events.getByText('"message_id"')).toBeVisible();
    await look(events).not.toContainText(PAGE.pageToken);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('flickers');
    await look(events.getByRole('button', { name: /My lamp flickers/ })).toBeVisible();
    await look(call).toBeHidden();
  });

  it('asks before a reset, then forgets the chats', async () => {
    await say('Ada Byron', 'Hello');
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('button', { name: 'Forget all of it' }).click();
    await look(phone('Ada Byron').getByText('Nothing has been written yet.')).toBeVisible();
    await look(page.getByText('Nothing has happened yet')).toBeVisible();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`passes axe, ${colorScheme}: at rest, with menus and dialogs open, at 320 px`, async () => {
      await page.emulateMedia({ colorScheme });
      await say('Ada Byron', 'Hello');
      await pageWrites('Ada Byron', {
        text: 'Good day',
        quick_replies: [{ content_type: 'text', title: 'A', payload: 'A' }],
      });
      await page.getByRole('button', { name: 'More faults' }).click();
      await page.getByRole('list', { name: 'Events, newest first' }).getByRole('button').last().click();
      await expectAccessible('at rest');
      for (const name of ['Photo, file or location', 'More about this chat: Ada Byron']) {
        await phone('Ada Byron').getByRole('button', { name }).click();
        await look(page.getByRole('menuitem').first()).toBeVisible();
        await expectAccessible(name);
        await page.keyboard.press('Escape');
        await look(page.getByRole('menu')).toBeHidden();
      }
      await page.getByRole('button', { name: 'Add a phone' }).click();
      await look(page.getByRole('dialog')).toBeVisible();
      await expectAccessible('Add a phone');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 320, height: 640 });
      await expectAccessible('320 px');
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
      expect(watch).toEqual({ problems: [], foreign: [] });
    });
  }
});
