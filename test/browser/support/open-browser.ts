import { existsSync } from 'node:fs';
import {
  chromium,
  expect,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { PASSWORD } from './halden-home.ts';

/** Debian's Chromium, or what else of the kind is installed; nothing is downloaded. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env['CHROMIUM_PATH'] ?? PLACES.find((place) => existsSync(place)) ?? '/usr/bin/chromium';

/** How long a test looks for something before it is told missing: a busy machine is no failure. */
export const PATIENCE = { timeout: 60_000 };

/** Playwright's expectations, with that patience. */
export const look = expect.configure(PATIENCE);

/** What a page must not do. */
export interface Watch {
  /** Errors and refusals of the content security policy. */
  problems: string[];
  /** Requests that went anywhere but to the console's own origin. */
  foreign: string[];
}

/** A browser for tests. */
export function openBrowser(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}

/** A window of its own, as on a machine of its own, whose doings are watched. */
export async function openWindow(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; watch: Watch }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
    baseURL: origin,
    ...options,
  });
  context.setDefaultTimeout(PATIENCE.timeout);
  const watch: Watch = { problems: [], foreign: [] };
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(?:data|blob):/.test(url)) watch.foreign.push(url);
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => watch.problems.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) watch.problems.push(message.text());
  });
  return { context, page, watch };
}

/** Writes name and password, and sends them. */
export async function fillLogIn(page: Page, username: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel(/User name|Benutzername/).fill(username);
  await page.locator('[name=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
}

/** Logs in, and takes the desktop over where it is open elsewhere. */
export async function logIn(page: Page, username: string): Promise<void> {
  await fillLogIn(page, username);
  const takeOver = page.getByRole('button', { name: /Take over here|Hier übernehmen/ });
  await takeOver.or(page.locator('.list-head')).first().waitFor();
  if (await takeOver.isVisible()) await takeOver.click();
  await page.locator('.list-head').waitFor();
}

/**
 * Makes an agent Ready, whatever they were: a desktop that was closed for half a minute is lost, and half a minute later
 * its agent is logged out and keeps no chat.
 */
export async function becomeReady(page: Page): Promise<void> {
  const state = page.getByRole('button', { name: /^Your state: / });
  await state.waitFor();
  if ((await state.getAttribute('aria-label')) !== 'Your state: Ready') {
    await state.click();
    await page.getByRole('menuitem', { name: 'Ready', exact: true }).click();
  }
  await look(page.getByRole('button', { name: 'Your state: Ready' })).toBeVisible();
}
