import { get, type IncomingMessage } from 'node:http';
import type { Browser, Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
import { becomeReady, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let page: Page;
let nadia: PhoneCustomer;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
});
beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    process.stderr.write(`on screen:\n${await page.locator('body').innerText()}\n`);
  }),
);
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

async function open(): Promise<Page> {
  const { page: opened, watch } = await openWindow(browser, stack.url);
  watches.push(watch);
  return opened;
}

const dialogOf = () => page.getByRole('dialog');

/** Ends the log-ins that the tests have left. */
async function comeIn(): Promise<void> {
  await page.getByRole('button', { name: 'Take over here' }).click();
  await page.locator('.list-head').waitFor();
}

/** What axe finds, in light and in dark. */
async function expectSound(what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page), `${what}, ${colorScheme}`).toEqual([]);
  }
}

describe('the second factor', () => {
  it('is turned on with a key and a code, asked for at the door, and turned off with the password', async () => {
    const [, hanna] = home.agents;
    page = await open();
    await logIn(page, hanna);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Turn on…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your password').fill('not it');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await look(dialog.getByText('is not your password')).toBeVisible();
    await dialog.getByLabel('Your password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await look(dialog.locator('.qr svg')).toBeVisible();
    await expectSound('the key');
    const key = (await dialog.locator('code').innerText()).replaceAll(' ', '');
    const code = (aheadMs: number) =>
      new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + aheadMs });
    await dialog.getByLabel('Code that it shows').fill(code(0));
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    await look(dialog.getByText('Your recovery codes')).toBeVisible();
    await expectSound('recovery codes');
    const recoveryCode = await dialog.locator('.recovery-codes li').first().innerText();
    await dialog.getByRole('button', { name: 'I have kept them' }).click();
    await look(page.getByText('10 recovery codes are left.')).toBeVisible();
    await page.context().close();

    page = await open();
    await page.goto('/login');
    const enter = async (): Promise<void> => {
      await page.getByLabel('User name').fill(hanna);
      await page.locator('[name=password]').fill(PASSWORD);
      await page.getByRole('button', { name: 'Log in' }).click();
    };
    await enter();
    const field = page.getByRole('textbox', { name: 'Code from your authenticator' });
    await look(field).toBeFocused();
    await field.fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await look(page.getByRole('alert').filter({ hasText: 'The code is not right' })).toBeVisible();
    await expectSound('the code at the door');
    // Another one than that which turned it on.
    await field.fill(code(30_000));
    await field.press('Enter');
    await comeIn();
    await page.context().close();

    page = await open();
    await page.goto('/login');
    await enter();
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await expectSound('the recovery code at the door');
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode);
    await page.getByRole('button', { name: 'Continue' }).click();
    await comeIn();
    await page.goto('/settings');
    await look(page.getByText('9 recovery codes are left.')).toBeVisible();
    await page.getByRole('button', { name: 'Turn off…' }).click();
    await dialogOf().getByLabel('Your password').fill(PASSWORD);
    await expectSound('turning it off');
    await dialogOf().getByRole('button', { name: 'Turn off' }).click();
    await look(page.getByText('It is off.')).toBeVisible();
    await page.context().close();
  });
});

/** A chat of Amara's with somebody, as it was accepted. */
async function takeChat(name: string): Promise<PhoneCustomer> {
  const customer = await createPhoneCustomer(stack, home, name);
  await customer.askForHelp('The globe lamp has a dent');
  await page.getByRole('article', { name: `Offer: ${name}` }).waitFor();
  await page.keyboard.press('Alt+KeyA');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return customer;
}

/** Until a conversation is over for its scenario too nobody can begin another. */
async function untilAllEnded(): Promise<void> {
  await until('the end of every conversation', async () => {
    const { body } = await stack.call('GET', '/api/v1/conversations');
    return body.items.every(({ state }: { state: string }) => state === 'ended');
  });
}

async function endChat(disposition: string): Promise<void> {
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('radio', { name: disposition }).check();
  await page.getByRole('button', { name: /Complete and Ready/ }).click();
  await look(page.locator('.crow')).toHaveCount(0);
}

describe('beside the open chats', () => {
  it('labels a conversation on the screen', async () => {
    page = await open();
    await logIn(page, home.agents[0]);
    await becomeReady(page);
    nadia = await takeChat('Nadia Rahman');
    await page.getByRole('button', { name: 'Add a label' }).click();
    await expectSound('the menu of labels');
    await page.getByRole('menuitem', { name: 'Damaged' }).click();
    const remove = page.getByRole('button', { name: 'Remove the label Damaged' });
    await look(remove).toBeVisible();
    await page.reload();
    await look(remove).toBeVisible();
    await remove.click();
    await look(remove).toBeHidden();
    await look(page.getByText('None yet')).toBeVisible();
  });

  it('puts a chat away, goes on with it by hand, and has it back when the customer writes', async () => {
    const putAway = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Put this chat away' }).click();
      await page.getByRole('menuitem', { name: 'For 1 hour' }).click();
      await look(page.getByRole('status').filter({ hasText: 'Put away until' })).toBeVisible();
    };
    await putAway();
    await look(page.locator('.crow')).toContainText('Put away until');
    await page.getByRole('button', { name: 'Go on now' }).click();
    await look(page.getByText('You went on with it.')).toBeVisible();
    await putAway();
    await nadia.say('Any news?');
    await look(page.getByText('It came back: Nadia wrote.')).toBeVisible();
    await page.getByRole('textbox', { name: /Your reply to/ }).fill('It comes tomorrow.');
    await page.keyboard.press('Enter');
    await look(page.getByText('It came back')).toBeHidden();
  });

  it('lists the day’s finished chats with what they came to, and opens a transcript', async () => {
    await endChat('Refund agreed');
    await page.getByRole('link', { name: 'My work' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Nadia Rahman' });
    await look(row).toContainText('Refund agreed');
    await look(row).toContainText('Returns and repairs');
    await row.getByRole('button', { name: 'Nadia Rahman' }).click();
    const transcript = page.getByRole('complementary', { name: 'Transcript' });
    await look(transcript).toContainText('The globe lamp has a dent');
    await expectSound('my work');
    await page.getByRole('button', { name: 'Day before' }).click();
    await look(page.getByText('No chats on this day')).toBeVisible();
    await page.getByRole('button', { name: 'Day after' }).click();
    await look(row).toBeVisible();
  });

  it('goes on with an ended conversation', async () => {
    await page.getByRole('row').filter({ hasText: 'Nadia Rahman' }).getByRole('button').click();
    await untilAllEnded();
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'Nadia Rahman' }).getByRole('button').click();
    await page.getByRole('button', { name: 'Reopen' }).click();
    await look(page.getByRole('heading', { level: 1, name: 'Nadia Rahman' })).toBeVisible();
    await look(page.getByRole('textbox', { name: /Your reply to/ })).toBeVisible();
    await page.getByRole('tab', { name: /History/ }).click();
    await page.locator('.hist').first().click();
    await look(page.locator('.hist-transcript')).toContainText('The globe lamp has a dent');
    await endChat('Information given');
    await untilAllEnded();
  });

  it('finds a contact by a beginning of the name, and writes to them first', async () => {
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('searchbox', { name: /Name, company/ }).fill('nobody of this name');
    await look(page.getByText('Nobody is found by')).toBeVisible();
    await expectSound('no contact');
    await page.getByRole('searchbox', { name: /Name, company/ }).fill('Rahm');
    await page.getByRole('button', { name: /Nadia Rahman/ }).click();
    await look(page.getByRole('heading', { level: 2, name: 'Nadia Rahman' })).toBeVisible();
    await look(page.locator('.contact-conversations li')).toHaveCount(2);
    await expectSound('a contact');
    await page.getByRole('button', { name: 'Write a message…' }).click();
    await dialogOf().getByLabel('Message').fill('Your lamp is ready.');
    await expectSound('writing first');
    await dialogOf().getByRole('button', { name: 'Send' }).click();
    await look(page.getByRole('heading', { level: 1, name: 'Nadia Rahman' })).toBeVisible();
    await look(page.locator('.bubble').filter({ hasText: 'Your lamp is ready.' })).toBeVisible();
  });

  it('goes anywhere and changes the state by Ctrl+K and the keyboard alone', async () => {
    await page.keyboard.press('Control+KeyK');
    const field = page.getByRole('combobox', { name: 'Chats, people, pages, states' });
    const options = page.locator('.palette').getByRole('option');
    await look(field).toBeFocused();
    await look(page.getByRole('option', { name: /Nadia Rahman/ })).toHaveAttribute('aria-selected', 'true');
    await expectSound('the palette');
    await page.keyboard.type('sett');
    await page.keyboard.press('Enter');
    await look(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await page.keyboard.press('Control+KeyK');
    await look(field).toBeFocused();
    await page.keyboard.type('lunch');
    await look(options).toHaveCount(1);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+KeyK');
    await look(field).toBeFocused();
    await page.keyboard.type('nadia');
    await look(options).toHaveCount(2);
    await page.keyboard.press('ArrowUp');
    await look(options.last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await look(page.getByRole('heading', { level: 2, name: 'Nadia Rahman' })).toBeVisible();
    await page.keyboard.press('Control+KeyK');
    await look(field).toBeFocused();
    await page.keyboard.type('zzzz');
    await look(page.getByText('Nothing is found by')).toBeVisible();
    await page.keyboard.press('Escape');
    await look(field).toBeHidden();
    await page.goto('/chats');
    await page.getByRole('button', { name: /Your state/ }).click();
    await look(page.locator('.state-note').filter({ hasText: 'Lunch' })).toBeVisible();
  });

  it.each(['/work', '/contacts', '/settings', '/chats'])(
    'has no sideways scroll in %s at 320 px and at a zoom of 200 percent',
    async (place) => {
      // A window of 1280 px at 200 % is one of 640 px.
      for (const width of [320, 640]) {
        await page.setViewportSize({ width, height: 512 });
        await page.goto(place);
        await page.locator('.bottom-bar').waitFor();
        await page.waitForTimeout(400);
        const [inner, outer] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as number[];
        expect(inner, `${place} at ${width}`).toBeLessThanOrEqual(outer ?? 0);
      }
    },
  );
});

/** Bytes of an asset as they travel, compressed. */
async function travelling(url: string): Promise<number> {
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(url, { headers: { 'accept-encoding': 'br' } }, resolve).on('error', reject),
  );
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  expect(response.headers['content-encoding']).toBe('br');
  return bytes;
}

describe('the desktop', () => {
  it('is loaded with 350 KiB at most', async () => {
    await page.context().close();
    page = await open();
    await logIn(page, home.agents[0]);
    await page.reload();
    await page.locator('.list-head').waitFor();
    const loaded = (await page.evaluate(
      "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /\\.(?:js|css)$/.test(name))",
    )) as string[];
    expect(loaded.length).toBeGreaterThan(1);
    const sizes = await Promise.all([...new Set(loaded)].map(travelling));
    const sum = sizes.reduce((total, size) => total + size, 0) / 1024;
    process.stderr.write(`the desktop: ${sum.toFixed(1)} KiB of JavaScript and CSS, compressed\n`);
    expect(sum).toBeLessThanOrEqual(350);
  });
});

describe('every page', () => {
  it('keeps its content security policy and asks nobody else', () => {
    expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    expect(watches.flatMap(({ foreign }) => foreign)).toEqual([]);
  });
});
