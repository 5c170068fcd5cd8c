import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { setUpHaldenHome, type HaldenHome } from './support/halden-home.ts';
import { fillLogIn, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';
import { seedHistory } from './support/seed-history.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let page: Page;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
  const { mongo } = await stack.readFile();
  const cast = { services: ['Returns and repairs', 'Billing'], agents: home.agents, pageId: home.pageId };
  await seedHistory(mongo?.uri ?? '', cast, 120);
  page = await openWindowOf();
  await fillLogIn(page, 'sofia');
  await page.getByRole('heading', { name: 'Services' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

async function openWindowOf(): Promise<Page> {
  const { page: opened, watch } = await openWindow(browser, stack.url);
  watches.push(watch);
  return opened;
}

const table = (): ReturnType<Page['getByRole']> => page.getByRole('table');
const total = (): ReturnType<Page['getByRole']> => page.getByRole('row', { name: /^Total/ });

describe('a supervisor who reads reports', () => {
  it('goes there by rail and tabs, chooses one, its time and its filters, and finds all of it in the address', async () => {
    await page.getByRole('link', { name: 'Supervisor' }).click();
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.getByRole('heading', { name: 'Service in time', level: 2 }).waitFor();
    await table().waitFor();
    await page.getByRole('link', { name: 'Bot containment and hand-overs' }).click();
    await page.getByRole('radio', { name: '30 days' }).click();
    await page.getByRole('radio', { name: 'Whole time' }).click();
    await page.getByRole('combobox', { name: 'Service' }).selectOption('Returns and repairs');
    await look(page).toHaveURL(/\/reports\/bot-containment\?.*bucket=all.*service=Returns/);
    await look(total()).toContainText(/\d/);
    // Until the new answer is there the one before is shown, marked as busy.
    await look(page.locator('.report-stale')).toHaveCount(0);
    const shown = await table().innerText();
    await page.reload();
    await look(total()).toContainText(/\d/);
    expect(await table().innerText()).toBe(shown);
    await page.getByText('Times in Europe/Stockholm').waitFor();
  });

  it('opens a number by keys, counts as many conversations as it says, opens one of them, and comes back to the same report', async () => {
    const asked = total().getByRole('button', { name: /^Asked in vain, Total/ });
    await asked.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Asked in vain: conversations' });
    await drawer.getByRole('link').first().waitFor();
    expect(await drawer.getByRole('link').count()).toBe(Number(await asked.innerText()));
    await page.keyboard.press('Escape');
    await look(asked).toBeFocused();
    const address = page.url();
    await asked.click();
    await drawer.getByRole('link').first().click();
    await page.waitForURL(/\/records\/[^/]+$/);
    // Until the record is there the report is, with a heading of its own.
    await page.locator('.rec-head').waitFor();
    await page.goBack();
    await look(total()).toContainText(/\d/);
    expect(page.url()).toBe(address);
  });

  it('says of every figure how it is counted, and gives the table as CSV', async () => {
    await page.getByText('How it is counted').click();
    await page.getByText('Conversations that an agent began are not counted.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.split('\r\n')[0]).toMatch(/^\uFEFFentry,scenario,conversations,contained,/);
    expect(csv.trimEnd().split('\r\n').length).toBe((await table().locator('tbody tr').count()) + 1);
  });

  it.each(['light', 'dark'] as const)('finds nothing in the way of anybody, by axe, in %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.getByRole('radio', { name: 'Week' }).click();
    await look(total()).toContainText(/\d/);
    await total().getByRole('button').first().click();
    await page.getByRole('dialog').getByRole('link').first().waitFor();
    await page.waitForTimeout(500);
    await expectNoViolations();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expectNoViolations();
    await page.emulateMedia({ colorScheme: null });
  });

  it.each([320, 720, 1024])('has no sideways scroll at %i px, and every report at hand', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const [inner, outer] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
      number,
      number,
    ];
    expect(inner).toBeLessThanOrEqual(outer);
    if (width <= 720) {
      await page.getByRole('combobox', { name: 'Reports' }).selectOption('Agent performance');
      await page.getByRole('heading', { name: 'Agent performance', level: 2 }).waitFor();
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('is nobody whom an agent could be: the page sends agents to their chats', async () => {
    const agent = await openWindowOf();
    await logIn(agent, home.agents[0]);
    await agent.goto('/reports');
    await agent.waitForURL('**/chats');
    expect(await agent.getByRole('link', { name: 'Reports' }).count()).toBe(0);
  });

  it('has broken no policy and asked nobody else', () => {
    expect(watches.flatMap(({ problems, foreign }) => [...problems, ...foreign])).toEqual([]);
  });
});

async function expectNoViolations(): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}
