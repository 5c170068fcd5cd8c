import type { Browser, Page } from '@playwright/test';
import type { RunningStack } from '../../test/support/running-stack.ts';
import type { HaldenHome } from '../../test/browser/support/halden-home.ts';
import { fillLogIn, openWindow } from '../../test/browser/support/open-browser.ts';
import { takeOnPhone, type Take } from './take.ts';
import { takeEvaluation, takeReplay, takeSavedSearch } from './take-quality.ts';
import { seedHistory } from '../../test/browser/support/seed-history.ts';

interface Scene {
  stack: RunningStack;
  browser: Browser;
  home: HaldenHome;
}

/** A week of an ordinary house. */
const CONVERSATIONS = 160;

async function openSupervisor({ browser, stack }: Scene): Promise<Page> {
  const { page } = await openWindow(browser, stack.url);
  await fillLogIn(page, 'sofia');
  const takeOver = page.getByRole('button', { name: 'Take over here' });
  const services = page.getByRole('heading', { name: 'Services' });
  await takeOver.or(services).first().waitFor();
  if (await takeOver.isVisible()) await takeOver.click();
  await services.waitFor();
  return page;
}

/** The floor as it is while the morning's chats go on, with one of them open; also on a phone. */
export async function takeSupervision(scene: Scene, take: Take): Promise<void> {
  const page = await openSupervisor(scene);
  const amara = page.getByRole('button', { name: /^Amara Osei/ });
  await amara.click();
  await page.getByRole('button', { name: 'Monitor' }).first().waitFor();
  await take(page, 'supervision');
  await takeOnPhone(page, 'supervision', take);
  if ((await amara.getAttribute('aria-pressed')) !== 'true') await amara.click();
  await page.getByRole('button', { name: 'Monitor' }).first().click();
  await page.getByRole('radio', { name: 'Coach' }).click();
  await page.getByRole('textbox', { name: /Whisper to/ }).waitFor();
  await take(page, 'supervision-coach');
  await page.getByRole('button', { name: 'Stop watching' }).click();
  await page.getByRole('button', { name: 'Full screen' }).click();
  await page.locator('.wall li').first().waitFor();
  await take(page, 'wallboard');
  await page.context().close();
}

/** Records and reports of a week; also on a phone. */
export async function takeRecordsAndReports(scene: Scene, take: Take): Promise<void> {
  const page = await openSupervisor(scene);
  await page.goto('/records');
  const nadia = page.getByRole('row', { name: /Nadia Rahman/ });
  await nadia.waitFor();
  await take(page, 'records');
  await takeOnPhone(page, 'records', take);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  await page.getByRole('dialog').getByRole('link', { name: /Save/ }).waitFor();
  await take(page, 'records-export');
  await page.keyboard.press('Escape');
  await nadia.click();
  await page
    .getByRole('heading', { name: /Nadia Rahman/ })
    .first()
    .waitFor();
  await take(page, 'record');
  await takeOnPhone(page, 'record', take);
  await takeReplay(scene, new URL(page.url()).pathname, take);
  await takeEvaluation(scene.stack, page, take);
  await takeSavedSearch(page, take);
  const { mongo } = await scene.stack.readFile();
  const { agents, pageId } = scene.home;
  await seedHistory(mongo?.uri ?? '', { services: ['Returns and repairs', 'Billing'], agents, pageId }, CONVERSATIONS);
  await page.goto('/reports');
  await page.getByRole('table').waitFor();
  await take(page, 'reports');
  await takeOnPhone(page, 'reports', take);
  await page.getByRole('link', { name: 'Bot containment and hand-overs' }).click();
  await page.getByRole('radio', { name: '30 days' }).click();
  await page.getByRole('row', { name: /^Total/ }).waitFor();
  await take(page, 'reports-containment');
  await page.goto('/alerts');
  await page.locator('main[aria-busy=false]').waitFor();
  await take(page, 'alerts');
  await takeOnPhone(page, 'alerts', take);
  await page.context().close();
}
