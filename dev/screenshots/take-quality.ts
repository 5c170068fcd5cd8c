import type { Browser, Page } from '@playwright/test';
import type { RunningStack } from '../../test/support/running-stack.ts';
import { openAdministration } from '../../test/browser/support/open-administration.ts';
import { takeOnPhone, type Take } from './take.ts';

const FORM = {
  kind: 'evaluation-form',
  name: 'Chat quality',
  questions: [
    { area: 'Opening', question: 'Greets by name', type: 'yes-no', weight: 20 },
    { area: 'Solving', question: 'Understands the request', type: 'scale', weight: 60 },
    { area: 'Solving', question: 'Solves it, or says what comes next', type: 'yes-no', weight: 20 },
    { area: 'Rules', question: 'No personal data repeated', type: 'yes-no', weight: 20, autoFail: true },
  ],
};

/** The blocks that the generated history of the reports names. */
const HELP_CHAT = `attendant: 2
scenario: help-chat
title: Help chat
blocks:
  hello: { title: Welcome, send-message: { text: "Hello" } }
  ask:
    title: What is it about?
    send-message: { text: "What is it about?", wait: { timeout: 10m } }
    exits: { timeout: bye }
  sort:
    title: Is it known?
    switch: { variable: item.message, cases: { known: answer }, default: find }
  answer: { title: The known answer, send-message: { text: "It is like this." } }
  more:
    title: Anything else?
    send-message: { text: "Anything else?", wait: { timeout: 2m } }
    exits: { timeout: sorry }
    next: bye
  find:
    title: Find an agent
    find-agent: { skills: [returns], timeout: 5m }
    exits: { no-agents: nobody, timeout: nobody, queue-limit: nobody }
  talk: { title: The chat, connect-chat: {}, exits: { no-answer: nobody }, next: bye }
  nobody: { title: Nobody is here, send-message: { text: "Nobody is here now." }, next: bye }
  sorry: { title: Still there?, send-message: { text: "Sorry that it did not help." } }
  bye: { title: Good bye, send-message: { text: "Good bye." } }
`;

/** A stretch that is being graded, on its record; also on a phone. */
export async function takeEvaluation(stack: RunningStack, page: Page, take: Take): Promise<void> {
  await stack.call('POST', '/api/v1/configuration/apply', { body: { documents: [FORM] } });
  await page.getByRole('tab', { name: 'Evaluations' }).click();
  await page.getByRole('button', { name: 'Evaluate' }).click();
  const question = (name: string) => page.getByRole('radiogroup', { name });
  await question('Greets by name').getByRole('radio', { name: 'Yes' }).click();
  await question('Understands the request').getByRole('radio', { name: '4' }).click();
  await page.getByText(/^Saved /).waitFor();
  await take(page, 'record-evaluation');
  await takeOnPhone(page, 'record-evaluation', take);
}

/** A conversation as it was, a moment after the other, for an admin; also on a phone. */
export async function takeReplay(
  { stack, browser }: { stack: RunningStack; browser: Browser },
  address: string,
  take: Take,
): Promise<void> {
  const page = await openAdministration({ stack, browser }, 'ada');
  await page.goto(address);
  await page.getByRole('tab', { name: 'Replay' }).click();
  const moments = page.getByRole('slider', { name: 'Moment' });
  await moments.focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('[aria-valuetext^="Moment 2 of"]').waitFor();
  await take(page, 'record-replay');
  await takeOnPhone(page, 'record-replay', async (each, name) => {
    await moments.scrollIntoViewIfNeeded();
    await take(each, name);
  });
  await page.context().close();
}

/** A search that is about to be kept. */
export async function takeSavedSearch(page: Page, take: Take): Promise<void> {
  await page.goto('/records?service=Returns%20and%20repairs');
  await page.getByRole('table').waitFor();
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('menuitem', { name: 'Save this search…' }).click();
  await page.getByLabel('Name').fill('Returns and repairs');
  await take(page, 'records-saved');
  await takeOnPhone(page, 'records-saved', take);
}

/** What a week of conversations did, on the canvas; also on a phone. */
export async function takeTraffic(stack: RunningStack, page: Page, take: Take): Promise<void> {
  const published = await stack.call('POST', '/api/v1/scenarios/publish', { body: { source: HELP_CHAT } });
  if (published.status !== 200) throw new Error(JSON.stringify(published.body));
  await page.goto('/admin/scenarios/help-chat');
  await page.locator('.react-flow__node').first().waitFor();
  await page.getByRole('button', { name: 'Show what real conversations did' }).click();
  await page.locator('.blk-traffic').first().waitFor();
  await take(page, 'builder-traffic');
  await takeOnPhone(page, 'builder-traffic', take);
}
