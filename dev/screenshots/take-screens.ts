import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import type { RunningStack } from '../../test/support/running-stack.ts';
import {
  createPhoneCustomer,
  PASSWORD,
  type HaldenHome,
  type PhoneCustomer,
} from '../../test/browser/support/halden-home.ts';
import { logIn, openWindow } from '../../test/browser/support/open-browser.ts';
import { openAdministration } from '../../test/browser/support/open-administration.ts';
import { takeAdministration } from './take-administration.ts';
import { staffTheFloor } from './staff-the-floor.ts';
import { takeRecordsAndReports, takeSupervision } from './take-supervision.ts';
import { takeOnPhone, type Take } from './take.ts';
import { takeTraffic } from './take-quality.ts';
import { serveFiles } from './sample-files.ts';

interface Scene {
  stack: RunningStack;
  browser: Browser;
  home: HaldenHome;
  folder: string;
}

/** Plays what the screens show, and takes each in light, dark, and on a phone. */
export async function takeScreens(scene: Scene): Promise<void> {
  const { browser, stack } = scene;
  const { page: door } = await openWindow(browser, stack.url);
  await door.goto('/login');
  await takeBoth(scene, door, 'login');
  await door.context().close();

  const { page } = await openWindow(browser, stack.url);
  await logIn(page, scene.home.agents[0]);
  await takeBoth(scene, page, 'home');
  await page.getByRole('button', { name: 'Go Ready' }).click();
  await page.getByText('You are Ready').waitFor();
  await takeLunch(scene);
  await staffTheFloor(scene);
  const nadia = await playChats(scene, page);
  const chat = new URL(page.url()).pathname;
  await takeDesktop(scene, page, chat);
  await takePhone(scene, chat);
  const take: Take = (each, name) => takeBoth(scene, each, name);
  await takeSupervision(scene, take);
  await takeEnding(scene, page, nadia);
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await takeBoth(scene, page, 'settings');
  await takeMore(scene, page, nadia);
  await page.goto('/no-such-page');
  await takeBoth(scene, page, 'not-found');
  await takeBuilder(scene);
  await takeAdministration(scene, take);
  await takeRecordsAndReports(scene, take);
  await takeTraffic(stack, await openAdministration({ stack, browser }, 'ada'), take);
}

/** An admin's own scenario, made from the guide's template, in each tab of the builder. */
async function takeBuilder(scene: Scene): Promise<void> {
  const { browser, stack } = scene;
  const user = { kind: 'user', username: 'dana', name: 'Dana Berg', role: 'admin', password: PASSWORD };
  await stack.call('POST', '/api/v1/configuration/apply', { body: { documents: [user] } });
  const { page } = await openWindow(browser, stack.url);
  const data = { username: user.username, password: PASSWORD };
  await page.context().request.post('/api/v1/session', { data, headers: { origin: stack.url } });
  await page.goto('/admin/scenarios');
  await page.getByRole('link', { name: 'mobile-chat' }).waitFor();
  await takeBoth(scene, page, 'scenarios');
  await page.getByRole('button', { name: 'New scenario' }).click();
  await page.getByText('Mobile Chat', { exact: true }).waitFor();
  await takeBoth(scene, page, 'scenarios-new');
  await page.getByRole('button', { name: 'Create and open' }).click();
  const block = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  await block('find').click();
  await takeBoth(scene, page, 'builder');
  await block('topic').click();
  await takeBoth(scene, page, 'builder-if');
  await page.getByRole('tab', { name: 'YAML' }).click();
  await page.getByRole('textbox', { name: 'Text of the scenario' }).waitFor();
  await takeBoth(scene, page, 'builder-yaml');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Begin' }).click();
  for (const words of ['Hello', 'My lamp blinks all the time']) {
    await page.getByLabel('Write as Ada').fill(words);
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText(words, { exact: true }).waitFor();
  }
  await takeBoth(scene, page, 'builder-try');
  await page.getByRole('button', { name: 'Publish…' }).click();
  await page.getByLabel('Note').last().waitFor();
  await takeBoth(scene, page, 'builder-publish');
}

/** The other agent is there, but takes no chats. */
async function takeLunch({ stack, home }: Scene): Promise<void> {
  const [, username] = home.agents;
  const session = await stack.call('POST', '/api/v1/session', { body: { username, password: PASSWORD } });
  const body = { state: 'not-ready', reason: 'Lunch' };
  await stack.call('PUT', '/api/v1/agents/me/state', { body, token: session.body.token });
}

/** Three chats that wait differently long, one of them with every kind of message; and an offer. */
async function playChats(scene: Scene, page: Page): Promise<PhoneCustomer> {
  const { stack, home } = scene;
  const accept = async (name: string): Promise<void> => {
    const offer = page.getByRole('article', { name: `Offer: ${name}` });
    await offer.getByRole('button', { name: /Accept/ }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  };
  const lin = await createPhoneCustomer(stack, home, '林 佳怡');
  await lin.askForHelp('請問訂單什麼時候會送到？');
  await accept('林 佳怡');
  await lin.say('訂單號碼是 HH-20377');
  const oksana = await createPhoneCustomer(stack, home, 'Oksana Bilyk');
  await oksana.askForHelp('Рахунок прийшов двічі');
  await accept('Oksana Bilyk');
  await say(page, 'Доброго дня, пані Оксано! Я дивлюся.');
  await page.getByRole('textbox', { name: /Your reply to/ }).fill('Я перевірила рахунок');
  const nadia = await createPhoneCustomer(stack, home, 'Nadia Rahman');
  await nadia.askForHelp('The globe lamp from order HH-20418 came today. The glass has a dent 😕');
  await accept('Nadia Rahman');
  await say(
    page,
    'Hi Nadia, I’m Amara. I’m sorry it reached you like that. Could you send me a photo of the lamp, please?',
  );
  await page.keyboard.press('Alt+KeyN');
  await page.getByRole('textbox', { name: 'Internal note' }).fill('Carrier damage can be claimed until 2 December.');
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.keyboard.press('Alt+KeyN');
  const files = await serveFiles();
  try {
    await nadia.send({ attachments: [{ type: 'image', url: files.photo }] });
    await nadia.send({ attachments: [{ type: 'audio', url: files.voice }] });
    await nadia.send({
      attachments: [
        { type: 'location', title: 'Lindholmsallén 12, Göteborg', coordinates: { lat: 57.7066, long: 11.9384 } },
      ],
    });
    await page.locator('.photo img, .attach').first().waitFor();
    await page.waitForTimeout(4000);
  } finally {
    await files.stop();
  }
  await nadia.say('This is my office. Would tomorrow before noon work? 🙏');
  await page.getByText('Would tomorrow before noon work?').first().waitFor();
  const youssef = await createPhoneCustomer(stack, home, 'Youssef Amrani');
  await youssef.askForHelp('وصلني المصباح والزجاج مكسور');
  await page.getByRole('article', { name: 'Offer: Youssef Amrani' }).waitFor();
  await page
    .getByRole('textbox', { name: /Your reply to/ })
    .fill('Let me book that for you. Shall the driver ring the reception or call you directly?');
  return nadia;
}

async function say(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /Your reply to/ });
  await box.fill(text);
  await box.press('Enter');
  await page.locator('.bubble').filter({ hasText: text }).first().waitFor();
}

async function takeDesktop(scene: Scene, page: Page, chat: string): Promise<void> {
  await takeBoth(scene, page, 'desktop');
  await page.getByRole('button', { name: 'Transfer', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().check();
  await dialog.getByRole('textbox').last().fill('Replacement agreed, please arrange the pick-up time.');
  await takeBoth(scene, page, 'desktop-transfer');
  await dialog.getByRole('tab', { name: 'Scenarios' }).click();
  await dialog.getByRole('radio').first().check();
  await takeBoth(scene, page, 'desktop-transfer-scenario');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Your state/ }).click();
  await page.getByRole('menu').waitFor();
  await takeBoth(scene, page, 'desktop-state-menu');
  await page.keyboard.press('Escape');
  const box = page.locator('.composer textarea');
  await box.fill('/pick');
  await page.getByRole('listbox').waitFor();
  await takeBoth(scene, page, 'desktop-canned');
  await box.fill('');
  await page.keyboard.press('Alt+KeyN');
  await page.getByRole('textbox', { name: 'Internal note' }).fill('Booked with DHL, reference 4471-09.');
  await page.getByRole('tab', { name: /History/ }).click();
  await takeBoth(scene, page, 'desktop-note');
  await page.getByRole('textbox', { name: 'Internal note' }).fill('');
  await page.keyboard.press('Alt+KeyN');
  await page.getByRole('button', { name: 'Help and keys' }).click();
  await page.getByRole('dialog').waitFor();
  await takeBoth(scene, page, 'help');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto(chat);
  await page.locator('.bubble').first().waitFor();
  await takeBoth(scene, page, 'desktop-1024');
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function takePhone(scene: Scene, chat: string): Promise<void> {
  const { browser, stack, home } = scene;
  const { page } = await openWindow(browser, stack.url, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await logIn(page, home.agents[0]);
  await page.locator('.crow').first().waitFor();
  await takeBoth(scene, page, 'phone-list');
  await page.goto(chat);
  await page.locator('.bubble').first().waitFor();
  await takeBoth(scene, page, 'phone-chat');
  await page.context().close();
}

async function takeEnding(scene: Scene, page: Page, nadia: PhoneCustomer): Promise<void> {
  await logIn(page, scene.home.agents[0]);
  await page.locator('.crow').filter({ hasText: nadia.name }).click();
  await page.getByRole('heading', { level: 1, name: nadia.name }).waitFor();
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('radio', { name: 'Replacement sent' }).check();
  await page
    .getByRole('textbox', { name: 'Note' })
    .fill('Dent in glass, box crushed. DHL collects tomorrow 9:00–11:30.');
  await takeBoth(scene, page, 'desktop-wrapup');
}

/** What is beside the open chats, the second factor, and the customers' phones. */
async function takeMore(scene: Scene, page: Page, nadia: PhoneCustomer): Promise<void> {
  await page.getByRole('button', { name: 'Turn on…' }).click();
  await page.getByRole('dialog').getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await page.locator('.qr svg').waitFor();
  await takeBoth(scene, page, 'second-factor');
  await page.keyboard.press('Escape');
  await page.goto('/work');
  await page.getByRole('row').filter({ hasText: nadia.name }).getByRole('button').click();
  await page.locator('.hist-transcript .bubble').first().waitFor();
  await takeBoth(scene, page, 'work');
  await page.goto('/contacts');
  await page.locator('.contact-row').filter({ hasText: nadia.name }).click();
  await page.locator('.contact-conversations li').first().waitFor();
  await takeBoth(scene, page, 'contacts');
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox').waitFor();
  await takeBoth(scene, page, 'palette');
  await page.keyboard.press('Escape');
  await takeCodeStep(scene);
  await page.goto('/simulator');
  await page.locator('main').first().waitFor();
  const { origin, pathname } = new URL(page.url());
  for (const name of ['林 佳怡', nadia.name]) {
    await page.goto(`${origin}${pathname}?customer=${encodeURIComponent(name)}`);
    await page.getByText(name).first().waitFor();
    await page.waitForTimeout(1000);
  }
  await page.locator('main').first().waitFor();
  await page.waitForTimeout(2000);
  await takeBoth(scene, page, 'simulator');
  await takeOnPhone(page, 'simulator', (each, name) => takeBoth(scene, each, name));
}

/** The door of somebody who has a second factor. */
async function takeCodeStep(scene: Scene): Promise<void> {
  const { stack, browser, home } = scene;
  const [, username] = home.agents;
  const { body: session } = await stack.call('POST', '/api/v1/session', { body: { username, password: PASSWORD } });
  const factor = '/api/v1/users/me/second-factor';
  const { token } = session;
  const { body: begun } = await stack.call('POST', factor, { body: { password: PASSWORD }, token });
  const code = new TOTP({ secret: Secret.fromBase32(begun.key) }).generate();
  await stack.call('PUT', factor, { body: { code }, token });
  const { page } = await openWindow(browser, stack.url);
  await page.goto('/login');
  await page.getByLabel('User name').fill(username);
  await page.locator('[name=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('[name=code]').fill('409');
  await takeBoth(scene, page, 'login-code');
  await page.context().close();
}

/** The same screen in light and in dark. */
async function takeBoth({ folder }: Scene, page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
