import type { Browser, Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnsweringServer, type AnsweringServer } from '../support/answering-server.ts';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { axeFindings } from './support/axe-findings.ts';
import {
  createPhoneCustomer,
  PASSWORD,
  setUpHaldenHome,
  type HaldenHome,
  type PhoneCustomer,
} from './support/halden-home.ts';
import { openAdministration } from './support/open-administration.ts';
import { becomeReady, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let bot: AnsweringServer;
let page: Page;
let watch: Watch;
let nadia: PhoneCustomer;

beforeAll(async () => {
  [stack, browser, bot] = await Promise.all([
    startRunningStack({ env: { ATTENDANT_PRIVATE_HOSTS: '127.0.0.1' } }),
    openBrowser(),
    startAnsweringServer(),
  ]);
  bot.answer = (response) =>
    void response.end(JSON.stringify({ responses: ['It comes tomorrow.', 'Shall I look?', 'One moment, please.'] }));
  home = await setUpHaldenHome(stack);
  const services = await stack.call('GET', '/api/v1/configuration');
  const service = services.body.documents.find(({ kind }: { kind: string }) => kind === 'service');
  const documents = [
    { kind: 'bot', name: 'Lamp expert', url: `${bot.origin}/ask` },
    { ...service, suggestions: { bot: 'Lamp expert' } },
  ];
  const applied = await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
  expect(applied.body.details ?? applied.status).toBe(200);
  ({ page, watch } = await openWindow(browser, stack.url));
  await logIn(page, home.agents[0]);
  await becomeReady(page);
  nadia = await createPhoneCustomer(stack, home, 'Nadia Rahman');
  await nadia.askForHelp('When does my lamp come?');
  await page.getByRole('article', { name: 'Offer: Nadia Rahman' }).waitFor();
  await page.keyboard.press('Alt+KeyA');
  await composer().waitFor();
});
beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    process.stderr.write(`on screen:\n${await page.locator('body').innerText()}\n`);
  }),
);
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
  bot?.stop();
});

const composer = () => page.getByRole('textbox', { name: /Your reply to/ });
const suggested = () => page.getByRole('list', { name: /Suggested by Lamp expert/ });
const asked = async () => (await nadia.received()).filter((text) => text.includes('What can we do')).length;
const questions = () => bot.received.map(({ body }) => JSON.parse(body).message);

async function expectSound(what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page), `${what}, ${colorScheme}`).toEqual([]);
  }
}

describe('answers that a bot suggests', () => {
  it('are asked for, put into the text and sent by keys; nothing is sent without the agent', async () => {
    await page.getByRole('button', { name: /Suggest an answer/ }).waitFor();
    await composer().focus();
    expect(bot.received).toEqual([]);
    await page.keyboard.press('Alt+KeyG');
    await look(suggested().getByRole('listitem')).toHaveCount(3);
    expect(questions()).toEqual(['When does my lamp come?']);
    await expectSound('suggestions');
    const before = await nadia.received();
    await page.keyboard.press('Alt+Digit2');
    await look(composer()).toHaveValue('Shall I look?');
    await look(composer()).toBeFocused();
    await page.keyboard.press('Alt+Digit1');
    await look(composer()).toHaveValue('It comes tomorrow.');
    expect(await nadia.received()).toEqual(before);
    await page.keyboard.press('End');
    await page.keyboard.type(' Promised');
    await page.keyboard.press('Enter');
    await until('the answer at the customer', async () =>
      (await nadia.received()).includes('It comes tomorrow. Promised'),
    );
    await look(suggested()).toHaveCount(0);
  });

  it('stay after a reload, and are asked for again when the customer goes on', async () => {
    await nadia.say('And the second one?');
    await page.getByRole('button', { name: /Suggest an answer/ }).click();
    await look(suggested().getByRole('listitem')).toHaveCount(3);
    await page.reload();
    await look(suggested().getByRole('listitem')).toHaveCount(3);
    expect(questions()).toEqual(['When does my lamp come?', 'And the second one?']);
  });

  it('that cannot be had say why, and the agent goes on', async () => {
    bot.answer = (response) => void response.writeHead(503).end();
    await nadia.say('Hello?');
    await page.getByRole('button', { name: /Suggest an answer/ }).click();
    await look(page.getByRole('alert').filter({ hasText: 'HTTP 503' })).toBeVisible();
    await composer().fill('I am here.');
    await page.keyboard.press('Enter');
    await until('the answer at the customer', async () => (await nadia.received()).includes('I am here.'));
  });
});

describe('the transfer dialog', () => {
  it('hands the customer to the scenario of an entry: they go on there, and the agent has the paper work', async () => {
    await page.keyboard.press('Alt+KeyT');
    const dialog = page.getByRole('dialog', { name: 'Transfer Nadia Rahman' });
    await dialog.getByRole('tab', { name: 'Scenarios' }).click();
    await dialog.getByRole('radio', { name: /Halden Home chat/ }).check();
    await dialog.getByLabel('Note for whoever talks with them next').fill('Wants both lamps.');
    await look(dialog.getByRole('button', { name: 'Ask first' })).toHaveCount(0);
    await expectSound('transfer to a scenario');
    expect(await asked()).toBe(1);
    await dialog.getByRole('button', { name: 'Hand to the scenario' }).click();
    await until('the question of the scenario', async () => (await asked()) === 2);
    await look(page.getByText('handed the customer to the scenario “Halden Home chat”').first()).toBeVisible();
    await page.getByRole('tab', { name: 'Wrap-up' }).click();
    await page.getByRole('radio', { name: 'Information given' }).check();
    await page.getByRole('button', { name: /Complete and Ready/ }).click();
    await look(page.locator('.crow')).toHaveCount(0);
  });

  it('and the next agent finds the same conversation, with the note and what was said before', async () => {
    await nadia.say('The second lamp');
    const offer = page.getByRole('article', { name: 'Offer: Nadia Rahman' });
    await offer.getByRole('button', { name: /Accept/ }).click();
    const transcript = page.locator('.conv-scroll');
    await look(transcript).toContainText('Wants both lamps.');
    await look(transcript).toContainText('I am here.');
    const { body } = await stack.call('GET', `/api/v1/conversations?psid=${nadia.psid}`);
    expect(body.items).toHaveLength(1);
    expect(body.items[0].segments).toMatchObject([{ agent: home.agents[0] }, { agent: home.agents[0] }]);
  });
});

describe('beside the chat', () => {
  it('Ctrl+K finds a canned response, which becomes the reply’s text', async () => {
    await page.keyboard.press('Control+KeyK');
    await page.getByRole('combobox', { name: 'Chats, people, pages, states' }).waitFor();
    await page.keyboard.type('pickup-l');
    await look(page.getByRole('option', { name: /pickup-label/ })).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await look(composer()).toHaveValue('Please print the label and tape it over the old one.');
    await composer().fill('');
  });

  it('the customer’s pane writes to them first, once the conversation is over', async () => {
    await page.getByRole('button', { name: 'End', exact: true }).click();
    // The end of a chat leads to its paper work: a tab that was chosen before is left again.
    const wrapUp = page.getByRole('tab', { name: 'Wrap-up' });
    await look(wrapUp).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('tab', { name: 'Profile' }).click();
    await until('the end of the conversation', async () => {
      const { body } = await stack.call('GET', `/api/v1/conversations?psid=${nadia.psid}`);
      return body.items[0].state === 'ended';
    });
    await page.getByRole('button', { name: 'More about this customer' }).click();
    await page.getByRole('menuitem', { name: 'Write a message…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Message').fill('Your lamp is ready.');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await until('the words at the customer', async () => (await nadia.received()).includes('Your lamp is ready.'));
    await look(page.locator('.bubble').filter({ hasText: 'Your lamp is ready.' })).toBeVisible();
  });
});

describe('an admin', () => {
  it('resets the second factor of somebody who has lost theirs', async () => {
    const [, hanna] = home.agents;
    const session = await stack.call('POST', '/api/v1/session', { body: { username: hanna, password: PASSWORD } });
    const { token } = session.body;
    const route = '/api/v1/users/me/second-factor';
    const { body: begun } = await stack.call('POST', route, { body: { password: PASSWORD }, token });
    const code = new TOTP({ secret: Secret.fromBase32(begun.key) }).generate();
    expect((await stack.call('PUT', route, { body: { code }, token })).status).toBe(200);
    const admin = await openAdministration({ stack, browser }, 'ada');
    await admin.goto(`/admin/users/edit/${hanna}`);
    await admin.getByRole('button', { name: 'Reset the second factor…' }).click();
    const dialog = admin.getByRole('dialog', { name: `Reset the second factor of ${hanna}?` });
    await dialog.waitFor();
    expect(await axeFindings(admin)).toEqual([]);
    await dialog.getByRole('button', { name: 'Reset it' }).click();
    await look(admin.getByText('The second factor is reset')).toBeVisible();
    const again = await stack.call('POST', '/api/v1/session', { body: { username: hanna, password: PASSWORD } });
    expect(again.status).toBe(200);
    await admin.context().close();
  });
});

describe('every page', () => {
  it('keeps its content security policy and asks nobody else', () => {
    expect(watch.problems).toEqual([]);
    expect(watch.foreign).toEqual([]);
  });
});
