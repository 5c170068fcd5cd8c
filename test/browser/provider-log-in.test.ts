import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../../dev/embedded/free-ports.ts';
import { startOidcProvider, type TestOidcProvider } from '../support/oidc-provider.ts';
import { startRunningStack, type RunningStack } from '../support/running-stack.ts';
import { axeFindings } from './support/axe-findings.ts';
import { look, openBrowser, openWindow } from './support/open-browser.ts';

let stack: RunningStack;
let browser: Browser;
let provider: TestOidcProvider;

beforeAll(async () => {
  const port = await findFreePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  provider = await startOidcProvider(`${publicUrl}/api/v1/oidc/callback`);
  const env = {
    ATTENDANT_PUBLIC_URL: publicUrl,
    ATTENDANT_OIDC_ISSUER: provider.issuer,
    ATTENDANT_OIDC_CLIENT_ID: provider.client.id,
    ATTENDANT_OIDC_CLIENT_SECRET: provider.client.secret,
    ATTENDANT_OIDC_NAME: 'Halden ID',
    ATTENDANT_OIDC_ROLES: 'desk=agent;it=admin',
  };
  [stack, browser] = await Promise.all([startRunningStack({ port, env }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
  await provider?.stop();
});

/** Goes to a page as nobody, and through the provider as a person. */
async function enterAs(page: Page, subject: string): Promise<void> {
  await page.getByRole('link', { name: 'Log in with Halden ID' }).click();
  await page.locator('input[name=login]').fill(subject);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('button[type=submit]').click();
}

describe('the log-in at the company’s own provider', () => {
  it('makes an agent of whom a group gives that role, and leads to where they wanted to go', async () => {
    provider.people.set('p-1', { preferred_username: 'nia.odu', name: 'Nia Odu', groups: ['desk'] });
    const { page, watch } = await openWindow(browser, stack.url);
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Log in with Halden ID' }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page), colorScheme).toEqual([]);
    }
    await enterAs(page, 'p-1');
    await look(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await look(page.getByText('Nia Odu').first()).toBeVisible();
    await look(page.getByText('You have logged in at Halden ID, which asks for factors of its own.')).toBeVisible();
    expect(await page.getByRole('button', { name: 'Turn on…' }).count()).toBe(0);
    expect(watch.problems).toEqual([]);
    await page.context().close();
  });

  it('says why it does not let somebody in, and what to do', async () => {
    provider.people.set('p-2', { preferred_username: 'tom', groups: ['sports'] });
    const { page } = await openWindow(browser, stack.url, { viewport: { width: 320, height: 700 } });
    await page.goto('/login');
    await enterAs(page, 'p-2');
    await look(page.getByRole('alert')).toContainText('None of your groups may come in here.');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  });
});
