import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { createPhoneCustomer, PASSWORD, setUpHaldenHome, type HaldenHome } from './support/halden-home.ts';
import { becomeReady, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

async function openDesktop(username: string): Promise<Page> {
  const { page, watch } = await openWindow(browser, stack.url);
  watches.push(watch);
  await logIn(page, username);
  return page;
}

const composerOf = (page: Page) => page.getByRole('textbox', { name: /Your reply to/ });

describe('the log-in', () => {
  it('does not tell which of user name and password was wrong', async () => {
    const { page, watch } = await openWindow(browser, stack.url);
    watches.push(watch);
    await page.goto('/chats');
    await page.getByLabel('User name').fill(home.agents[0]);
    await page.locator('[name=password]').fill('not the password');
    await page.getByRole('button', { name: 'Log in' }).click();
    await look(page.getByRole('alert').filter({ hasText: 'User name or password is not right.' })).toBeVisible();
    await page.context().close();
  });

  it.each(['//elsewhere.example/chats', 'https://elsewhere.example/chats', '/\\elsewhere.example'])(
    'leads nowhere out of the console, also where its address says %s',
    async (to) => {
      const { page, watch } = await openWindow(browser, stack.url);
      watches.push(watch);
      await page.goto(`/login?${new URLSearchParams({ to }).toString()}`);
      await page.getByLabel('User name').fill(home.agents[0]);
      await page.locator('[name=password]').fill(PASSWORD);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.waitForURL(`${stack.url}/chats`);
      // Nothing is to be set up here: it goes on at once.
      await page.goto(`/second-factor?${new URLSearchParams({ to }).toString()}`);
      await page.waitForURL(`${stack.url}/chats`);
      expect(watch.foreign).toEqual([]);
      // The next one finds the desktop open nowhere else.
      await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }));
      await page.context().close();
    },
  );
});

describe('an agent’s day', () => {
  it('goes from an offer through both sides’ words, a note and a transfer with its history to the paper work', async () => {
    const [amara, hanna] = [await openDesktop(home.agents[0]), await openDesktop(home.agents[1])];
    await becomeReady(amara);
    const nadia = await createPhoneCustomer(stack, home, 'Nadia Rahman');
    await nadia.askForHelp('The globe lamp has a dent');

    const offer = amara.getByRole('article', { name: 'Offer: Nadia Rahman' });
    await look(offer).toBeVisible();
    await look(offer).toContainText('The globe lamp has a dent');
    await look(offer).toContainText('Returns and repairs');
    await amara.keyboard.press('Alt+KeyA');
    await look(amara.getByRole('heading', { level: 1, name: 'Nadia Rahman' })).toBeVisible();
    await look(offer).toBeHidden();

    await composerOf(amara).fill('I am sorry it reached you like that.');
    await composerOf(amara).press('Enter');
    await look(amara.locator('.bubble').filter({ hasText: 'I am sorry it reached you like that.' })).toBeVisible();
    await until('the words at the customer', async () =>
      (await nadia.received()).includes('I am sorry it reached you like that.'),
    );
    await look(amara.locator('.run.out .meta').last()).toContainText(/Sent|Delivered|Read/);
    await nadia.say('Would tomorrow before noon work?');
    await look(amara.locator('.run').filter({ hasText: 'Would tomorrow before noon work?' })).toBeVisible();
    await look(amara.locator('.crow').first()).toContainText('Would tomorrow before noon work?');

    await amara.keyboard.press('Alt+KeyN');
    await amara.getByRole('textbox', { name: 'Internal note' }).fill('Replacement agreed.');
    await amara.getByRole('button', { name: 'Add note' }).click();
    await look(amara.locator('.inote').filter({ hasText: 'Replacement agreed.' })).toBeVisible();
    expect(await nadia.received()).not.toContain('Replacement agreed.');

    await becomeReady(hanna);
    await amara.keyboard.press('Escape');
    await amara.keyboard.press('Alt+KeyT');
    const dialog = amara.getByRole('dialog', { name: 'Transfer Nadia Rahman' });
    await dialog.getByRole('radio', { name: /Hanna Kowalczyk/ }).check();
    await dialog.getByLabel('Note to Hanna').fill('Please arrange the pick-up.');
    await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();

    const handed = hanna.getByRole('article', { name: 'Offer: Nadia Rahman' });
    await look(handed).toContainText('Amara Osei hands this chat over to you');
    await look(handed).toContainText('Please arrange the pick-up.');
    await handed.getByRole('button', { name: /Accept/ }).click();
    await look(hanna.locator('.conv-scroll')).toContainText('I am sorry it reached you like that.');
    await look(hanna.locator('.conv-scroll')).toContainText('Replacement agreed.');
    await look(amara.locator('.ended-bar')).toBeVisible();

    await hanna.getByRole('button', { name: 'End', exact: true }).click();
    await look(hanna.getByRole('tab', { name: 'Wrap-up' })).toHaveAttribute('aria-selected', 'true');
    await hanna.getByRole('button', { name: 'Complete', exact: true }).click();
    await look(hanna.getByText('Choose what it came to.')).toBeVisible();
    await hanna.getByRole('radio', { name: 'Replacement sent' }).check();
    await hanna.getByRole('textbox', { name: 'Note' }).fill('DHL collects tomorrow.');
    await hanna.getByRole('button', { name: /Complete and Ready/ }).click();
    await look(hanna.locator('.crow')).toHaveCount(0);
    const { body } = await stack.call('GET', `/api/v1/conversations?psid=${nadia.psid}`);
    const wrapUpPath = `/api/v1/conversations/${body.items[0].id}/wrap-up`;
    // The screen goes on before the api has written it.
    await expect
      .poll(async () => (await stack.call('GET', wrapUpPath)).body.wrapUps)
      .toContainEqual(
        expect.objectContaining({
          agent: home.agents[1],
          disposition: 'Replacement sent',
          note: 'DHL collects tomorrow.',
        }),
      );
    await amara.context().close();
    await hanna.context().close();
  });

  it('keeps what was written while the network is away, and sends it once when it is back', async () => {
    const amara = await openDesktop(home.agents[0]);
    await becomeReady(amara);
    const tom = await createPhoneCustomer(stack, home, 'Tom Reed');
    await tom.askForHelp('Where is my parcel?');
    await amara.getByRole('button', { name: /Accept/ }).click();
    await composerOf(amara).waitFor();
    await amara.context().setOffline(true);
    await composerOf(amara).fill('It comes tomorrow.');
    await composerOf(amara).press('Enter');
    await look(amara.getByText('Waiting for the network')).toBeVisible();
    await amara.context().setOffline(false);
    await until('the words at the customer', async () => (await tom.received()).includes('It comes tomorrow.'));
    await look(amara.getByText('Waiting for the network')).toBeHidden();
    await tom.say('Thank you');
    await look(amara.locator('.run').filter({ hasText: 'Thank you' })).toBeVisible();
    expect((await tom.received()).filter((text) => text === 'It comes tomorrow.')).toHaveLength(1);
    await look(amara.locator('.bubble').filter({ hasText: 'It comes tomorrow.' })).toHaveCount(1);
    await amara.getByRole('button', { name: 'End', exact: true }).click();
    await amara.context().close();
  });

  it('has one desktop at a time: the one opened last, and the other takes it back', async () => {
    const first = await openDesktop(home.agents[1]);
    const second = await first.context().newPage();
    await second.goto('/chats');
    await second.locator('.list-head').waitFor();
    await look(first.getByText('Your desktop is open elsewhere')).toBeVisible();
    await first.getByRole('button', { name: 'Take over here' }).click();
    await look(first.locator('.list-head')).toBeVisible();
    await look(second.getByText('Your desktop is open elsewhere')).toBeVisible();
    await first.context().close();
  });
});

describe('every page', () => {
  it('keeps its content security policy and asks nobody else', () => {
    expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    expect(watches.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect(watches.length).toBeGreaterThan(4);
  });
});
