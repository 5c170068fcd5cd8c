import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { axeFindings } from './support/axe-findings.ts';
import { createPhoneCustomer, setUpHaldenHome, type HaldenHome } from './support/halden-home.ts';
import { becomeReady, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
/** A chat that is open at the agent's, with several kinds of messages. */
let chat = '';
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
  const page = await openDesktop();
  await becomeReady(page);
  const nadia = await createPhoneCustomer(stack, home, 'Nadia Rahman');
  await nadia.askForHelp('The globe lamp has a dent');
  await page.getByRole('button', { name: /Accept/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Nadia Rahman' }).waitFor();
  chat = new URL(page.url()).pathname;
  await page.getByRole('textbox', { name: /Your reply to/ }).fill('I am sorry.');
  await page.keyboard.press('Enter');
  await nadia.send({
    attachments: [
      { type: 'location', title: 'Lindholmsallén 12, Göteborg', coordinates: { lat: 57.7066, long: 11.9384 } },
    ],
  });
  await nadia.send({
    attachments: [{ type: 'fallback', title: 'Globe table lamp', url: 'https://haldenhome.example/globe-lamp' }],
  });
  await page.locator('.attach').nth(1).waitFor();
  await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

async function openDesktop(options: Parameters<typeof openWindow>[2] = {}): Promise<Page> {
  const { page, watch } = await openWindow(browser, stack.url, options);
  watches.push(watch);
  await logIn(page, home.agents[0]);
  return page;
}

describe.each(['light', 'dark'] as const)('axe finds nothing in %s', (colorScheme) => {
  it('at the door', async () => {
    const { page, watch } = await openWindow(browser, stack.url, { colorScheme });
    watches.push(watch);
    await page.goto('/login');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').filter({ hasText: 'Write your user name' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  });

  it('on the desktop, in each tab, menu and dialog', async () => {
    const page = await openDesktop({ colorScheme });
    await page.waitForTimeout(500);
    expect(await axeFindings(page), 'home').toEqual([]);
    await page.goto(chat);
    await page.getByText('I am sorry.').first().waitFor();
    expect(await axeFindings(page), 'conversation').toEqual([]);
    for (const tab of ['History', 'Wrap-up', 'Profile']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await axeFindings(page), tab).toEqual([]);
    }
    await page.keyboard.press('Alt+KeyN');
    expect(await axeFindings(page), 'note').toEqual([]);
    await page.keyboard.press('Alt+KeyN');
    const opened: [string, () => Promise<void>][] = [
      ['state menu', () => page.getByRole('button', { name: /Your state/ }).click()],
      ['user menu', () => page.getByRole('button', { name: /your profile and settings/ }).click()],
      ['help', () => page.getByRole('button', { name: 'Help and keys' }).click()],
      ['transfer', () => page.getByRole('button', { name: 'Transfer', exact: true }).click()],
      ['flag', () => page.getByRole('button', { name: 'Ask a supervisor to look' }).click()],
      ['customer menu', () => page.getByRole('button', { name: 'More about this customer' }).click()],
      ['emoji', () => page.getByRole('button', { name: 'Emoji', exact: true }).click()],
    ];
    for (const [name, open] of opened) {
      await open();
      expect(await axeFindings(page), name).toEqual([]);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(300);
    }
    await page.locator('.composer textarea').fill('/pick');
    await page.getByRole('listbox').waitFor();
    expect(await axeFindings(page), 'canned responses').toEqual([]);
    await page.locator('.composer textarea').fill('');
    await page.goto('/settings');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await axeFindings(page), 'settings').toEqual([]);
    await page.goto('/no-such-page');
    expect(await axeFindings(page), 'not found').toEqual([]);
    await page.context().close();
  });
});

describe('the keyboard alone', () => {
  it('accepts, writes, steps through the messages and opens the transfer', async () => {
    const page = await openDesktop();
    await becomeReady(page);
    const tom = await createPhoneCustomer(stack, home, 'Tom Reed');
    await tom.askForHelp('Where is my parcel?');
    await page.getByRole('article', { name: 'Offer: Tom Reed' }).waitFor();
    await page.keyboard.press('Alt+KeyA');
    await page.getByRole('heading', { level: 1, name: 'Tom Reed' }).waitFor();
    await look(page.getByRole('textbox', { name: 'Your reply to Tom' })).toBeFocused();
    // What the scenario says at the accept comes before what the agent writes.
    await look(page.locator('.bubble').filter({ hasText: 'will be with you in a moment' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.type('It comes tomorrow.');
    await page.keyboard.press('Enter');
    await look(page.locator('.bubble').filter({ hasText: 'It comes tomorrow.' })).toBeVisible();
    await page.keyboard.press('F6');
    await page.locator('.conv-scroll').focus();
    await page.keyboard.press('ArrowUp');
    await look(page.locator('[data-message]:focus')).toContainText('It comes tomorrow.');
    await page.keyboard.press('Tab');
    await look(page.getByRole('button', { name: 'Copy the text' }).and(page.locator(':focus'))).toBeVisible();
    await page.keyboard.press('Control+ArrowDown');
    await look(page.getByRole('heading', { level: 1, name: 'Nadia Rahman' })).toBeVisible();
    await page.keyboard.press('Alt+KeyT');
    await look(page.getByRole('searchbox', { name: 'Name or skill' })).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+KeyS');
    await look(page.getByRole('menu')).toBeVisible();
    await page.context().close();
  });
});

describe('narrow windows and long words', () => {
  it.each([320, 390, 720, 1024])('has no sideways scroll at %i px', async (width) => {
    const page = await openDesktop({ viewport: { width, height: 800 } });
    for (const place of ['/chats', chat, '/settings', '/login']) {
      await page.goto(place);
      await page.waitForTimeout(600);
      const [inner, outer] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
        number,
        number,
      ];
      expect(inner, `${place} at ${width}`).toBeLessThanOrEqual(outer);
    }
    await page.context().close();
  });

  it.each(['de', 'pseudo'])('says everything in %s, and nothing is cut sideways', async (language) => {
    const page = await openDesktop();
    await page.evaluate(
      `localStorage.setItem('attendant.settings', JSON.stringify({ state: { language: '${language}' }, version: 0 }))`,
    );
    for (const place of [chat, '/settings', '/chats']) {
      await page.goto(place);
      await page.waitForTimeout(800);
      const [inner, outer] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
        number,
        number,
      ];
      expect(inner, place).toBeLessThanOrEqual(outer);
      const labels = await page.locator('button:visible, h2:visible, h3:visible, [role=tab]:visible').allInnerTexts();
      const english = labels.filter((label) => ENGLISH.some((word) => label.includes(word)));
      expect(english, place).toEqual([]);
    }
    await page.context().close();
  });
});

/** Words of the English catalogue that stand on these pages. */
const ENGLISH = [
  'Transfer',
  'Profile',
  'Wrap-up',
  'Reply',
  'Settings',
  'Log out',
  'Appearance',
  'Longest waiting',
  'Contact',
];

describe('every page', () => {
  it('keeps its content security policy and asks nobody else', () => {
    expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    expect(watches.flatMap(({ foreign }) => foreign)).toEqual([]);
  });
});
