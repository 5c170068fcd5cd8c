import type { Browser, Page } from '@playwright/test';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { aConversation } from '../api/support/fake-conversations.ts';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { axeFindings } from './support/axe-findings.ts';
import { setUpHaldenHome, type HaldenHome } from './support/halden-home.ts';
import { openAdministration } from './support/open-administration.ts';
import { fillLogIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SERVICE = 'Returns and repairs';
const RULE = 'Every week, two of each agent, whoever they are and whatever they were asked';
/** Monday two weeks ago: both weeks since are over, however early in this one it is. */
const MONDAY =
  Math.floor((Date.now() - Date.parse('1970-01-05')) / (7 * DAY)) * 7 * DAY + Date.parse('1970-01-05') - 14 * DAY;

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let page: Page;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
  await apply([
    {
      kind: 'evaluation-form',
      name: 'Chat quality',
      questions: [
        { area: 'Opening', question: 'Greets by name', type: 'yes-no', weight: 40 },
        { area: 'Solving', question: 'Understands the request', type: 'scale', weight: 60 },
      ],
    },
  ]);
  await withDatabase(seedChats);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

async function apply(documents: object[]): Promise<void> {
  const { status, body } = await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
  expect(status, JSON.stringify(body)).toBe(200);
}

async function withDatabase(work: (client: MongoClient) => Promise<unknown>): Promise<void> {
  const { mongo } = await stack.readFile();
  const client = new MongoClient(mongo?.uri ?? '');
  try {
    await work(client);
  } finally {
    await client.close();
  }
}

/** Two chats of Amara's two weeks ago, when she had been an agent for long. */
async function seedChats(client: MongoClient): Promise<void> {
  const db = client.db();
  await db.collection('users').updateMany({}, { $set: { createdAt: 0 } });
  const { conversations } = createReadModel(db, Date.now);
  for (const [index, psid] of ['nadia', 'omar'].entries()) {
    const startedAt = MONDAY + (index + 1) * DAY;
    const agent = home.agents[0];
    await conversations.record(
      aConversation({
        conversationId: `chat-of-${psid}`,
        pageId: home.pageId,
        psid,
        service: SERVICE,
        state: 'ended',
        startedAt,
        endedAt: startedAt + HOUR,
        servedBy: [agent],
        segments: [{ number: 1, agent, from: startedAt, to: startedAt + HOUR }],
      }),
    );
  }
}

/** The rule is there since then: as if the two weeks had passed with it. */
async function beThereSinceThen(client: MongoClient): Promise<void> {
  const turns = client.db().collection<{ _id: string; from: number }>('evaluation-draw-turns');
  await turns.updateOne({ _id: RULE }, { $set: { from: MONDAY } }, { upsert: true });
}

const view = (name: string) => page.getByRole('radio', { name, exact: true });
const line = () => page.getByRole('button', { name: /^Amara Osei/ });
const region = (name: string) => page.getByRole('region', { name });

async function expectSound(of: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await of.emulateMedia({ colorScheme });
    expect(await axeFindings(of)).toEqual([]);
  }
  await of.emulateMedia({ colorScheme: null });
  await of.setViewportSize({ width: 320, height: 800 });
  const [inner, outer] = (await of.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [number, number];
  expect(inner).toBeLessThanOrEqual(outer);
  await shoot(of);
  await of.setViewportSize({ width: 1440, height: 900 });
  await shoot(of);
}

let shots = 0;
async function shoot(of: Page): Promise<void> {
  shots += 1;
  const dir = process.env['GRADING_SHOTS'];
  if (dir) await of.screenshot({ path: `${dir}/${shots}.png` });
}

describe('a rule', () => {
  it('is written by an admin in a form', async () => {
    const admin = await openAdministration({ stack, browser, watches }, 'ada');
    await admin.getByRole('link', { name: 'Evaluation assignment' }).click();
    await admin.getByRole('link', { name: 'New rule' }).first().click();
    await admin.getByLabel('Name', { exact: true }).fill(RULE);
    await admin.getByLabel('Form', { exact: true }).selectOption('Chat quality');
    await admin.getByLabel('Evaluators', { exact: true }).selectOption('sofia');
    await expectSound(admin);
    await admin.getByRole('button', { name: 'Apply', exact: true }).click();
    await admin.getByText(`${RULE} is in force`).first().waitFor();
    await withDatabase(beThereSinceThen);
    const { body } = await stack.call('GET', '/api/v1/evaluation-assignment-rules');
    expect(body.items).toEqual([{ name: RULE, form: 'Chat quality', perAgent: 2, evaluators: ['sofia'] }]);
    await admin.context().close();
  });

  it('has drawn what the evaluator finds among what they are to grade, by the keyboard alone', async () => {
    // Processes look every half minute.
    await until(
      'the draw',
      async () => (await stack.call('GET', '/api/v1/evaluation-assignments')).body.items.length === 2,
      120_000,
    );
    const opened = await openWindow(browser, stack.url);
    page = opened.page;
    watches.push(opened.watch);
    await fillLogIn(page, 'sofia');
    await page.getByRole('link', { name: 'Supervisor' }).click();
    await look(page.getByRole('link', { name: /^Evaluations.*2 evaluations that wait for you/ })).toBeVisible();
    await page.getByRole('link', { name: /^Evaluations/ }).focus();
    await page.keyboard.press('Enter');
    await look(view('Evaluations')).toBeVisible();
    await view('Evaluations').focus();
    await page.keyboard.press('ArrowRight');
    await look(view('To grade')).toBeChecked();
    await look(line()).toHaveCount(2);
    await look(line().first()).toContainText('Chat quality');
    await look(line().first()).toContainText(`drawn by “${RULE}”`);
    await look(line().first()).toContainText('Due');
    await expectSound(page);
    await line().first().focus();
    await page.keyboard.press('Enter');
    await look(region('To be graded')).toContainText('Evaluator: Sofia Reyes');
    await expectSound(page);
  });
});

describe('what is drawn', () => {
  it('is graded on its record, and is done then', async () => {
    await page.getByRole('button', { name: 'Grade it now' }).click();
    await page.getByRole('radiogroup', { name: 'Greets by name' }).getByRole('radio', { name: 'Yes' }).click();
    await page.getByRole('radiogroup', { name: 'Understands the request' }).getByRole('radio', { name: '5' }).click();
    await page.getByRole('button', { name: 'Send to Amara Osei' }).click();
    await look(page.getByText('Finished by Sofia Reyes')).toBeVisible();
    await page.getByRole('link', { name: /^Evaluations/ }).click();
    await view('To grade').click();
    await look(line()).toHaveCount(1);
    await view('Done').click();
    await look(line()).toContainText('Graded');
  });

  it('counts as progress of its rule', async () => {
    await view('Rules').click();
    const rule = page.getByRole('article', { name: RULE });
    await look(rule).toContainText('2 stretches of each agent and week by “Chat quality”, for Sofia Reyes.');
    // The week without a chat was drawn, too: its row is above.
    const cells = rule.getByRole('row').last().getByRole('cell');
    await look(cells).toHaveText(['1', '2', '1', '1', '0', '0', '0']);
    await expectSound(page);
  });
});

describe('a stretch', () => {
  it('is given to somebody else by hand, withdrawn, and given out again', async () => {
    await view('To grade').click();
    await line().click();
    const given = region('To be graded');
    await given.getByRole('button', { name: 'Give to somebody else' }).click();
    await given.getByLabel('Evaluator').selectOption({ label: 'Ada Admin' });
    await expectSound(page);
    await given.getByRole('button', { name: 'Give', exact: true }).click();
    await look(given).toContainText('Evaluator: Ada Admin');
    await given.getByRole('button', { name: 'Withdraw' }).click();
    await look(given).toHaveCount(0);
    await page.getByRole('button', { name: 'Have somebody grade it' }).click();
    await page.getByLabel('Evaluator').selectOption({ label: 'Sofia Reyes' });
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await look(given).toContainText('Evaluator: Sofia Reyes');
    const { body } = await stack.call('GET', '/api/v1/evaluation-assignments?evaluator=sofia');
    expect(body.items).toMatchObject([{ assignedBy: { username: 'sofia' }, state: 'open' }]);
  });

  it('is to be graded in German, too', async () => {
    const german = await openAdministration({ stack, browser, watches }, 'ada', { locale: 'de-DE' });
    await german.goto('/evaluations');
    await german.getByRole('radio', { name: 'Zu bewerten' }).click();
    await german.getByRole('radio', { name: 'Von allen' }).click();
    await look(german.getByText('vergeben von Sofia Reyes')).toBeVisible();
    await look(german.getByText(/^Fällig /)).toBeVisible();
  });

  it('has broken no policy and asked nobody else', () => {
    expect(watches.flatMap(({ problems, foreign }) => [...problems, ...foreign])).toEqual([]);
  });
});
