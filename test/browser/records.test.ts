import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { createPhoneCustomer, setUpHaldenHome, type HaldenHome, type PhoneCustomer } from './support/halden-home.ts';
import { PATIENCE, fillLogIn, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let page: Page;
let li: PhoneCustomer;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
  const agent = await openWindowOf();
  await logIn(agent, home.agents[0]);
  await agent.getByRole('button', { name: 'Go Ready' }).click();
  const nadia = await createPhoneCustomer(stack, home, 'Nadia Rahman');
  await nadia.say('Hello');
  await until('the question', async () => (await nadia.received()).includes('What can we do for you?'));
  // They think about it: a scenario that is over at once is no stretch of the timeline.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await nadia.say('La LÁMPARA tiene una abolladura');
  await agent.getByRole('button', { name: /Accept/ }).click();
  await agent.getByRole('textbox', { name: /Your reply to/ }).fill('We send you a new globe on Friday.');
  await agent.keyboard.press('Enter');
  li = await createPhoneCustomer(stack, home, '王雅婷');
  await li.say('請問訂單什麼時候會送到?');
  page = await openWindowOf();
  await fillLogIn(page, 'sofia');
  await page.getByRole('link', { name: 'Supervisor' }).click();
  await page.getByRole('link', { name: 'Records' }).click();
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

const row = (name: string): ReturnType<Page['getByRole']> => page.getByRole('row', { name: new RegExp(name) });
const words = (): ReturnType<Page['getByRole']> => page.getByRole('searchbox', { name: 'Words of the transcript' });

const value = (): ReturnType<Page['getByRole']> => page.getByRole('slider', { name: 'Moment' });
const here = (): ReturnType<Page['locator']> => page.locator('.replay-blocks [aria-current=step]');

/** A conversation is found a moment after it changed. */
async function search(text: string, found: string): Promise<void> {
  await words().fill(text);
  await page.waitForURL((url) => url.searchParams.get('words') === text);
  // The list before it may show the same conversation: it is found where the word is marked.
  const marked = row(found).locator('mark').first();
  await look(async () => {
    if (!(await marked.isVisible())) await page.reload();
    await look(marked).toBeVisible({ timeout: 5000 });
  }).toPass(PATIENCE);
}

describe('a supervisor', () => {
  it('finds a conversation by a word, whatever its accents and case, and sees where it was said', async () => {
    await search('lampara', 'Nadia Rahman');
    await look(row('Nadia Rahman').locator('mark')).toHaveText('LÁMPARA');
    await look(page.getByRole('status').getByText('1 conversation')).toBeVisible();
    expect(new URL(page.url()).searchParams.get('words')).toBe('lampara');
    await search('送到', '王雅婷');
    await look(row('Nadia Rahman')).toHaveCount(0);
  });

  it('narrows it down, takes a filter away again, and is told where nothing is left', async () => {
    await words().fill('');
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Agent', { exact: true }).selectOption({ label: 'Hanna Kowalczyk' });
    await page.getByText('No conversation is like that').waitFor();
    await page.getByRole('button', { name: 'Without Agent: Hanna Kowalczyk' }).click();
    await page.getByLabel('Agent', { exact: true }).selectOption({ label: 'Amara Osei' });
    await look(row('Nadia Rahman')).toBeVisible();
    await look(row('王雅婷')).toHaveCount(0);
    await page.getByRole('radio', { name: '7 days' }).click();
    await look(row('Nadia Rahman')).toBeVisible();
    await page.getByRole('button', { name: 'Filters, 1 set' }).click();
  });

  it('keeps a search under a name, and finds by it again', async () => {
    const saved = page.getByRole('button', { name: 'Saved searches' });
    await words().fill('globe');
    await look(page).toHaveURL(/words=globe/);
    await saved.click();
    await page.getByRole('menuitem', { name: 'Save this search…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save this search…' });
    await dialog.getByLabel('Name').fill('Broken globes');
    await dialog.getByRole('checkbox').check();
    await expectNoViolations();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await words().fill('');
    await look(page).not.toHaveURL(/words=/);
    await saved.click();
    await page.getByRole('menuitem', { name: 'Broken globes' }).click();
    await look(page).toHaveURL(/words=globe/);
    await look(words()).toHaveValue('globe');
    await row('Nadia Rahman').waitFor();
    await saved.click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Delete Broken globes' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await words().fill('');
    await look(page).not.toHaveURL(/words=/);
  });

  it('takes what is found out as a file by the keyboard, which is known, and deletes it again', async () => {
    await words().fill('globe');
    await look(page).toHaveURL(/words=globe/);
    await look(row('王雅婷')).toHaveCount(0);
    await page.getByRole('button', { name: 'Export', exact: true }).press('Enter');
    await page.getByRole('menuitem', { name: 'As a table (CSV)' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Exports of records' });
    await look(dialog.getByText(/^1 conversation, kept until /)).toBeVisible();
    await look(dialog.getByText('Words: globe')).toBeVisible();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: /^Save CSV, / }).press('Enter'),
    ]);
    expect(file.suggestedFilename()).toMatch(/^records-.*\.csv$/);
    const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('Nadia Rahman');
    const audit = await stack.call('GET', '/api/v1/audit?action=records.export-read');
    expect(JSON.stringify(audit.body)).toContain('"by":"sofia"');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(500);
      await expectNoViolations();
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize({ width: 320, height: 800 });
    await look(dialog).toBeVisible();
    await expectNoSideways();
    await page.setViewportSize({ width: 1440, height: 900 });
    await dialog.getByRole('button', { name: /^Delete CSV, / }).press('Enter');
    await dialog.getByText('You have none. Each is kept for seven days.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await words().fill('');
    await look(page).not.toHaveURL(/words=/);
  });

  it('chooses the columns, which stay chosen', async () => {
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Messages' }).click();
    await page.keyboard.press('Escape');
    await page.reload();
    await look(page.getByRole('columnheader', { name: 'Messages' })).toBeVisible();
  });

  it('reads the record: transcript, timeline, routing, events; and it is known who read it', async () => {
    await row('Nadia Rahman').getByRole('button', { name: 'Nadia Rahman' }).click();
    await look(page.getByRole('heading', { level: 1, name: 'Nadia Rahman' })).toBeVisible();
    await look(page.getByText('We send you a new globe on Friday.').first()).toBeVisible();
    await look(page.getByRole('img', { name: /Timeline: Scenario .*Queue .*Amara Osei/ })).toBeVisible();
    await page.getByRole('tab', { name: 'Routing' }).click();
    await look(page.getByText('reserved: Amara Osei')).toBeVisible();
    await page.getByRole('tab', { name: 'Events' }).click();
    await look(page.getByText('first-answer')).toBeVisible();
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByText('No files were sent.').waitFor();
    await page.getByRole('tab', { name: 'Summary' }).click();
    const audit = await stack.call('GET', '/api/v1/audit?action=transcript.read');
    expect(JSON.stringify(audit.body)).toContain('"by":"sofia"');
  });

  it.each(['light', 'dark'] as const)('finds nothing in the way of anybody, by axe, in %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(500);
    await expectNoViolations();
    await page.getByRole('button', { name: 'Back to the records' }).click();
    await row('Nadia Rahman').waitFor();
    await page.getByRole('button', { name: /^Filters/ }).click();
    await expectNoViolations();
    await page.getByRole('button', { name: /^Filters/ }).click();
    await row('Nadia Rahman').getByRole('button', { name: 'Nadia Rahman' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nadia Rahman' }).waitFor();
    await page.emulateMedia({ colorScheme: null });
  });

  it.each([320, 720, 1024])('has no sideways scroll at %i px, in record and list', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSideways();
    await page.getByRole('button', { name: 'Back to the records' }).click();
    await row('Nadia Rahman').waitFor();
    await expectNoSideways();
    await row('Nadia Rahman').getByRole('button', { name: 'Nadia Rahman' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nadia Rahman' }).waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('sees no time travel: what the world answered is read by admins alone', async () => {
    await look(page.getByRole('tab', { name: 'Files' })).toBeVisible();
    await look(page.getByRole('tab', { name: 'Replay' })).toHaveCount(0);
  });
});

describe('an admin', () => {
  let address: string;

  beforeAll(async () => {
    address = new URL(page.url()).pathname;
    page = await openWindowOf();
    await fillLogIn(page, 'ada');
    await page.getByRole('link', { name: 'Supervisor' }).waitFor();
    await page.goto(`${stack.url}${address}`);
    await page.getByRole('tab', { name: 'Replay' }).click();
    await value().waitFor();
  });

  it('steps a running conversation forward and back by keys, and sees where it stood', async () => {
    await look(page.getByText('The customer writes for the first time')).toBeVisible();
    await look(page.getByRole('list', { name: 'Said by the scenario' })).toContainText('What can we do for you?');
    const first = await here().textContent();
    await value().focus();
    await page.keyboard.press('ArrowRight');
    await look(value()).toHaveAttribute('aria-valuetext', /^Moment 2 of /);
    await look(page.getByText('La LÁMPARA tiene una abolladura').last()).toBeVisible();
    await look(here()).not.toHaveText(first ?? '');
    await page.keyboard.press('End');
    await look(page.getByText('The agent accepts')).toBeVisible();
    await page.getByRole('button', { name: 'A moment back' }).focus();
    await page.keyboard.press('ArrowLeft');
    await look(page.getByText('An agent is found')).toBeVisible();
    await look(page.getByText('reserved: Amara Osei')).toBeVisible();
    await value().focus();
    await page.keyboard.press('Home');
    await look(here()).toHaveText(first ?? '');
  });

  it('takes it home as a test in which nobody is named', async () => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as test' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.test\.yaml$/);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain('What can we do for you?');
    expect(text).not.toMatch(/Nadia|Rahman|Amara|Osei/);
    await look(page.getByText('The test is in your downloads.')).toBeVisible();
  });

  it('helps a running conversation on by hand, by the keyboard: sees what it would come to first', async () => {
    const timesAsked = async () =>
      (await li.received()).filter((text) => text.includes('What can we do for you?')).length;
    await until('the question', async () => (await timesAsked()) === 1);
    const { body } = await stack.call('GET', `/api/v1/conversations?psid=${li.psid}`);
    await page.goto(`${stack.url}/records/${body.items[0].id}`);
    await page.getByRole('tab', { name: 'Replay' }).click();
    const carryOut = page.getByRole('button', { name: 'Carry it out' });
    await page.getByLabel('What to do').selectOption('set-variable');
    await page.getByLabel('Variable', { exact: true }).fill('customer');
    await page.keyboard.press('Enter');
    await look(page.getByText('The world sets this variable.')).toBeVisible();
    await look(carryOut).toHaveCount(0);
    await page.getByLabel('What to do').selectOption('go-to-block');
    await page.getByLabel('Block', { exact: true }).selectOption('about');
    await page.getByRole('button', { name: 'See what it would come to' }).focus();
    await page.keyboard.press('Enter');
    await look(page.getByRole('list', { name: 'It would say' })).toBeVisible();
    await look(page.getByRole('list', { name: 'It would say' })).toHaveText('What can we do for you?');
    await expectNoViolations();
    expect(await timesAsked()).toBe(1);
    await carryOut.focus();
    await page.keyboard.press('Enter');
    await look(page.getByText('Done: it stands in What is it about?')).toBeVisible();
    await until('the question once more', async () => (await timesAsked()) === 2);
    await page.goto(`${stack.url}${address}`);
    await page.getByRole('tab', { name: 'Replay' }).click();
  });

  it.each(['light', 'dark'] as const)('finds nothing in the way of anybody, by axe, in %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await look(value()).toBeVisible();
    await page.waitForTimeout(500);
    await expectNoViolations();
    await page.emulateMedia({ colorScheme: null });
  });

  it('has no sideways scroll on a phone', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    await look(value()).toBeVisible();
    await expectNoSideways();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('holds a record by the keyboard, and everybody who reads it sees that it is held', async () => {
    const mark = page.getByText('On hold', { exact: true });
    await page.getByRole('button', { name: 'Legal hold' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Reason' }).fill('File 7 of the district court');
    await expectNoViolations();
    await page.keyboard.press('Enter');
    await look(mark).toBeVisible();
    await page.setViewportSize({ width: 320, height: 800 });
    await look(mark).toBeVisible();
    await expectNoSideways();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('sees what days would take before they are applied', async () => {
    await page.goto(`${stack.url}/admin/retention`);
    const days = page.getByLabel('Transcripts and records');
    await days.fill('5');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await look(page.getByText(/is too short: give 8 days or more/i)).toBeVisible();
    await days.fill('400');
    await look(page.getByText('With these days nothing goes now.')).toBeVisible();
    await page.keyboard.press('Enter');
    await look(page.getByText('default is in force').first()).toBeVisible();
    await look(page.getByRole('row', { name: /^Transcripts/ })).toContainText('400 days');
    await expectNoViolations();
  });

  it('sees what is held in administration, and releases it', async () => {
    await page.goto(`${stack.url}/admin/holds`);
    const held = page.getByRole('listitem').filter({ hasText: 'File 7 of the district court' });
    await look(held).toContainText('ada');
    await page.setViewportSize({ width: 320, height: 800 });
    await expectNoSideways();
    await page.setViewportSize({ width: 1440, height: 900 });
    await expectNoViolations();
    await held.getByRole('button', { name: /Release/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await look(page.getByText('Nothing is held.')).toBeVisible();
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

async function expectNoSideways(): Promise<void> {
  const [inner, outer] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
    number,
    number,
  ];
  expect(inner).toBeLessThanOrEqual(outer);
}
