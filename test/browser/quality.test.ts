import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { askTheSurvey } from './support/ask-the-survey.ts';
import { createPhoneCustomer, setUpHaldenHome, type HaldenHome, type PhoneCustomer } from './support/halden-home.ts';
import { PATIENCE, fillLogIn, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let nadia: PhoneCustomer;
let agent: Page;
let page: Page;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
  await askTheSurvey(stack);
  await putForm();
  agent = await openWindowOf();
  await logIn(agent, home.agents[0]);
  await agent.getByRole('button', { name: 'Go Ready' }).click();
  nadia = await createPhoneCustomer(stack, home, 'Nadia Rahman');
  await nadia.say('My lamp arrived with a dent');
  await agent.getByRole('button', { name: /Accept/ }).click();
  await agent.getByRole('textbox', { name: /Your reply to/ }).fill('We send you a new globe on Friday.');
  await agent.keyboard.press('Enter');
  await hears('We send you a new globe on Friday.');
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

/** What supervisors evaluate by. */
async function putForm(): Promise<void> {
  const form = {
    kind: 'evaluation-form',
    name: 'Chat quality',
    questions: [
      { area: 'Opening', question: 'Greets by name', type: 'yes-no', weight: 20 },
      { area: 'Solving', question: 'Understands the request', type: 'scale', weight: 60 },
      { area: 'Rules', question: 'No personal data repeated', type: 'yes-no', weight: 20, autoFail: true },
    ],
  };
  const applied = await stack.call('POST', '/api/v1/configuration/apply', { body: { documents: [form] } });
  expect(applied.status, JSON.stringify(applied.body)).toBe(200);
}

async function openWindowOf(): Promise<Page> {
  const { page: opened, watch } = await openWindow(browser, stack.url);
  watches.push(watch);
  return opened;
}

const hears = (text: string): Promise<unknown> =>
  until(text, async () => (await nadia.received()).some((each) => each.includes(text)), 60_000);

/** Opens the record, a moment after it changed, at a tab. */
async function openRecord(tab: string): Promise<void> {
  await page.goto(`${stack.url}/records`);
  await page
    .getByRole('row', { name: /Nadia Rahman/ })
    .getByRole('button')
    .click();
  await page.getByRole('tab', { name: tab }).click();
}

describe('a chat that is over', () => {
  it('is followed by the survey, question by question, on the customer’s phone', async () => {
    await agent.getByRole('button', { name: 'End', exact: true }).click();
    await hears('How content are you?');
    await nadia.say('4');
    await hears('Is it solved?');
    await nadia.say('yes');
    await hears('Thank you, that helps us');
    expect((await nadia.received()).some((text) => text.includes('What went wrong'))).toBe(false);
  });

  it('shows the customer’s answers in its record, and is found by their score', async () => {
    page = await openWindowOf();
    await fillLogIn(page, 'sofia');
    await page.getByRole('link', { name: 'Supervisor' }).click();
    await page.goto(`${stack.url}/records?surveyScore=70-84`);
    await look(async () => {
      await page.reload();
      await look(page.getByRole('row', { name: /Nadia Rahman/ })).toBeVisible({ timeout: 3000 });
    }).toPass(PATIENCE);
    await page
      .getByRole('row', { name: /Nadia Rahman/ })
      .getByRole('button')
      .click();
    await look(page.getByRole('region', { name: 'Survey' })).toContainText('content4');
    await look(page.getByRole('region', { name: 'Survey' })).toContainText('solvedYes');
    await look(page.getByText('75 of 100').first()).toBeVisible();
  });
});

describe('an evaluation', () => {
  it('is begun on the record, scored as it is filled in, and saved by itself', async () => {
    await openRecord('Evaluations');
    await page.getByRole('button', { name: 'Evaluate' }).click();
    await page.getByRole('radiogroup', { name: 'Greets by name' }).getByRole('radio', { name: 'Yes' }).click();
    await page.getByRole('radiogroup', { name: 'Understands the request' }).getByRole('radio', { name: '4' }).click();
    await look(page.getByRole('status', { name: 'Score 81 of 100' })).toBeVisible();
    const rules = page.getByRole('radiogroup', { name: 'No personal data repeated' });
    await rules.getByRole('radio', { name: 'No', exact: true }).click();
    await look(page.getByRole('status', { name: 'Score 0 of 100' })).toBeVisible();
    await rules.getByRole('radio', { name: 'Yes' }).click();
    await look(page.getByRole('status', { name: 'Score 85 of 100' })).toBeVisible();
    await page.getByLabel('Comment for Amara Osei').fill('A quick answer.');
    await look(page.getByText(/^Saved /)).toBeVisible();
    await until('the draft', async () => {
      const { body } = await stack.call('GET', '/api/v1/evaluations');
      return body.items[0]?.score === 85 && body.items[0]?.comment === 'A quick answer.';
    });
  });

  it('bears comments on single messages, numbered in the transcript', async () => {
    const bubble = page.locator('[data-message]').filter({ hasText: 'We send you a new globe on Friday.' });
    await bubble.hover();
    await bubble.getByRole('button', { name: 'Comment on this message' }).click();
    await page.getByRole('textbox', { name: 'Comment 1' }).fill('Says when. Could say who delivers.');
    await look(bubble.getByRole('img', { name: 'Comment 1' })).toBeVisible();
    await until('the comment', async () => {
      const { body } = await stack.call('GET', '/api/v1/evaluations');
      return body.items[0]?.remarks[0]?.text === 'Says when. Could say who delivers.';
    });
  });

  it.each(['light', 'dark'] as const)('has nothing in the way of anybody, by axe, in %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await expectNoViolations(page);
    await page.emulateMedia({ colorScheme: null });
  });

  it('has no sideways scroll on a phone', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    await expectNoSideways(page);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('is sent to the agent, who finds it among theirs and disputes it', async () => {
    await page.getByRole('button', { name: 'Send to Amara Osei' }).click();
    await look(page.getByText('Finished by Sofia Reyes')).toBeVisible();
    await agent.goto(`${stack.url}/evaluations`);
    await agent.getByRole('button', { name: /Chat quality, version 1/ }).click();
    await look(agent.getByText('Says when. Could say who delivers.')).toBeVisible();
    await expectNoViolations(agent);
    await agent.setViewportSize({ width: 320, height: 800 });
    await expectNoSideways(agent);
    await agent.setViewportSize({ width: 1440, height: 900 });
    await agent.getByRole('button', { name: 'Dispute' }).click();
    await agent.getByLabel('What is not right?').fill('I understood at once.');
    await agent.getByRole('button', { name: 'Send the dispute' }).click();
    await look(agent.getByText('Disputed by Amara Osei')).toBeVisible();
  });

  it('is decided by the supervisor with other answers, and keeps each score', async () => {
    await page.goto(`${stack.url}/evaluations`);
    await page.getByRole('radio', { name: 'Disputed' }).click();
    await page.getByRole('button', { name: /Amara Osei/ }).click();
    await page.getByRole('button', { name: /Chat quality, version 1/ }).click();
    await look(page.getByText('I understood at once.')).toBeVisible();
    await page.getByRole('radio', { name: 'Other answers' }).click();
    await page.getByRole('radiogroup', { name: 'Understands the request' }).getByRole('radio', { name: '5' }).click();
    await page.getByLabel('Reason').fill('You are right.');
    await page.getByRole('button', { name: 'Send the decision' }).click();
    await look(page.getByText('Decided: other answers by Sofia Reyes')).toBeVisible();
    await look(page.getByText(/Score 85 of 100/).first()).toBeVisible();
    await look(page.getByRole('status', { name: 'Score 100 of 100' })).toBeVisible();
  });

  it('is found in the records, and counted by the reports of agents and services', async () => {
    await page.goto(`${stack.url}/records?evaluated=yes&evaluationScore=85-100`);
    await look(async () => {
      await page.reload();
      await look(page.getByRole('row', { name: /Nadia Rahman/ })).toBeVisible({ timeout: 3000 });
    }).toPass(PATIENCE);
    const day = 24 * 3_600_000;
    const range = `from=${new Date(Date.now() - day).toISOString()}&to=${new Date(Date.now() + day).toISOString()}`;
    const totals = async (name: string): Promise<Record<string, number>> =>
      (await stack.call('GET', `/api/v1/reports/${name}?bucket=all&${range}`)).body.totals;
    expect(await totals('evaluations')).toMatchObject({ graded: 1, averageScore: 100, disputed: 1, regraded: 1 });
    expect(await totals('surveys')).toMatchObject({
      surveysCompleted: 1,
      responsePercent: 100,
      averageSurveyScore: 75,
    });
  });

  it('speaks German', async () => {
    const german = await openWindow(browser, stack.url, { locale: 'de-DE' });
    watches.push(german.watch);
    // A supervisor's console is open in one place; an admin's in as many as they like.
    await fillLogIn(german.page, 'ada');
    // Who leaves before the answer is there is not logged in.
    await german.page.waitForURL((url) => url.pathname !== '/login');
    await german.page.goto(`${stack.url}/evaluations`);
    await look(german.page.getByRole('radio', { name: 'Entschieden' })).toBeVisible();
    await look(german.page.getByText('100 von 100 Punkten')).toBeVisible();
  });

  it('has broken no policy and asked nobody else', () => {
    expect(watches.flatMap(({ problems, foreign }) => [...problems, ...foreign])).toEqual([]);
  });
});

async function expectNoViolations(of: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page: of }).withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
}

async function expectNoSideways(of: Page): Promise<void> {
  const [inner, outer] = (await of.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [number, number];
  expect(inner).toBeLessThanOrEqual(outer);
}
