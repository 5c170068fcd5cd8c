import type { Browser, Locator, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRunningStack, unique, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { axeFindings } from './support/axe-findings.ts';
import { createPhoneCustomer, PASSWORD, setUpHaldenHome, type HaldenHome } from './support/halden-home.ts';
import { look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
const admins: [string, string] = [unique('dana'), unique('ana')];
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
  const names = ['Dana Berg', 'Ana Lund'];
  const documents = admins.map((username, index) => ({
    kind: 'user',
    username,
    name: names[index],
    role: 'admin',
    password: PASSWORD,
  }));
  await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

// Each begins with what is in force.
beforeEach(async () => {
  await stack.call('DELETE', '/api/v1/scenarios/mobile-chat/draft');
  // Who edited in a window that was closed holds on for half a minute.
  const lock = '/api/v1/scenarios/mobile-chat/draft/lock';
  const taken = await stack.call('PUT', lock, { body: { editor: 'the-next-test', takeOver: true } });
  expect(taken.status, JSON.stringify(taken.body)).toBe(200);
  await stack.call('DELETE', `${lock}?editor=the-next-test`);
});
// A window that a test left open would keep the others from writing.
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

async function openConsole(
  username: string = admins[0],
  options: Parameters<typeof openWindow>[2] = {},
): Promise<Page> {
  const { context, page, watch } = await openWindow(browser, stack.url, options);
  watches.push(watch);
  const response = await context.request.post('/api/v1/session', {
    data: { username, password: PASSWORD },
    headers: { origin: stack.url },
  });
  expect(response.status()).toBe(200);
  await page.goto('/admin/scenarios');
  return page;
}

const block = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);

async function openScenario(page: Page, name: string): Promise<void> {
  await page.goto(`/admin/scenarios/${name}`);
  await page.locator('.react-flow__node').first().waitFor();
}

/** What the api keeps as the draft, once it holds some words. */
async function draftOf(name: string, words: string): Promise<string> {
  let source = '';
  await until('the draft is kept', async () => {
    const { body } = await stack.call('GET', `/api/v1/scenarios/${name}/draft`);
    source = body.source ?? '';
    return source.includes(words);
  });
  return source;
}

describe('the Scenario Builder', () => {
  it('takes an admin from the template to what a customer reads', async () => {
    const page = await openConsole();
    await page.getByRole('link', { name: 'mobile-chat' }).click();
    await block(page, 'welcome').waitFor();
    await page.getByRole('button', { name: 'Save as…' }).click();
    await page.getByLabel('Title').last().fill('Messenger Chat');
    await page.getByRole('button', { name: 'Save and open' }).click();
    await page.waitForURL(/messenger-chat$/);
    await look(page.getByRole('heading', { level: 1, name: 'Messenger Chat' })).toBeVisible();

    await block(page, 'about').click();
    await page.getByLabel('Text', { exact: true }).fill('What can we do for you today?');
    await page.keyboard.press('Tab');
    const source = await draftOf('messenger-chat', 'today?');
    expect(source, 'comments stay').toContain('# Two minutes for the specialists, then everybody in support.');
    expect(source).toContain(
      `send-message: { text: 'What can we do for you today?', wait: { into: question, timeout: 10m } }`,
    );

    await page.getByRole('button', { name: 'Publish…' }).click();
    await look(page.getByText(/\d+ passed/)).toBeVisible();
    await page.getByLabel('Note').last().fill('Asks for today');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await look(page.getByText('Version 1 is in force')).toBeVisible();

    const entry = { account: 'Halden Home', scenario: 'messenger-chat', service: 'Returns and repairs' };
    const documents = [{ kind: 'entry', name: 'Halden Home chat', ...entry }];
    const applied = await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
    expect(applied.status, JSON.stringify(applied.body)).toBe(200);
    const erik = await createPhoneCustomer(stack, home, 'Erik Holm');
    await erik.say('Hello');
    await until('the customer reads the new words', async () =>
      (await erik.received()).includes('What can we do for you today?'),
    );

    // The next version reaches him in the middle of the question.
    const text = await stack.call('GET', `/api/v1/scenarios/messenger-chat/versions`);
    const { version } = text.body.items[0];
    const published = (await stack.call('GET', `/api/v1/scenarios/messenger-chat/versions/${version}`)).body.source;
    const next = (published as string).replace('Thank you for talking to us.', 'Good bye from the second version.');
    await stack.call('PUT', '/api/v1/scenarios/messenger-chat/draft', { body: { source: next, revision: 0 } });
    await openScenario(page, 'messenger-chat');
    await page.getByRole('button', { name: 'Publish…' }).click();
    await look(page.getByText('1 conversation goes on')).toBeVisible();
    await page.getByRole('radio', { name: 'Move' }).click();
    await look(page.getByText('Waits on, not asked again · 1')).toBeVisible();
    expect(await axeFindings(page), 'move').toEqual([]);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('tab', { name: 'Versions' }).click();
    const moves = page.getByRole('region', { name: 'Moved conversations' });
    await look(moves.getByText('1 moved')).toBeVisible();
    await erik.say('bye');
    await until('the customer reads what the second version says', async () =>
      (await erik.received()).includes('Good bye from the second version.'),
    );

    // What he did is on the canvas.
    const traffic = page.getByRole('group', { name: 'Traffic' });
    await traffic.getByRole('button', { name: 'Show what real conversations did' }).click();
    await look(traffic.getByRole('status')).toHaveText('1 conversation');
    const walked = page.locator('.react-flow__node', { has: page.locator('.blk-traffic', { hasText: '1' }) });
    expect(await walked.count()).toBeGreaterThan(1);
    await look(page.locator('.ex-count', { hasText: '1' }).first()).toBeVisible();
    await traffic.getByRole('radio', { name: '7 days' }).click();
    await look(traffic.getByRole('status')).toHaveText('1 conversation');
    await traffic.getByRole('button', { name: 'Hide what real conversations did' }).click();
    await look(page.locator('.blk-traffic')).toHaveCount(0);
  });

  it('is worked with keys alone: a block found, put in, written, wired, undone', async () => {
    const page = await openConsole();
    await openScenario(page, 'mobile-chat');
    await block(page, 'welcome').focus();
    await page.keyboard.press('Enter');
    await look(page.getByRole('heading', { level: 2, name: 'Welcome' })).toBeVisible();
    await block(page, 'welcome').focus();
    await page.keyboard.press('a');
    await page.keyboard.type('wait');
    await page.keyboard.press('Enter');
    await look(block(page, 'wait')).toBeFocused();
    await page.keyboard.press('Enter');
    const goesTo = page.getByLabel('Where “next” goes');
    await goesTo.focus();
    await goesTo.selectOption('closed');
    const source = await draftOf('mobile-chat', 'next: closed');
    expect(source).toMatch(
      /writing\.' }\n(?:\n {2}# The next message[^\n]*\n)?\n? {2}wait:\n {4}wait: \{ for: '2s' \}\n {4}next: closed/,
    );
    await block(page, 'wait').focus();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await look(block(page, 'wait')).toHaveCount(0);
    await block(page, 'welcome').focus();
    await page.keyboard.press('Control+y');
    await look(block(page, 'wait')).toHaveCount(1);
    await block(page, 'wait').focus();
    await page.keyboard.press('Delete');
    await look(block(page, 'wait')).toHaveCount(0);
  });

  it('draws what the text says, shows what is wrong where it is, and undoes both sides in one row', async () => {
    const page = await openConsole(admins[0]);
    await openScenario(page, 'mobile-chat');
    await page.getByRole('tab', { name: 'YAML' }).click();
    const text = page.getByRole('textbox', { name: 'Text of the scenario' });
    await text.waitFor();
    await page.getByText('title: Nobody is here').click();
    await page.keyboard.press('End');
    await page.keyboard.type(' now');
    await look(block(page, 'closed')).toContainText('Nobody is here now');
    await block(page, 'thanks').click();
    await look(block(page, 'thanks')).toBeFocused();
    await page.keyboard.press('Delete');
    await look(block(page, 'thanks')).toHaveCount(0);
    await block(page, 'about').focus();
    await page.keyboard.press('Control+z');
    await look(block(page, 'thanks')).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await look(block(page, 'closed')).toHaveAttribute('aria-label', 'Send Message: Nobody is here');
    await page.getByText('{ timeout: thanks }').click();
    await page.keyboard.press('Home');
    await page.keyboard.type('nonsense');
    await look(page.getByRole('region', { name: 'Problems' }).getByText(/1 error/)).toBeVisible();
    await page.keyboard.press('Control+z');
  });

  it('plays the draft, and keeps the chat as a test that runs', async () => {
    const page = await openConsole();
    await openScenario(page, 'mobile-chat');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('button', { name: 'Begin' }).click();
    for (const words of ['Hello', 'bye']) {
      await page.getByLabel('Write as Ada').fill(words);
      await page.keyboard.press('Enter');
      await look(page.getByRole('log').getByText(words, { exact: true })).toBeVisible();
    }
    await look(page.getByRole('log').getByText('Thank you for talking to us.')).toBeVisible();
    await look(block(page, 'topic').locator('.blk.ran')).toHaveCount(1);
    await page.getByRole('button', { name: 'Step back' }).click();
    await look(page.getByRole('log').getByText('bye', { exact: true })).toHaveCount(0);
    await page.getByRole('button', { name: 'Save as test' }).click();
    await page.getByRole('button', { name: 'Run the tests' }).click();
    await look(page.getByText('passed', { exact: true })).toBeVisible();
    await look(page.getByText(/They go through \d+ % of the blocks/)).toBeVisible();
  });

  it('lets one admin write at a time, and hands over what was written', async () => {
    const dana = await openConsole(admins[0]);
    await openScenario(dana, 'mobile-chat');
    await look(dana.getByText(/edits this scenario/)).toHaveCount(0);
    const ana = await openConsole(admins[1]);
    await openScenario(ana, 'mobile-chat');
    await look(ana.getByText(/Dana Berg edits this scenario/)).toBeVisible();
    await block(ana, 'welcome').click();
    await look(ana.getByLabel('Title').last()).toBeDisabled();
    await block(dana, 'found').click();
    await dana.getByLabel('Title').last().fill('Written by Dana');
    await dana.keyboard.press('Tab');
    await draftOf('mobile-chat', 'Written by Dana');
    await ana.getByRole('button', { name: 'Take over' }).click();
    await look(block(ana, 'found')).toContainText('Written by Dana');
    await block(ana, 'found').click();
    await ana.getByLabel('Title').last().fill('Written by Ana');
    await ana.keyboard.press('Tab');
    await draftOf('mobile-chat', 'Written by Ana');
    await look(dana.getByText(/Ana Lund edits this scenario/)).toBeVisible();
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing in %s', (colorScheme) => {
  it('in the list, on the canvas, in each tab, menu and dialog', async () => {
    const page = await openConsole(admins[0], { colorScheme });
    await page.goto('/admin/scenarios');
    await page.getByRole('link', { name: 'mobile-chat' }).waitFor();
    expect(await axeFindings(page), 'list').toEqual([]);
    await page.getByRole('button', { name: 'New scenario' }).click();
    await page.getByText('Mobile Chat', { exact: true }).waitFor();
    expect(await axeFindings(page), 'new').toEqual([]);
    await page.keyboard.press('Escape');
    await openScenario(page, 'mobile-chat');
    expect(await axeFindings(page), 'canvas').toEqual([]);
    await page.getByRole('button', { name: 'Show what real conversations did' }).click();
    await look(page.getByRole('group', { name: 'Traffic' }).getByRole('status')).toContainText('conversation');
    expect(await axeFindings(page), 'traffic').toEqual([]);
    for (const id of ['find', 'topic', 'about']) {
      await block(page, id).click();
      expect(await axeFindings(page), id).toEqual([]);
    }
    await page.getByRole('button', { name: 'Put in a variable' }).first().click();
    expect(await axeFindings(page), 'variables').toEqual([]);
    await page.keyboard.press('Escape');
    for (const tab of ['YAML', 'Versions', 'Try it', 'Tests']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await axeFindings(page), tab).toEqual([]);
    }
    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByLabel('Note').last().waitFor();
    expect(await axeFindings(page), 'publish').toEqual([]);
  });
});

describe('the page of the builder', () => {
  it('costs 650 KiB at most beside the layout’s thread', async () => {
    // A page of its own: what the list of scenarios still loads is not the builder's.
    const page = await (await openConsole()).context().newPage();
    const bytesOf = new Map<string, number>();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/assets/') && !pathname.includes('elk-worker'))
        bytesOf.set(pathname, Number(response.headers()['content-length'] ?? 0));
    });
    await openScenario(page, 'mobile-chat');
    await look(
      page
        .getByRole('region', { name: 'Problems' })
        .getByText(/problem|warning/i)
        .first(),
    ).toBeVisible();
    const bytes = [...bytesOf.values()].reduce((sum, each) => sum + each, 0);
    expect(bytes / 1024).toBeGreaterThan(300);
    expect(bytes / 1024).toBeLessThanOrEqual(650);
  });

  it('has done nothing that its policy forbids, and asked nobody else for anything', () => {
    expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    expect(watches.flatMap(({ foreign }) => foreign)).toEqual([]);
  });
});
