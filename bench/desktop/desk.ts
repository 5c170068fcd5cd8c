import type { Page } from '@playwright/test';
import { startRunningStack, type RunningStack } from '../../test/support/running-stack.ts';
import {
  createPhoneCustomer,
  setUpHaldenHome,
  type HaldenHome,
  type PhoneCustomer,
} from '../../test/browser/support/halden-home.ts';
import { becomeReady, logIn, openBrowser, openWindow } from '../../test/browser/support/open-browser.ts';

/** The whole product, a Page with customers, and the desktop of an agent who is Ready. */
export interface Desk {
  stack: RunningStack;
  home: HaldenHome;
  page: Page;
  /** Somebody who has written and been taken by the agent; their chat is open on the screen. */
  takeChat: (name: string) => Promise<PhoneCustomer>;
  stop: () => Promise<void>;
}

export const PATIENCE = { timeout: 60_000 };

/** Starts a stack of its own and logs an agent in. */
export async function openDesk(): Promise<Desk> {
  const [stack, browser] = await Promise.all([startRunningStack(), openBrowser()]);
  const stop = async (): Promise<void> => {
    await browser.close();
    await stack.remove();
  };
  try {
    const home = await setUpHaldenHome(stack);
    const { page } = await openWindow(browser, stack.url);
    await logIn(page, home.agents[0]);
    await becomeReady(page);
    const takeChat = async (name: string): Promise<PhoneCustomer> => {
      const customer = await createPhoneCustomer(stack, home, name);
      await customer.askForHelp('The globe lamp has a dent');
      await acceptOffer(page, name);
      return customer;
    };
    return { stack, home, page, takeChat, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Accepts somebody's offer and waits for their chat on the screen. */
export async function acceptOffer(page: Page, name: string): Promise<void> {
  const offer = page.getByRole('article', { name: `Offer: ${name}` });
  await offer.getByRole('button', { name: /Accept/ }).click(PATIENCE);
  await page.getByRole('heading', { level: 1, name }).waitFor(PATIENCE);
}
