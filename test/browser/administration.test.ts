import type { Browser, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { axeFindings } from './support/axe-findings.ts';
import { createPhoneCustomer, PASSWORD } from './support/halden-home.ts';
import { enterAdministration, openAdministration as openAs } from './support/open-administration.ts';
import { logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

const PAGE = {
  pageId: '104882716530942',
  name: 'Halden Home',
  pageToken: 'EAAB-a-page-token-7f3c',
  appSecret: 'app-secret-of-halden-b19e',
};
const mobileChat = path.join(import.meta.dirname, '..', '..', 'scenarios', 'mobile-chat.yaml');

let stack: RunningStack;
let browser: Browser;
let scenario = '';
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  // The one skill that is set up below serves both ways of the template.
  scenario = (await readFile(mobileChat, 'utf8'))
    .replaceAll('[billing]', '[support]')
    .replaceAll('noAnswer: 10s', 'noAnswer: 60s');
  await stack.simulator('POST', '/simulator/pages', { ...PAGE, webhookUrl: `${stack.url}/clientweb/fb/webhook` });
  await apply([
    { kind: 'user', username: 'ana', name: 'Ana Lind', role: 'admin', password: PASSWORD },
    { kind: 'user', username: 'ben', name: 'Ben Okoro', role: 'admin', password: PASSWORD },
  ]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function apply(documents: object[], source = 'console'): Promise<void> {
  const { status, body } = await stack.call('POST', '/api/v1/configuration/apply', { body: { documents, source } });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

const openAdministration = (username: string, options: Parameters<typeof openAs>[2] = {}): Promise<Page> =>
  openAs({ stack, browser, watches }, username, options);

const checkRow = (page: Page, check: string) =>
  page.locator('.test').filter({ has: page.getByText(check, { exact: true }) });
const applyButton = (page: Page) => page.getByRole('button', { name: 'Apply', exact: true });
async function applyForm(page: Page, name: string): Promise<void> {
  await applyButton(page).click();
  await page.getByText(`${name} is in force`).first().waitFor();
}
async function addName(page: Page, label: string, name: string): Promise<void> {
  await page.getByLabel(label).fill(name);
  await page.keyboard.press('Enter');
}

async function readExport(): Promise<{ kind: string }[]> {
  return (await stack.call('GET', '/api/v1/configuration')).body.documents;
}

describe('the configuration chapter of the guide, on an empty installation', () => {
  it('leads from a Page to the first answered chat', async () => {
    const page = await openAdministration('ana');
    await page.getByRole('heading', { name: 'To the first answered chat' }).waitFor();
    await page.getByRole('link', { name: 'Add an account' }).click();

    // Steps 5 and 6: the account and its properties.
    await page.getByLabel('Name', { exact: true }).fill(PAGE.name);
    await page.getByLabel('Page username').fill('haldenhome');
    await page.getByLabel('Page ID').fill(PAGE.pageId);
    await page.getByLabel('Page access token', { exact: true }).fill(PAGE.pageToken);
    await page.getByLabel('App secret', { exact: true }).fill('not it');
    const token = page.getByLabel('Webhook verify token', { exact: true });
    const first = await token.inputValue();
    await page.getByRole('button', { name: 'Generate random token' }).click();
    await look(token).not.toHaveValue(first);
    await applyForm(page, PAGE.name);
    await look(page.getByLabel('Callback URL', { exact: true })).toHaveValue(`${stack.url}/clientweb/fb/webhook`);

    // A wrong secret is told by its row, and mended.
    await page.getByRole('button', { name: 'Test connection' }).first().click();
    await look(checkRow(page, 'App secret')).toContainText('Meta refuses signatures made with this app secret');
    await look(page.getByText('1 check failed')).toBeVisible();
    await page.getByRole('button', { name: 'Replace: App secret' }).click();
    await page.getByLabel('App secret', { exact: true }).fill(PAGE.appSecret);
    await applyForm(page, PAGE.name);
    await look(page.getByLabel('App secret: kept, not shown')).toContainText('b19e');

    // Step 7: subscriptions.
    await page.getByRole('button', { name: 'Subscribe now' }).first().click();
    await look(checkRow(page, 'Page subscription')).toContainText('subscribes every field');
    await look(page.locator('.chip.success', { hasText: 'message_reads' })).toBeVisible();

    await page.getByRole('link', { name: 'Services' }).click();
    await page.getByRole('link', { name: 'New service' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Customer care');
    await addName(page, 'Skills', 'support');
    await applyForm(page, 'Customer care');

    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('link', { name: 'New user' }).first().click();
    await page.getByLabel('User name').fill('hanna');
    await page.getByLabel('Name', { exact: true }).fill('Hanna Kowalczyk');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await addName(page, 'Skills and levels', 'support');
    await applyButton(page).click();
    await look(page.getByText('Is less than 12 characters. Make it 12 characters or more.')).toBeVisible();
    await look(page.getByLabel('Password', { exact: true })).toBeFocused();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Chats at a time').fill('3');
    await applyForm(page, 'hanna');

    // The template, published as `attendant publish` does.
    await apply([{ kind: 'scenario', source: scenario }], 'files');

    await page.getByRole('link', { name: 'Scenarios' }).click();
    await look(page.getByRole('cell', { name: 'mobile-chat' })).toBeVisible();
    await page.getByRole('link', { name: 'Scenario entries' }).click();
    await look(page.getByText('Halden Home has no entry', { exact: false })).toBeVisible();
    await page.getByRole('link', { name: 'New entry' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Halden Home chat');
    await page.getByLabel('Messenger account').selectOption(PAGE.name);
    await page.getByLabel('Scenario', { exact: true }).selectOption('mobile-chat');
    await page.getByLabel('Service', { exact: true }).selectOption('Customer care');
    await applyForm(page, 'Halden Home chat');
    await look(page.getByText('https://m.me/haldenhome')).toBeVisible();

    // A customer writes; the agent answers.
    const { page: desk, watch } = await openWindow(browser, stack.url);
    watches.push(watch);
    await logIn(desk, 'hanna');
    await look(desk.getByRole('link', { name: 'Administration' })).toHaveCount(0);
    await desk.goto('/admin');
    await desk.getByRole('button', { name: 'Go Ready' }).click();
    const nadia = await createPhoneCustomer(stack, PAGE, 'Nadia Rahman');
    await nadia.askForHelp('The globe lamp has a dent');
    await desk.getByRole('button', { name: /Accept/ }).click();
    await desk.getByRole('textbox', { name: /Your reply to/ }).fill('I am sorry. A new one is on its way.');
    await desk.keyboard.press('Enter');
    await expect.poll(() => nadia.received()).toContain('I am sorry. A new one is on its way.');
    await page.getByRole('link', { name: 'Administration' }).first().click();
    await look(page.getByText('Customers can write, and are answered.')).toBeVisible();
  });

  it('gives as an export what the same files give', async () => {
    const onScreen = await readExport();
    for (const place of [
      'entries/Halden%20Home%20chat',
      'services/Customer%20care',
      'accounts/Halden%20Home',
      'users/hanna',
    ])
      expect((await stack.call('DELETE', `/api/v1/${place}`)).status, place).toBe(204);
    await apply(
      [
        {
          kind: 'account',
          name: PAGE.name,
          pageId: PAGE.pageId,
          pageUsername: 'haldenhome',
          pageToken: PAGE.pageToken,
          appSecret: PAGE.appSecret,
        },
        { kind: 'service', name: 'Customer care', skills: ['support'] },
        {
          kind: 'entry',
          name: 'Halden Home chat',
          account: PAGE.name,
          scenario: 'mobile-chat',
          service: 'Customer care',
        },
        {
          kind: 'user',
          username: 'hanna',
          name: 'Hanna Kowalczyk',
          role: 'agent',
          skills: { support: 50 },
          slots: 3,
          password: PASSWORD,
        },
      ],
      'files',
    );
    expect(await readExport()).toEqual(onScreen);
  });
});

describe('two admins', () => {
  it('are told of each other, and neither change is lost', async () => {
    await apply([{ kind: 'service', name: 'Repairs', skills: ['repairs'] }]);
    const [ana, ben] = await Promise.all([openAdministration('ana'), openAdministration('ben')]);
    // Whoever takes over their own desktop ends nobody else's log-in.
    await ana.getByRole('heading', { name: 'Administration' }).last().waitFor();
    for (const page of [ana, ben]) await page.goto('/admin/services/edit/Repairs');
    await ben.getByLabel('Load of a chat').fill('40');
    await ana.getByLabel('Routing group').fill('workshop');
    await applyForm(ana, 'Repairs');
    await applyButton(ben).click();
    const conflict = ben.getByRole('alert', { name: 'Changed by somebody else' });
    await look(conflict).toContainText('Changed by ana');
    await look(conflict.getByRole('row', { name: /Routing group/ })).toContainText('workshop');
    await ben.getByRole('button', { name: 'Keep mine' }).click();
    await applyForm(ben, 'Repairs');
    expect((await readExport()).find((each) => 'name' in each && each.name === 'Repairs')).toMatchObject({
      load: 40,
      group: 'workshop',
    });
  });

  it('are asked before unapplied changes are left, and told what still uses what they delete', async () => {
    const page = await openAdministration('ben');
    await page.goto('/admin/services/edit/Customer%20care');
    await look(page.getByText('Managed by files.', { exact: false })).toBeVisible();
    await page.getByLabel('Load of a chat').fill('30');
    await page.getByRole('link', { name: 'Teams' }).click();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await look(page.getByLabel('Load of a chat')).toHaveValue('30');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await look(page.getByRole('dialog')).toContainText('is used by entry "Halden Home chat"');
  });
});

describe('a log-in that ends while somebody edits', () => {
  it('loses nothing that was written, secrets included', async () => {
    const page = await openAdministration('ana');
    await page.goto('/admin/secrets/new');
    await page.getByLabel('Name', { exact: true }).fill('crm');
    await page.getByLabel('Value', { exact: true }).fill('a secret that was typed');
    const { items } = (await stack.call('GET', '/api/v1/sessions?username=ana')).body;
    for (const { id } of items) await stack.call('DELETE', `/api/v1/sessions/${id}`);
    await page.getByText('You were logged out').or(applyButton(page)).first().waitFor();
    // The page may find out by itself at any moment: it is pressed if it is still there, in one breath.
    await page.evaluate("document.querySelector('button[form=item-form]')?.click()");
    await page.getByText('You were logged out').waitFor();
    await enterAdministration(page, 'ana');
    await look(page.getByLabel('Value', { exact: true })).toHaveValue('a secret that was typed');
    await look(page.getByText('Your changes from before are still here.', { exact: false })).toBeVisible();
    await applyForm(page, 'crm');
  });
});

describe('the keyboard alone', () => {
  it('adds a label', async () => {
    const page = await openAdministration('ana');
    await page.goto('/admin/labels');
    await page.getByRole('link', { name: 'New label' }).first().waitFor();
    const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent.trim()');
    for (let tabs = 0; tabs < 60 && (await focused()) !== 'New label'; tabs++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).waitFor();
    for (let tabs = 0; tabs < 60; tabs++) {
      if (
        await page.getByLabel('Name', { exact: true }).evaluate((field) => field === field.ownerDocument.activeElement)
      )
        break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('VIP');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Red');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('VIP is in force').first().waitFor();
    expect((await readExport()).find(({ kind }) => kind === 'label')).toEqual({
      kind: 'label',
      name: 'VIP',
      colour: 'red',
      hidden: true,
    });
  });
});

const PLACES = [
  '',
  '/accounts',
  '/accounts/edit/Halden%20Home',
  '/entries',
  '/entries/edit/Halden%20Home%20chat',
  '/scenarios',
  '/services/edit/Repairs',
  '/groups/new',
  '/hours/new',
  '/chat-settings',
  '/retention',
  '/users',
  '/users/edit/hanna',
  '/roles',
  '/roles/new',
  '/teams/new',
  '/skills',
  '/not-ready-reasons',
  '/canned-responses/new',
  '/dispositions/edit/Repairs',
  '/labels',
  '/contact-fields/new',
  '/case-statuses',
  '/webhooks/new',
  '/bots/new',
  '/models/new',
  '/secrets',
  '/tokens',
  '/audit',
  '/system',
];

/** Goes there as a link does: nothing is loaded anew. */
async function show(page: Page, place: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', '/admin${place}'); dispatchEvent(new PopStateEvent('popstate'))`);
  await page.locator('.admin-head h1, .scenarios-head h1').first().waitFor();
  // What is asked for when a screen opens has come, or its skeleton is there.
  await page.waitForTimeout(250);
}

describe('every screen', () => {
  it('is without findings of axe, light and dark', async () => {
    const page = await openAdministration('ana');
    const found: string[] = [];
    for (const place of PLACES) {
      await show(page, place);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        // The navigation is the same everywhere.
        found.push(
          ...(await axeFindings(page, { settleMs: 0, within: place === '' ? 'body' : '.admin-pane' })).map(
            (each) => `${place} ${colorScheme} ${each}`,
          ),
        );
      }
    }
    expect(found).toEqual([]);
  });

  it('has no sideways scroll at 320 px, and says everything in German', async () => {
    const page = await openAdministration('ana', { viewport: { width: 320, height: 700 } });
    await page.evaluate(
      `localStorage.setItem('attendant.settings', JSON.stringify({ state: { language: 'de' }, version: 0 }))`,
    );
    await page.reload();
    const wide: string[] = [];
    const english: string[] = [];
    for (const place of PLACES) {
      await show(page, place);
      const [inner, outer] = (await page.evaluate(
        '[Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll(".admin-main, .admin-scroll, .admin-form, .admin-head")].map((each) => each.scrollWidth)), innerWidth]',
      )) as [number, number];
      if (inner > outer) wide.push(`${place} ${inner}`);
      const labels = await page.locator('.admin button:visible, .admin h1, .admin h2, .admin .label').allInnerTexts();
      english.push(
        ...labels.filter((label) => ENGLISH.some((word) => label.includes(word))).map((label) => `${place} ${label}`),
      );
    }
    expect({ wide, english }).toEqual({ wide: [], english: [] });
  });

  it('keeps its content security policy and asks nobody else', () => {
    expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    expect(watches.flatMap(({ foreign }) => foreign)).toEqual([]);
  });
});

/** Words of the English catalogue that stand on these pages. */
const ENGLISH = [
  'Apply',
  'Delete',
  'Settings',
  'Skills',
  'Hours',
  'Entry',
  'Users',
  'Search',
  'Test connection',
  'Add ',
];
