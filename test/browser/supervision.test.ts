import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { axeFindings } from './support/axe-findings.ts';
import { createPhoneCustomer, setUpHaldenHome, type HaldenHome, type PhoneCustomer } from './support/halden-home.ts';
import { fillLogIn, logIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let home: HaldenHome;
let agent: Page;
let supervisor: Page;
let nadia: PhoneCustomer;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  home = await setUpHaldenHome(stack);
  agent = await openWindowOf();
  await logIn(agent, home.agents[0]);
  await agent.getByRole('button', { name: 'Go Ready' }).click();
  nadia = await createPhoneCustomer(stack, home, 'Nadia Rahman');
  await nadia.askForHelp('The globe lamp has a dent');
  await agent.getByRole('button', { name: /Accept/ }).click();
  await agent.getByRole('heading', { level: 1, name: 'Nadia Rahman' }).waitFor();
  supervisor = await openWindowOf();
  await fillLogIn(supervisor, 'sofia');
  await supervisor.getByRole('heading', { name: 'Services' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

async function openWindowOf(): Promise<Page> {
  const { page, watch } = await openWindow(browser, stack.url);
  watches.push(watch);
  return page;
}

const amara = (): ReturnType<Page['getByRole']> => supervisor.getByRole('button', { name: /^Amara Osei/ });

describe('a supervisor', () => {
  it('is told of a call for help among the alerts, and takes it up', async () => {
    await agent.getByRole('button', { name: 'Ask a supervisor to look' }).click();
    await agent.getByRole('dialog').getByRole('textbox').fill('Wants a refund above my limit');
    await agent.getByRole('dialog').getByRole('button').last().click();
    const tab = supervisor.getByRole('link', { name: /^Alerts/ });
    await look(tab).toContainText('1 alert that nobody has taken up');
    await tab.click();
    const line = supervisor.getByRole('listitem').filter({ hasText: 'Returns and repairs: an agent asks for help' });
    await look(line).toContainText('Look into the chat');
    for (const scheme of ['light', 'dark'] as const) {
      await supervisor.emulateMedia({ colorScheme: scheme });
      expect(await axeFindings(supervisor), scheme).toEqual([]);
    }
    await supervisor.emulateMedia({ colorScheme: null });
    await line.getByRole('button', { name: /^Take up/ }).click();
    await look(line).toContainText('taken up by Sofia Reyes');
    await look(tab).toHaveText('Alerts');
    await line.getByRole('button', { name: 'Monitor' }).click();
    await supervisor.getByRole('main', { name: 'Chat with Nadia Rahman, as a supervisor' }).waitFor();
    await supervisor.getByRole('button', { name: 'Stop watching' }).click();
    await supervisor.getByRole('heading', { name: 'Services' }).waitFor();
  });

  it('sees a call for help with its reason, looks in, whispers, talks, and leaves; the customer sees the last but one alone', async () => {
    await look(amara().getByText('Asks for help')).toBeAttached();
    await amara().click();
    await supervisor.getByText('Asks for help: “Wants a refund above my limit”').waitFor();
    await supervisor.getByRole('button', { name: 'Monitor' }).click();
    await supervisor.getByRole('main', { name: 'Chat with Nadia Rahman, as a supervisor' }).waitFor();
    await supervisor.getByText('The globe lamp has a dent').first().waitFor();
    await supervisor.getByRole('radio', { name: 'Coach' }).click();
    await supervisor.getByRole('textbox', { name: 'Whisper to Amara' }).fill('Offer her a new one');
    await supervisor.keyboard.press('Enter');
    await agent.getByText('Offer her a new one').waitFor();
    await supervisor.getByRole('radio', { name: 'Join' }).click();
    await supervisor.getByRole('textbox', { name: /Your reply to/ }).fill('This is Sofia. You get a new lamp.');
    await supervisor.keyboard.press('Enter');
    await expect.poll(() => nadia.received()).toContain('This is Sofia. You get a new lamp.');
    expect(await nadia.received()).not.toContain('Offer her a new one');
    await supervisor.getByRole('button', { name: 'Stop watching' }).click();
    await supervisor.getByRole('heading', { name: 'Services' }).waitFor();
  });

  it('sees why somebody waits, raises their priority, sets an agent ready, and assigns the customer to them', async () => {
    if ((await amara().getAttribute('aria-pressed')) !== 'true') await amara().click();
    await setState('Not ready');
    await look(amara()).toContainText('Not ready');
    const tom = await createPhoneCustomer(stack, home, 'Tom Reed');
    await tom.askForHelp('Where is my parcel?');
    const row = supervisor.getByRole('button', { name: /Tom Reed/ });
    await look(row).toContainText('Where is my parcel?');
    await look(row).toContainText('Amara Osei is not ready.');
    await row.click();
    await supervisor.getByRole('button', { name: 'Raise priority' }).click();
    await look(row).toContainText('Priority 15');
    await setState('Ready');
    await agent.getByRole('article', { name: 'Offer: Tom Reed' }).waitFor();
    await look(row).toContainText('Being offered to Amara Osei');
    await agent.getByRole('button', { name: /Accept/ }).click();
    await supervisor.getByText('Nobody waits').waitFor();
    await look(supervisor.getByRole('row', { name: /Returns and repairs/ })).toContainText('2');
  });

  it('gives a waiting customer to one agent by hand', async () => {
    await setState('Not ready');
    const eva = await createPhoneCustomer(stack, home, 'Eva Lind');
    await eva.askForHelp('My order number is wrong');
    await supervisor.getByRole('button', { name: /Eva Lind/ }).click();
    await supervisor.getByRole('button', { name: 'Assign…' }).click();
    await supervisor.getByRole('radio', { name: /Amara Osei/ }).check();
    await supervisor.getByRole('button', { name: 'Assign to Amara' }).click();
    await look(supervisor.getByRole('button', { name: /Eva Lind/ })).toContainText('Waits for');
    await setState('Ready');
    await agent.getByRole('article', { name: 'Offer: Eva Lind' }).waitFor();
  });

  it('has the agents in a list, the queue by service, and one team alone', async () => {
    await supervisor.getByRole('radio', { name: 'List' }).click();
    const row = supervisor.getByRole('row', { name: /Amara Osei/ });
    await look(row).toContainText('Returns and repairs');
    expect(await axeFindings(supervisor)).toEqual([]);
    await supervisor.getByRole('radio', { name: 'Tiles' }).click();
    await choose('Order of the queue: Longest first', 'By service');
    await look(supervisor.getByRole('button', { name: 'Order of the queue: By service' })).toBeVisible();
    const documents = [{ kind: 'team', name: 'Night shift', members: [home.agents[1]], services: [] }];
    const applied = await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
    expect(applied.status, JSON.stringify(applied.body)).toBe(200);
    await choose('Team: All teams', 'Night shift');
    await look(amara()).toHaveCount(0);
    await look(supervisor.getByRole('row', { name: /Returns and repairs/ })).toHaveCount(0);
    await choose('Team: Night shift', 'All teams');
    await look(amara()).toBeVisible();
  });

  it('puts the services on a wall in large type, and takes them off again', async () => {
    await supervisor.getByRole('button', { name: 'Full screen' }).click();
    const tile = supervisor.getByRole('list', { name: 'Services' }).getByRole('listitem');
    await look(tile.getByRole('heading', { name: 'Returns and repairs' })).toBeVisible();
    expect(await axeFindings(supervisor)).toEqual([]);
    await supervisor.getByRole('button', { name: 'Leave full screen' }).click();
    await look(amara()).toBeVisible();
  });

  it.each(['light', 'dark'] as const)('finds nothing in the way of anybody, by axe, in %s', async (scheme) => {
    await supervisor.emulateMedia({ colorScheme: scheme });
    expect(await axeFindings(supervisor)).toEqual([]);
    await supervisor.emulateMedia({ colorScheme: null });
  });

  it.each([320, 720, 1024])('has no sideways scroll at %i px', async (width) => {
    await supervisor.setViewportSize({ width, height: 800 });
    const [inner, outer] = (await supervisor.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
      number,
      number,
    ];
    expect(inner).toBeLessThanOrEqual(outer);
    await supervisor.setViewportSize({ width: 1440, height: 900 });
  });

  it('is nobody whom an agent could be: the page sends agents to their chats', async () => {
    await agent.goto('/supervision');
    await agent.waitForURL('**/chats');
    expect(await agent.getByRole('link', { name: 'Supervisor' }).count()).toBe(0);
  });

  it('has broken no policy and asked nobody else', () => {
    expect(watches.flatMap(({ problems, foreign }) => [...problems, ...foreign])).toEqual([]);
  });
});

/** Chooses in a menu, and waits until it is closed: one that is closing takes no click. */
async function choose(button: string, item: string): Promise<void> {
  await supervisor.getByRole('button', { name: button }).click();
  await supervisor.getByRole('menuitemradio', { name: item }).click();
  await look(supervisor.getByRole('menu')).toHaveCount(0);
}

async function setState(name: string): Promise<void> {
  await supervisor.getByRole('button', { name: 'Change state' }).click();
  await supervisor.getByRole('menuitem', { name, exact: true }).click();
}
