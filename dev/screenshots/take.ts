import type { Page } from '@playwright/test';

/** Takes a screen as it is now, in light and in dark, under a name. */
export type Take = (page: Page, name: string) => Promise<void>;

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

/** The same page as it is on a phone; it goes back to the width of a desk. */
export async function takeOnPhone(page: Page, name: string, take: Take): Promise<void> {
  await page.setViewportSize(PHONE);
  await take(page, `phone-${name}`);
  await page.setViewportSize(DESK);
}
