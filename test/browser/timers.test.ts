import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage, type SimulatedCustomer } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';
import { axeFindings } from './support/axe-findings.ts';
import { PASSWORD } from './support/halden-home.ts';
import { openAdministration } from './support/open-administration.ts';
import { look, openBrowser, type Watch } from './support/open-browser.ts';

const SCENARIO = `
attendant: 2
scenario: timed
blocks:
  ask:
    title: The order of a customer who takes a long time to think about it
    send-message: { text: "Your order?", wait: { into: order, timeout: 45m } }
    exits: { timeout: late }
  over:
    exit: {}
  late:
    send-message: { text: "Still there?", wait: { timeout: 3h } }
    exits: { timeout: end }
  end:
    exit: {}
`;

let stack: RunningStack;
let browser: Browser;
let customers: SimulatedCustomer[];
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  const account = await createSimulatedPage(stack, { scenario: SCENARIO });
  await stack.call('POST', '/api/v1/configuration/apply', {
    body: {
      documents: [{ kind: 'user', username: 'ana', name: 'Ana Lind', role: 'admin', password: PASSWORD }],
      source: 'console',
    },
  });
  customers = await Promise.all([1, 2, 3].map(() => createSimulatedCustomer(stack, account)));
  for (const customer of customers) {
    await customer.say('Hello');
    await customer.untilReceived('Your order?', 120_000);
  }
  await until(
    'every timer',
    async () => (await stack.call('GET', '/api/v1/timers?kind=question')).body.items?.length === 3,
    120_000,
  );
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function openBoard(options: Parameters<typeof openAdministration>[2] = {}): Promise<Page> {
  const page = await openAdministration({ stack, browser, watches }, 'ana', options);
  await page.goto('/admin/timers');
  await page.locator('.timers > li').first().waitFor();
  return page;
}

const shoot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/timers-${name}.png` });
};

const rows = (page: Page, kind: RegExp) => page.locator('.timers > li').filter({ hasText: kind });

describe('the timer board', () => {
  it('is read in light, dark and on a telephone, and axe finds nothing', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openBoard({ colorScheme });
      expect(await axeFindings(page), colorScheme).toEqual([]);
      await rows(page, /A question times out/)
        .first()
        .getByRole('button', { name: /^Skip/ })
        .click();
      await look(page.getByRole('button', { name: 'Do it for 1' })).toBeEnabled();
      expect(await axeFindings(page), `${colorScheme} dialog`).toEqual([]);
      await shoot(page, `${colorScheme}-dialog`);
      await page.keyboard.press('Escape');
      await look(page.getByRole('dialog')).toHaveCount(0);
      await shoot(page, colorScheme);
      await page.context().close();
    }
    const phone = await openBoard({ viewport: { width: 320, height: 700 }, locale: 'de-DE' });
    await look(rows(phone, /Eine Frage läuft ab/)).toHaveCount(3);
    const widest = await phone.evaluate(
      'Math.max(...[...document.querySelectorAll("html, .admin-main, .admin-scroll, .timers")].map((each) => each.scrollWidth))',
    );
    expect(widest).toBeLessThanOrEqual(320);
    expect(await axeFindings(phone)).toEqual([]);
    await shoot(phone, 'phone');
  });

  it('shows one kind alone', async () => {
    const page = await openBoard();
    await page.getByLabel('Kind').selectOption('window');
    await look(rows(page, /The messaging window closes/)).toHaveCount(3);
    await look(rows(page, /A question times out/)).toHaveCount(0);
    await look(rows(page, /./).first().getByRole('button', { name: /^Now/ })).toBeDisabled();
  });

  it('is worked by keyboard alone: two are ticked, looked at, and fire; the third stays', async () => {
    const page = await openBoard();
    await page.getByLabel('Kind').selectOption('question');
    await look(rows(page, /A question times out/)).toHaveCount(3);
    for (const index of [0, 1]) {
      await rows(page, /./).nth(index).getByRole('checkbox').focus();
      await page.keyboard.press('Space');
    }
    await look(page.getByRole('status').filter({ hasText: '2 chosen' })).toBeVisible();
    await page.locator('.timer-bar').getByRole('button', { name: 'Now' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await look(dialog).toContainText('2 The order of a customer');
    await look(dialog).toContainText('goes to late');
    await dialog.getByRole('button', { name: 'Do it for 2' }).focus();
    await page.keyboard.press('Enter');
    await look(dialog).toContainText('Finished');
    await look(dialog).toContainText('2 done');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().focus();
    await page.keyboard.press('Enter');
    await look(page.getByRole('dialog')).toHaveCount(0);
    await look(page.getByText('Timers fired')).toBeVisible();
    const told = await until(
      'what the customers were told',
      async () => {
        const texts = await Promise.all(customers.map(async (customer) => (await customer.received()).at(-1)));
        return texts.filter((text) => text === 'Still there?').length === 2 ? texts : undefined;
      },
      120_000,
    );
    expect(told.filter((text) => text === 'Your order?')).toHaveLength(1);
    expect(watches.flatMap(({ problems, foreign }) => [...problems, ...foreign])).toEqual([]);
  });
});
