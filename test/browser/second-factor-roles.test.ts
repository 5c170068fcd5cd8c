import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { MongoClient } from 'mongodb';
import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { axeFindings } from './support/axe-findings.ts';
import { PASSWORD } from './support/halden-home.ts';
import { openAdministration } from './support/open-administration.ts';
import { fillLogIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

const STEP_MS = 30_000;
/** What no two words of a title could be broken at. */
const LONG_TITLE = 'Qualitätssicherungsverantwortliche der Kundenbetreuung';

let stack: RunningStack;
let browser: Browser;
const watches: Watch[] = [];

beforeAll(async () => {
  const env = { ATTENDANT_SECOND_FACTOR_ROLES: 'operator' };
  [stack, browser] = await Promise.all([startRunningStack({ env }), openBrowser()]);
  await apply([
    { kind: 'user', username: 'ana', name: 'Ana Lind', role: 'admin', password: PASSWORD },
    { kind: 'user', username: 'otto', name: 'Otto Falk', role: 'operator', password: PASSWORD },
    { ...quality(true), title: LONG_TITLE },
    ...['quinn', 'quentin'].map((username) => ({ kind: 'user', username, role: 'quality', password: PASSWORD })),
    { kind: 'role', name: 'people', privileges: ['see-contacts'] },
    { kind: 'user', username: 'paul', name: 'Paul Ek', role: 'people', password: PASSWORD },
    { kind: 'role', name: 'graders', privileges: ['see-team-chats', 'grade-chats'], requireSecondFactor: true },
    { kind: 'user', username: 'greta', role: 'graders', password: PASSWORD },
  ]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const quality = (requireSecondFactor: boolean) => ({
  kind: 'role',
  name: 'quality',
  privileges: ['see-team-chats', 'read-records', 'grade-chats'],
  requireSecondFactor,
});

async function apply(documents: object[]): Promise<void> {
  const { status, body } = await stack.call('POST', '/api/v1/configuration/apply', {
    body: { documents, source: 'console' },
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

async function open(options?: BrowserContextOptions): Promise<Page> {
  const { page, watch } = await openWindow(browser, stack.url, options);
  watches.push(watch);
  return page;
}

/** In light and in dark. */
async function expectSound(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page), `${what}, ${colorScheme}`).toEqual([]);
  }
}

const codeOf = (key: string, aheadMs = 0): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + aheadMs });

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Sets it up on the page that asks for it; gives the key. A log-in after it takes the code of the next half minute. */
async function setUp(page: Page): Promise<string> {
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await look(page.locator('.qr svg')).toBeVisible();
  const key = (await page.locator('code').innerText()).replaceAll(' ', '');
  await page.getByLabel('Code that it shows').fill(codeOf(key));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  return key;
}

describe('whose role requires a second factor', () => {
  it('is led to set it up, by the keyboard alone, and on to where they wanted to be', async () => {
    const page = await open();
    await page.goto('/records?service=none');
    await page.getByLabel('User name').fill('quinn');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await look(heading(page, 'Set up your second factor')).toBeVisible();
    await look(page.getByText(LONG_TITLE)).toBeVisible();
    expect(await page.locator('nav.rail').count()).toBe(0);
    await expectSound(page, 'the password');
    await look(page.getByLabel('Your password')).toBeFocused();
    await page.keyboard.type('not it');
    await page.keyboard.press('Enter');
    await look(page.getByText('is not your password')).toBeVisible();
    await page.getByLabel('Your password').fill('');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await look(page.locator('.qr svg')).toBeVisible();
    await expectSound(page, 'the key');
    const key = (await page.locator('code').innerText()).replaceAll(' ', '');
    await look(page.getByLabel('Code that it shows')).toBeFocused();
    await page.keyboard.type(codeOf(key));
    await page.keyboard.press('Enter');
    await look(heading(page, 'Your recovery codes')).toBeVisible();
    expect(await page.locator('.recovery-codes li').count()).toBe(10);
    await expectSound(page, 'recovery codes');
    const kept = page.getByRole('button', { name: 'I have kept them' });
    for (const name of ['Copy all', 'Save as a file']) {
      await page.keyboard.press('Tab');
      await look(page.getByRole('button', { name })).toBeFocused();
    }
    await page.keyboard.press('Tab');
    await look(kept).toBeFocused();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/records?service=none');
    await look(page.locator('nav.rail')).toBeVisible();

    await page.goto('/settings');
    await look(page.getByText('Your role requires it: it stays on.')).toBeVisible();
    expect(await page.getByRole('button', { name: 'Turn off…' }).count()).toBe(0);
    await expectSound(page, 'the settings');

    const later = await open();
    await fillLogIn(later, 'quinn');
    await later.getByRole('textbox', { name: 'Code from your authenticator' }).fill(codeOf(key, STEP_MS));
    await later.keyboard.press('Enter');
    await later.getByRole('button', { name: 'Take over here' }).click();
    await later.waitForURL('**/records');
  });

  it('sees nothing else, whatever place they open, and can log out', async () => {
    const page = await open();
    await fillLogIn(page, 'otto');
    await look(heading(page, 'Set up your second factor')).toBeVisible();
    for (const place of ['/supervision', '/admin/system', '/chats']) {
      await page.goto(place);
      await page.waitForURL(`**/second-factor?to=*`);
      await look(heading(page, 'Set up your second factor')).toBeVisible();
    }
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('**/login?to=*');
    await look(page.getByLabel('User name')).toBeVisible();
  });

  it('is led there also where they are logged in when the role begins to require it, and comes back after it', async () => {
    const page = await open();
    await fillLogIn(page, 'paul');
    await page.waitForURL('**/contacts');
    await look(page.locator('nav.rail')).toBeVisible();
    await apply([{ kind: 'role', name: 'people', privileges: ['see-contacts'], requireSecondFactor: true }]);
    await look(heading(page, 'Set up your second factor')).toBeVisible();
    await setUp(page);
    await page.waitForURL('**/contacts');
    await look(page.locator('nav.rail')).toBeVisible();
  });

  it('logs in again where it is on already and this session was without it', async () => {
    const page = await open();
    await fillLogIn(page, 'greta');
    await look(heading(page, 'Set up your second factor')).toBeVisible();
    const key = await setUp(page);
    await page.waitForURL('**/evaluations');
    await look(page.locator('nav.rail')).toBeVisible();
    // The api comes back, and its sessions are as those were that did not tell what had secured them: no socket is let in.
    const dead = await stack.kill('api');
    const client = await MongoClient.connect((await stack.readFile())['mongo']?.uri ?? '');
    await client
      .db()
      .collection('sessions')
      .updateMany({ username: 'greta' }, { $unset: { securedBy: '' } });
    await client.close();
    await stack.untilRestarted('api', dead);
    await look(heading(page, 'Log in again')).toBeVisible();
    await expectSound(page, 'logging in again');
    await page.getByRole('button', { name: 'To the log-in' }).click();
    await page.getByLabel('User name').fill('greta');
    await page.locator('[name=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Code from your authenticator' }).fill(codeOf(key, STEP_MS));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/evaluations');
  });

  it('finds room on a phone of 320 px, in German', async () => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale: 'de-DE' });
    await fillLogIn(page, 'quentin');
    await look(heading(page, 'Richten Sie Ihren zweiten Faktor ein')).toBeVisible();
    const fits = async () => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await fits();
    await page.getByLabel('Ihr Passwort').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await look(page.locator('.qr svg')).toBeVisible();
    await fits();
    const key = (await page.locator('code').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code, den sie zeigt').fill(codeOf(key));
    await page.keyboard.press('Enter');
    await look(heading(page, 'Ihre Wiederherstellungscodes')).toBeVisible();
    await fits();
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('the page of roles', () => {
  it('switches it on, as a file would say it, and tells it of those that ship', async () => {
    const page = await openAdministration({ stack, browser, watches }, 'ana');
    await page.goto('/admin/roles/edit/quality');
    const required = page.getByRole('switch', { name: 'Requires a second factor' });
    await look(required).toBeChecked();
    await required.uncheck();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByText('quality is in force').first().waitFor();
    const written = async () =>
      (await stack.call('GET', '/api/v1/configuration')).body.documents.find(
        ({ kind, name }: { kind: string; name: string }) => kind === 'role' && name === 'quality',
      );
    expect(await written()).not.toHaveProperty('requireSecondFactor');
    await page.reload();
    await look(required).not.toBeChecked();
    await required.check();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect.poll(written, { timeout: 60_000 }).toMatchObject({ requireSecondFactor: true });
    await expectSound(page, 'the form');
    await page.goto('/admin/roles');
    const operator = page.locator('details').filter({ has: page.locator('summary', { hasText: 'Operator' }) });
    await operator.locator('summary').click();
    await look(operator.getByText('Requires a second factor: the settings of this installation say so.')).toBeVisible();
    const agent = page.locator('details').filter({ has: page.locator('summary', { hasText: 'Agent' }) });
    await agent.locator('summary').click();
    await look(agent.getByText('Is offered chats, answers them and begins new ones.')).toBeVisible();
    expect(await agent.getByText('Requires a second factor').count()).toBe(0);
  });
});

describe('every page', () => {
  it('keeps its content security policy and asks nobody else', () => {
    expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    expect(watches.flatMap(({ foreign }) => foreign)).toEqual([]);
  });
});
