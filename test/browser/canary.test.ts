import type { Browser, Page } from '@playwright/test';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedEnded } from '../api/support/seed-ended.ts';
import { startRunningStack, unique, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { axeFindings } from './support/axe-findings.ts';
import { PASSWORD, setUpHaldenHome } from './support/halden-home.ts';
import { look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

const SCENARIO = 'mobile-chat';
const admin = unique('dana');
let stack: RunningStack;
let browser: Browser;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  await setUpHaldenHome(stack);
  const documents = [{ kind: 'user', username: admin, name: 'Dana Berg', role: 'admin', password: PASSWORD }];
  await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

const call = (method: string, path: string, body?: object) =>
  stack.call(method, `/api/v1/scenarios/${SCENARIO}/${path}`, body && { body });

async function openBuilder(options: Parameters<typeof openWindow>[2] = {}): Promise<Page> {
  const { context, page, watch } = await openWindow(browser, stack.url, options);
  watches.push(watch);
  const response = await context.request.post('/api/v1/session', {
    data: { username: admin, password: PASSWORD },
    headers: { origin: stack.url },
  });
  expect(response.status()).toBe(200);
  await page.goto(`/admin/scenarios/${SCENARIO}`);
  await page.locator('.react-flow__node').first().waitFor();
  return page;
}

/** Drafts what is in force with another farewell. */
async function draftWith(farewell: string): Promise<void> {
  const { version } = (await call('GET', 'versions')).body.items.find(
    ({ isInForce }: { isInForce: boolean }) => isInForce,
  );
  const { source } = (await call('GET', `versions/${version}`)).body;
  const next = (source as string).replace('Thank you for talking to us.', farewell);
  expect((await call('PUT', 'draft', { source: next, revision: 0 })).status).toBe(200);
}

const isSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');

/** The canary does badly: of its conversations all failed, of the others none. */
async function seedBreach(): Promise<void> {
  const { mongo } = await stack.readFile();
  const client = new MongoClient(mongo?.uri ?? '');
  try {
    const { canary, rest, startedAt } = (await call('GET', 'canary')).body;
    const of = { startedAt: Date.parse(startedAt) + 1, count: 60 };
    const named = (version: string): { name: string; version: string } => ({ name: SCENARIO, version });
    const more = { entry: 'Halden Home chat' };
    await seedEnded(client.db(), { ...of, scenario: named(rest.version), more });
    await seedEnded(client.db(), {
      ...of,
      scenario: named(canary.version),
      more: { ...more, endReason: 'scenario-failed' },
    });
  } finally {
    await client.close();
  }
}

describe('a canary in the builder', () => {
  it('is published for a part, watched, taken back by a guardrail, and told of', async () => {
    await draftWith('Good bye from the canary.');
    const page = await openBuilder();
    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByRole('radio', { name: 'All new conversations' }).focus();
    await page.keyboard.press('ArrowRight');
    const percent = page.getByLabel('Part in percent');
    await percent.fill('100');
    await look(page.getByText('A whole number from 1 to 99.')).toBeVisible();
    await percent.fill('25');
    await page.getByLabel('Note').last().fill('A warmer farewell');
    expect(await axeFindings(page), 'dialog').toEqual([]);
    await page.getByRole('button', { name: 'Publish for a part' }).click();
    const bar = page.getByRole('region', { name: 'Canary' });
    await look(bar.getByText('Version 2 is on 25 % of new conversations')).toBeVisible();
    await look(bar.getByText('waits for 50 a side').first()).toBeVisible();
    const part = bar.getByLabel('Part of the new conversations');
    await part.focus();
    await part.selectOption('50');
    await look(bar.getByText('Version 2 is on 50 % of new conversations')).toBeVisible();
    expect(await axeFindings(page), 'bar').toEqual([]);

    await seedBreach();
    await look(bar.getByText('Version 2 was taken back from new conversations')).toBeVisible();
    await look(bar.getByText('more than 5 worse')).toBeVisible();
    expect(await axeFindings(page), 'taken back').toEqual([]);
    await until('the alert', async () =>
      (await stack.call('GET', '/api/v1/alerts?state=open')).body.items.some(
        ({ kind }: { kind: string }) => kind === 'canary-returned',
      ),
    );
    await bar.getByRole('button', { name: 'Show its report' }).click();
    const second = page.locator('.version', { hasText: 'A warmer farewell' });
    await second.getByRole('button', { name: 'Report' }).click();
    const report = page.getByRole('region', { name: 'Report of version 2' });
    await look(report.getByText('Taken back by a guardrail')).toBeVisible();
    await look(report.getByText('Changes since version 1')).toBeVisible();
    await look(report.getByText(/25 % by/)).toBeVisible();
    expect(await axeFindings(page), 'report').toEqual([]);
  });

  it('is finished for all, in the dark and on a phone', async () => {
    await draftWith('Good bye from the third.');
    const { revision } = (await call('GET', 'draft')).body;
    const canary = { percent: 10, guardrails: { errors: null } };
    expect((await call('POST', 'draft/publish', { revision, canary })).status).toBe(200);
    const page = await openBuilder({ colorScheme: 'dark', viewport: { width: 390, height: 844 } });
    const bar = page.getByRole('region', { name: 'Canary' });
    await look(bar.getByText('Version 3 is on 10 % of new conversations')).toBeVisible();
    expect(await axeFindings(page), 'bar').toEqual([]);
    expect(await isSideways(page), '390 px').toBe(false);
    await page.setViewportSize({ width: 320, height: 720 });
    expect(await isSideways(page), '320 px').toBe(false);
    await bar.getByRole('button', { name: 'For all…' }).focus();
    await page.keyboard.press('Enter');
    await look(page.getByRole('heading', { name: 'Put version 3 in force for all' })).toBeVisible();
    expect(await axeFindings(page), 'finish').toEqual([]);
    await page.getByRole('button', { name: 'Put in force for all' }).click();
    await look(page.getByText('Version 3 is in force for all')).toBeVisible();
    await look(bar).toHaveCount(0);
    expect((await call('GET', 'versions')).body.items[0]).toMatchObject({ number: 4, isInForce: true });
  });

  it('asks for nothing from elsewhere', () => {
    expect(watches.flatMap(({ problems, foreign }) => [...problems, ...foreign])).toEqual([]);
  });
});
