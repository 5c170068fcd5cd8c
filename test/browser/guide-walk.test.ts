import type { Browser, Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFiles } from '../../dev/screenshots/sample-files.ts';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { until } from '../support/until.ts';
import { askTheSurvey } from './support/ask-the-survey.ts';
import { createPhoneCustomer, setUpHaldenHome, type HaldenHome, type PhoneCustomer } from './support/halden-home.ts';
import {
  PATIENCE,
  becomeReady,
  fillLogIn,
  logIn,
  look,
  openBrowser,
  openWindow,
  type Watch,
} from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let files: Awaited<ReturnType<typeof serveFiles>>;
let [amara, hanna]: Page[] = [];
let [nadia, tom]: PhoneCustomer[] = [];
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser, files] = await Promise.all([
    startRunningStack({ env: { ATTENDANT_PRIVATE_HOSTS: '127.0.0.1' } }),
    openBrowser(),
    serveFiles(),
  ]);
  home = await setUpHaldenHome(stack);
  await askTheSurvey(stack);
});
afterAll(async () => {
  await browser?.close();
  await files?.stop();
  await stack?.remove();
});

async function openAt(username: string, enter: (page: Page, username: string) => Promise<void>): Promise<Page> {
  const { page, watch } = await openWindow(browser, stack.url);
  watches.push(watch);
  await enter(page, username);
  return page;
}

const offerOf = (page: Page, name: string): Locator => page.getByRole('article', { name: `Offer: ${name}` });
const transcriptOf = (page: Page): Locator => page.locator('.conv-scroll');
const composerOf = (page: Page): Locator => page.getByRole('textbox', { name: /Your reply to/ });

async function reply(page: Page, text: string): Promise<void> {
  await composerOf(page).fill(text);
  await composerOf(page).press('Enter');
}

/** Hanna asks Amara, with a note, to take the chat or to advise her. */
async function askAmara(note: string, button: 'Ask first' | 'Transfer'): Promise<void> {
  const page = hanna!;
  await page.getByRole('button', { name: 'Transfer', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Transfer Nadia Rahman' });
  await dialog.getByRole('radio', { name: /Amara Osei/ }).check();
  await dialog.getByLabel(/^Note to/).fill(note);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

const hears = (customer: PhoneCustomer, text: string): Promise<unknown> =>
  until(`"${text}" at ${customer.name}`, async () => (await customer.received()).includes(text));

describe('the guide’s chapter on the Agent Desktop, with two phones and two agents', () => {
  it('has customers wait until somebody is Ready', async () => {
    [amara, hanna] = [await openAt(home.agents[0], logIn), await openAt(home.agents[1], logIn)];
    [nadia, tom] = [
      await createPhoneCustomer(stack, home, 'Nadia Rahman'),
      await createPhoneCustomer(stack, home, 'Tom Reed'),
    ];
    await nadia.say('My lamp came with a dent');
    await tom.say('Where is my parcel?');
    await becomeReady(amara);
    await look(offerOf(amara, 'Nadia Rahman')).toContainText('My lamp came with a dent');
    await look(offerOf(amara, 'Tom Reed')).toBeVisible();
  });

  it('offers what one agent rejects to the next, and each accepts a chat', async () => {
    await offerOf(amara!, 'Nadia Rahman')
      .getByRole('button', { name: /Reject/ })
      .click();
    await look(offerOf(amara!, 'Nadia Rahman')).toBeHidden();
    await becomeReady(hanna!);
    await offerOf(hanna!, 'Nadia Rahman')
      .getByRole('button', { name: /Accept/ })
      .click();
    await offerOf(amara!, 'Tom Reed')
      .getByRole('button', { name: /Accept/ })
      .click();
    await look(amara!.getByRole('heading', { level: 1, name: 'Tom Reed' })).toBeVisible();
    await look(hanna!.getByRole('heading', { level: 1, name: 'Nadia Rahman' })).toBeVisible();
    // Whoever rejects is not Ready until they say so.
    await becomeReady(amara!);
    await look(hanna!.getByText('Amara Osei did not take it').first()).toBeVisible();
    await hears(nadia!, 'Hello Nadia! Hanna Kowalczyk will be with you in a moment.');
  });

  it('shows every kind of content that the customer sends', async () => {
    const send = (attachment: object): Promise<void> => nadia!.send({ attachments: [attachment] });
    await nadia!.say('Look 😕');
    await send({ type: 'image', url: files.photo });
    await send({ type: 'image', url: files.photo, stickerId: '369239263222822' });
    await send({ type: 'audio', url: files.voice });
    await send({ type: 'video', url: files.voice });
    await send({ type: 'file', url: files.photo, title: 'receipt.pdf' });
    await send({ type: 'fallback', title: 'Globe lamp', url: 'https://haldenhome.example/globe' });
    await send({ type: 'location', title: 'My office', coordinates: { lat: 57.7066, long: 11.9384 } });
    await send({ type: 'story_mention', url: files.photo });
    await nadia!.say('That is all of it');
    const seen = transcriptOf(hanna!);
    await look(seen.getByText('That is all of it')).toBeVisible();
    await look(seen.getByText('Look 😕')).toBeVisible();
    await look(seen.getByRole('img', { name: 'Photo from Nadia Rahman' })).toBeVisible();
    await look(seen.getByRole('img', { name: 'Sticker' })).toBeVisible();
    const position = seen.getByRole('slider', { name: 'Position in the voice message' });
    await look(position).toBeEnabled();
    await position.press('End');
    await look(position).toHaveAttribute('aria-valuetext', '0:06');
    await look(seen.getByLabel('Video', { exact: true })).toBeVisible();
    await look(seen.getByRole('link', { name: /^Save receipt/ })).toBeVisible();
    await look(seen.getByText('Globe lamp', { exact: true })).toBeVisible();
    await look(seen.getByText('57.7066, 11.9384')).toBeVisible();
    await look(seen.getByText('story mention')).toBeVisible();
  });

  it('sends words, a canned response and a photo to the customer, and keeps a note from them', async () => {
    // Whoever has read back sees their own words all the same.
    await look(async () => {
      await transcriptOf(hanna!).evaluate((log) => log.scrollTo(0, 0));
      await look(hanna!.getByRole('button', { name: 'Newest messages' })).toBeVisible({ timeout: 2000 });
    }).toPass(PATIENCE);
    await reply(hanna!, 'I am sorry it reached you like that.');
    await look(transcriptOf(hanna!).getByText('I am sorry it reached you like that.')).toBeInViewport();
    await hears(nadia!, 'I am sorry it reached you like that.');
    await composerOf(hanna!).fill('/pickup-label');
    await hanna!.getByRole('option', { name: /pickup-label/ }).click();
    await composerOf(hanna!).press('Enter');
    await hears(nadia!, 'Please print the label and tape it over the old one.');
    const photo = Buffer.from(await (await fetch(files.photo)).arrayBuffer());
    await hanna!.locator('input[type=file]').setInputFiles({ name: 'new.png', mimeType: 'image/png', buffer: photo });
    await look(
      hanna!
        .getByText('ready', { exact: false })
        .filter({ hasText: /KB · ready/ })
        .first(),
    ).toBeVisible();
    await composerOf(hanna!).press('Enter');
    await until('the photo at the customer', async () => {
      const { body } = await stack.simulator('GET', `/simulator/sends?pageId=${home.pageId}&psid=${nadia!.psid}`);
      return JSON.stringify(body.items).includes('"type":"image"');
    });
    await look(transcriptOf(hanna!).getByRole('img', { name: 'Photo sent to the customer' })).toBeVisible();
    await hanna!.getByRole('radio', { name: 'Note' }).click();
    await hanna!.getByRole('textbox', { name: 'Internal note' }).fill('Carrier damage.');
    await hanna!.getByRole('button', { name: 'Add note' }).click();
    await look(hanna!.locator('.inote').filter({ hasText: 'Carrier damage.' })).toBeVisible();
  });

  it('asks a colleague for advice that the customer does not see, and lets them join', async () => {
    await askAmara('May I send a new one?', 'Ask first');
    await look(offerOf(amara!, 'Nadia Rahman')).toContainText('Hanna Kowalczyk asks for your advice');
    await offerOf(amara!, 'Nadia Rahman')
      .getByRole('button', { name: /Accept/ })
      .click();
    await look(amara!.getByText('You are consulted. The customer does not read what you write.')).toBeVisible();
    await look(transcriptOf(amara!)).toContainText('I am sorry it reached you like that.');
    const inner = amara!.getByRole('textbox', { name: /Colleagues|colleagues/ });
    await inner.fill('Yes, send one.');
    await inner.press('Enter');
    await look(transcriptOf(hanna!)).toContainText('Yes, send one.');
    await hanna!.getByRole('button', { name: 'Let them join' }).click();
    await amara!.getByRole('radio', { name: 'Reply' }).click();
    await reply(amara!, 'This is Amara: a new lamp is on its way.');
    await hears(nadia!, 'This is Amara: a new lamp is on its way.');
    await look(transcriptOf(hanna!)).toContainText('This is Amara: a new lamp is on its way.');
    await amara!.getByRole('button', { name: 'Leave', exact: true }).click();
    await look(transcriptOf(hanna!).getByText('Amara Osei left the chat')).toBeVisible();
    for (const hidden of ['Yes, send one.', 'Carrier damage.', 'May I send a new one?'])
      expect(await nadia!.received()).not.toContain(hidden);
  });

  it('hands the chat over with all that was said, and asks the customer once it is ended', async () => {
    await askAmara('Please arrange the rest.', 'Transfer');
    await look(offerOf(amara!, 'Nadia Rahman')).toContainText('Please arrange the rest.');
    await offerOf(amara!, 'Nadia Rahman')
      .getByRole('button', { name: /Accept/ })
      .click();
    await look(hanna!.locator('.ended-bar')).toBeVisible();
    await look(transcriptOf(amara!)).toContainText('Carrier damage.');
    await amara!.getByRole('button', { name: 'End', exact: true }).click();
    await look(amara!.getByRole('tab', { name: 'Wrap-up' })).toHaveAttribute('aria-selected', 'true');
    await amara!.getByRole('radio', { name: 'Replacement sent' }).check();
    await amara!.getByRole('textbox', { name: 'Note' }).fill('A new lamp by DHL.');
    await amara!.getByRole('button', { name: 'Complete', exact: true }).click();
    await until('the survey', async () =>
      (await nadia!.received()).some((text) => text.includes('How content are you?')),
    );
    await nadia!.say('5');
    await until('its second question', async () =>
      (await nadia!.received()).some((text) => text.includes('Is it solved?')),
    );
    await nadia!.say('Yes');
    await hears(nadia!, 'Thank you, that helps us to get better. Have a good day!');
    await amara!.locator('.crow').filter({ hasText: 'Tom Reed' }).click();
    await reply(amara!, 'It comes tomorrow, Tom.');
    await hears(tom!, 'It comes tomorrow, Tom.');
  });

  it('keeps all of it in the record', async () => {
    const sofia = await openAt('sofia', fillLogIn);
    await sofia.getByRole('link', { name: 'Supervisor' }).click();
    // The list is of what is over, and looked up once.
    await until('the record', async () =>
      (await (await sofia.request.get('/api/v1/records')).text()).includes('Nadia Rahman'),
    );
    await sofia.getByRole('link', { name: 'Records' }).click();
    const row = sofia.getByRole('row', { name: /Nadia Rahman/ });
    await row.getByRole('button', { name: 'Nadia Rahman' }).click();
    await look(sofia.getByText('Replacement sent').first()).toBeVisible();
    for (const words of ['This is Amara: a new lamp is on its way.', 'Carrier damage.', 'Yes, send one.'])
      await look(sofia.locator('.conv-scroll')).toContainText(words);
    await sofia.getByRole('tab', { name: 'Summary' }).click();
    await look(sofia.getByText('A new lamp by DHL.')).toBeVisible();
    await look(sofia.getByText('How content are you?').first()).toBeVisible();
  });
});

describe('every page', () => {
  it('keeps its content security policy and asks nobody else', () => {
    expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    expect(watches.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect(watches.length).toBeGreaterThan(2);
  });
});
