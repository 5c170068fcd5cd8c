import type { Browser } from '@playwright/test';
import type { RunningStack } from '../../test/support/running-stack.ts';
import type { HaldenHome } from '../../test/browser/support/halden-home.ts';
import { takeOnPhone, type Take } from './take.ts';
import { openAdministration } from '../../test/browser/support/open-administration.ts';

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

const RETENTION = { kind: 'retention', name: 'default', transcriptDays: 730, eventDays: 1095, fileDays: 180 };

/** Takes the screens of administration: `take` has each in light and in dark. */
export async function takeAdministration(
  { stack, browser, home }: { stack: RunningStack; browser: Browser; home: HaldenHome },
  take: Take,
): Promise<void> {
  const body = { documents: [HOURS, ROLE, RETENTION], source: 'console' };
  await stack.call('POST', '/api/v1/configuration/apply', { body });
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
