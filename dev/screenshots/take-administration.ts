import type { Browser } from '@playwright/test';
import type { RunningStack } from '../../test/support/running-stack.ts';
import { PASSWORD, type HaldenHome } from '../../test/browser/support/halden-home.ts';
import { openAdministration } from '../../test/browser/support/open-administration.ts';
import { fillLogIn, openWindow } from '../../test/browser/support/open-browser.ts';
import { takeOnPhone, type Take } from './take.ts';

const HOURS = {
  kind: 'hours',
  name: 'Shop',
  timeZone: 'Europe/Stockholm',
  open: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '20:00' },
    { days: ['sat'], from: '10:00', to: '16:00' },
  ],
  closedOn: ['2026-12-25', { date: '2026-12-24', from: '14:00' }],
};

const ROLE = {
  kind: 'role',
  name: 'quality',
  title: 'Quality team',
  privileges: ['see-team-chats', 'read-records', 'export-records', 'read-reports', 'grade-chats'],
};

/** Whose second factor is set up before anything else. */
const CAREFUL = [
  { kind: 'role', name: 'counsel', privileges: ['manage-legal-holds'], requireSecondFactor: true },
  { kind: 'user', username: 'hugo', name: 'Hugo Ahl', role: 'counsel', password: PASSWORD },
];

const RETENTION = { kind: 'retention', name: 'default', transcriptDays: 730, eventDays: 1095, fileDays: 180 };

/** Takes the screens of administration: `take` has each in light and in dark. */
export async function takeAdministration(
  { stack, browser, home }: { stack: RunningStack; browser: Browser; home: HaldenHome },
  take: Take,
): Promise<void> {
  const body = { documents: [HOURS, ROLE, RETENTION, ...CAREFUL], source: 'console' };
  await stack.call('POST', '/api/v1/configuration/apply', { body });
  const { body: listed } = await stack.call('GET', '/api/v1/conversations?limit=1');
  const hold = { conversationId: listed.items[0].id, reason: 'File 7 of the district court' };
  await stack.call('POST', '/api/v1/legal-holds', { body: hold });
  await takeSecondFactor({ stack, browser }, take);
  const page = await openAdministration({ stack, browser }, 'ada');
  const places: [string, string][] = [
    ['admin-home', ''],
    ['admin-entries', '/entries'],
    ['admin-hours', '/hours/edit/Shop'],
    ['admin-user', `/users/edit/${home.agents[0]}`],
    ['admin-roles', '/roles'],
    ['admin-role', '/roles/edit/quality'],
    ['admin-skills', '/skills'],
    ['admin-retention', '/retention'],
    ['admin-holds', '/holds'],
    ['admin-audit', '/audit'],
    ['admin-system', '/system'],
  ];
  for (const [name, place] of places) {
    await page.goto(`/admin${place}`);
    await page.locator('.admin-head h1').waitFor();
    await take(page, name);
    if (name === 'admin-home' || name === 'admin-entries') await takeOnPhone(page, name, take);
  }
  await page.goto('/admin/accounts/edit/Halden%20Home');
  await page.getByRole('button', { name: 'Test connection' }).first().click();
  await page.locator('.test').first().waitFor();
  await take(page, 'admin-account');
  await page.context().close();
}

async function takeSecondFactor(
  { stack, browser }: { stack: RunningStack; browser: Browser },
  take: Take,
): Promise<void> {
  const { page } = await openWindow(browser, stack.url);
  await fillLogIn(page, 'hugo');
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.qr svg').waitFor();
  await take(page, 'second-factor-required');
  await page.context().close();
}
