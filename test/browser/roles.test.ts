import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { axeFindings } from './support/axe-findings.ts';
import { PASSWORD } from './support/halden-home.ts';
import { openAdministration } from './support/open-administration.ts';
import { fillLogIn, look, openBrowser, openWindow, type Watch } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
const watches: Watch[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  await apply([
    { kind: 'user', username: 'ana', name: 'Ana Lind', role: 'admin', password: PASSWORD },
    { kind: 'role', name: 'people', title: 'People team', privileges: ['manage-users', 'see-contacts'] },
    { kind: 'user', username: 'paul', name: 'Paul Ek', role: 'people', password: PASSWORD },
    { kind: 'role', name: 'quality', privileges: ['see-team-chats', 'read-records', 'grade-chats'] },
    { kind: 'user', username: 'quinn', name: 'Quinn Moe', role: 'quality', password: PASSWORD },
    { kind: 'role', name: 'counsel', privileges: ['manage-legal-holds'] },
    { kind: 'user', username: 'hugo', name: 'Hugo Ahl', role: 'counsel', password: PASSWORD },
    { kind: 'user', username: 'otto', name: 'Otto Falk', role: 'operator', password: PASSWORD },
  ]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function apply(documents: object[]): Promise<void> {
  const { status, body } = await stack.call('POST', '/api/v1/configuration/apply', {
    body: { documents, source: 'console' },
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

const openRoles = async (place: string, options?: Parameters<typeof openAdministration>[2]): Promise<Page> => {
  const page = await openAdministration({ stack, browser, watches }, 'ana', options);
  await page.goto(`/admin/roles${place}`);
  return page;
};

/** Logs somebody in; gives the page once the console is there. */
async function enter(username: string): Promise<Page> {
  const { page, watch } = await openWindow(browser, stack.url);
  watches.push(watch);
  await fillLogIn(page, username);
  const takeOver = page.getByRole('button', { name: 'Take over here' });
  const arrived = page.locator('nav.rail');
  await takeOver.or(arrived).first().waitFor();
  if (await takeOver.isVisible()) await takeOver.click();
  await arrived.waitFor();
  return page;
}

const placesOf = (page: Page): Promise<string[]> =>
  page
    .locator('nav.rail a.rail-item:not([href="/simulator"])')
    .evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''));
const sectionsOf = (page: Page): Promise<string[]> => page.locator('.admin-nav .nav-item .clip').allTextContents();

describe('the page of roles', () => {
  it('makes a role by the keyboard alone, as a file would say it', async () => {
    const page = await openRoles('/new');
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('desk lead');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Lead of the desk');
    await page.keyboard.press('Tab');
    await look(page.getByRole('checkbox', { name: /^Is offered chats/ })).toBeFocused();
    await page.keyboard.press('Space');
    for (const _step of [1, 2]) await page.keyboard.press('Tab');
    await look(page.getByRole('checkbox', { name: /^Sees the chats of the teams/ })).toBeFocused();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('desk lead is in force').first().waitFor();
    const { documents } = (await stack.call('GET', '/api/v1/configuration')).body;
    expect(documents.find(({ name }: { name: string }) => name === 'desk lead')).toEqual({
      kind: 'role',
      name: 'desk lead',
      title: 'Lead of the desk',
      privileges: ['answer-chats', 'see-team-chats'],
    });
  });

  it('says at the field what is wrong with one that may do nothing, or is called like one that ships', async () => {
    const page = await openRoles('/new');
    await page.getByLabel('Name', { exact: true }).fill('admin');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await look(page.getByText(/is a role that ships/i).first()).toBeVisible();
  });

  it('shows those that ship, to be read, and who has each', async () => {
    const page = await openRoles('');
    await page.getByRole('link', { name: 'quality' }).waitFor();
    const operator = page.locator('details').filter({ has: page.locator('summary', { hasText: 'Operator' }) });
    await operator.locator('summary').click();
    await look(operator.getByText('Sees, acknowledges and resolves alerts.')).toBeVisible();
    await operator.getByRole('link', { name: 'otto' }).waitFor();
    await page.getByRole('link', { name: 'quality' }).click();
    await page.getByRole('link', { name: 'quinn' }).waitFor();
    await page.goto('/admin/users/edit/quinn');
    const role = page.getByLabel('Role', { exact: true });
    await look(role).toHaveValue('quality');
    expect(await role.locator('option').allTextContents()).toEqual(expect.arrayContaining(['Operator', 'People team']));
  });

  it.each(['light', 'dark'] as const)('is without findings of axe, in %s', async (colorScheme) => {
    const page = await openRoles('', { colorScheme });
    const supervisor = page.locator('details').nth(1);
    await supervisor.locator('summary').click();
    await look(supervisor.getByText('Sees agents, services and queues as they are now.')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.goto('/admin/roles/edit/quality');
    await page.getByRole('checkbox', { name: /^Is offered chats/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('fits a phone of 320 px, and speaks German', async () => {
    const page = await openRoles('/edit/quality', { viewport: { width: 320, height: 640 }, locale: 'de-DE' });
    await page.getByRole('checkbox', { name: /^Bekommt Chats angeboten/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    const field = await page.locator('.admin-main').evaluate((main) => [main.scrollWidth, main.clientWidth]);
    expect(field[0]).toBe(field[1]);
    await page.goto('/admin/roles');
    await page.locator('details summary').nth(1).click();
    const list = await page.locator('.admin-scroll').evaluate((pane) => [pane.scrollWidth, pane.clientWidth]);
    expect(list[0]).toBe(list[1]);
  });
});

describe('a user of a role of their own', () => {
  it('sees the places that it opens and no other', async () => {
    const page = await enter('quinn');
    await page.waitForURL('**/records');
    expect(await placesOf(page)).toEqual(['Chats', 'Records', 'Evaluations']);
    await page.goto('/contacts');
    await page.waitForURL('**/records');
    await page.goto('/admin');
    await page.waitForURL('**/records');
    const tabs = page.locator('.sup-tabs a');
    await look(tabs.first()).toHaveText('Records');
    expect(await tabs.count()).toBe(2);
  });

  it('sees of administration what they may change, and cannot give what they have not', async () => {
    const page = await enter('paul');
    await page.goto('/admin/roles/edit/quality');
    await look(page.getByRole('checkbox', { name: /^Searches interaction records/ })).toBeDisabled();
    await look(page.getByRole('checkbox', { name: /^Sees, edits, merges and blocks contacts/ })).toBeEnabled();
    expect(await sectionsOf(page)).toEqual(['Users', 'Roles', 'Skills']);
    await page.getByRole('checkbox', { name: /^Sees, edits, merges and blocks contacts/ }).check();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await look(page.getByText(/privileges that you do not have yourself/).first()).toBeVisible();
    await page.goto('/admin/labels');
    await page.locator('.admin-main.centred').waitFor();
  });

  it('is led to the system as an operator', async () => {
    const page = await enter('otto');
    await page.waitForURL('**/supervision');
    expect(await placesOf(page)).toEqual(['Supervisor', 'Administration']);
    await page.goto('/admin/system');
    await page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
    expect(await sectionsOf(page)).toEqual(['System']);
  });

  it('looks after holds and nothing else, where that is all they may', async () => {
    const page = await enter('hugo');
    await page.waitForURL('**/admin');
    expect(await sectionsOf(page)).toEqual(['Legal holds']);
    await page.getByRole('link', { name: 'Legal holds' }).first().click();
    await page.getByRole('button', { name: 'Hold a customer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hold a customer' });
    for (const [label, text] of [
      ['Page ID', 'page-1'],
      ['PSID', 'c1'],
      ['Reason', 'File 9'],
    ] as const)
      await dialog.getByLabel(label).fill(text);
    await page.keyboard.press('Enter');
    // Nobody of that name has ever written: it is said at the field, and nothing typed is lost.
    await look(dialog.getByLabel('PSID')).toHaveAttribute('aria-invalid', 'true');
    await look(dialog.getByLabel('Reason')).toHaveValue('File 9');
  });

  it('sees other places as soon as the role is another', async () => {
    await apply([{ kind: 'role', name: 'quality', privileges: ['see-team-chats', 'read-records', 'grade-chats'] }]);
    const page = await enter('quinn');
    await page.waitForURL('**/records');
    await apply([{ kind: 'role', name: 'quality', privileges: ['see-contacts'] }]);
    await page.waitForURL('**/contacts');
    await expect.poll(() => placesOf(page), { timeout: 60_000 }).toEqual(['Contacts']);
  });
});
