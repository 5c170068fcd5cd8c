import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { RunningStack } from '../../support/running-stack.ts';
import { PASSWORD } from './halden-home.ts';
import { openWindow, type Watch } from './open-browser.ts';

/** A window of its own in which an admin is logged in; `watches` gets what it did. */
export async function openAdministration(
  { stack, browser, watches = [] }: { stack: RunningStack; browser: Browser; watches?: Watch[] },
  username: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const { context, page, watch } = await openWindow(browser, stack.url, options);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stack.url });
  watches.push(watch);
  await page.goto('/login');
  await enterAdministration(page, username);
  return page;
}

/** Logs in at the door, and takes over where one is logged in elsewhere. */
export async function enterAdministration(page: Page, username: string): Promise<void> {
  await page.getByLabel(/User name|Benutzername/).fill(username);
  await page.locator('[name=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  const takeOver = page.getByRole('button', { name: /Take over here|Hier übernehmen/ });
  const arrived = page.locator('.admin-pane');
  await takeOver.or(arrived).first().waitFor();
  if (await takeOver.isVisible()) await takeOver.click();
  await arrived.waitFor();
}
