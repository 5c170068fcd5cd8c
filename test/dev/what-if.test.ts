import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../contracts/queue-view-schema.ts';
import { playArrivals, type StaffMember } from '../../dev/what-if/play-arrivals.ts';

const MINUTE_MS = 60_000;
const MIDNIGHT = Date.UTC(2026, 10, 23);

const arrival = (minute: number, more: Partial<Arrival> = {}): Arrival => ({
  queuedAt: MIDNIGHT + minute * MINUTE_MS,
  priority: 0,
  skills: [{ name: 'support', minLevel: 1 }],
  anySkillOf: [],
  ...more,
});
const agent = (username: string, more: Partial<StaffMember> = {}): StaffMember => ({
  username,
  name: username,
  skills: { support: 50 },
  slots: 1,
  ...more,
});
const usual = { usualHandleMs: 5 * MINUTE_MS, patienceMs: 60 * MINUTE_MS };

describe('a what-if', () => {
  it('makes those wait for whom there are too few', () => {
    const arrivals = [arrival(0), arrival(1), arrival(2)];
    expect(playArrivals({ arrivals, staff: [agent('ann')], ...usual })).toMatchObject({
      served: 3,
      waitP50Ms: 4 * MINUTE_MS,
      longestWaitMs: 8 * MINUTE_MS,
      occupancyPercent: 100,
    });
    const more = [agent('ann'), agent('ben'), agent('cid')];
    expect(playArrivals({ arrivals, staff: more, ...usual })).toMatchObject({ served: 3, longestWaitMs: 0 });
  });

  it('counts who gives up, and who meets nobody', () => {
    const arrivals = [
      arrival(0),
      arrival(1, { patienceMs: MINUTE_MS }),
      arrival(2, { skills: [{ name: 'law', minLevel: 1 }] }),
    ];
    expect(playArrivals({ arrivals, staff: [agent('ann')], ...usual })).toMatchObject({
      served: 1,
      abandoned: 1,
      turnedAway: 1,
    });
  });

  it('knows shifts, paper work and the settings of the group', () => {
    const arrivals = [arrival(8 * 60), arrival(8 * 60 + 1)];
    const staff = [agent('ann', { from: '07:00', to: '09:00', slots: 2 })];
    const settings = { rampUpMs: 2 * MINUTE_MS };
    expect(playArrivals({ arrivals, staff, settings, ...usual })).toMatchObject({
      served: 2,
      longestWaitMs: MINUTE_MS,
    });
    const single = [agent('ann', { from: '07:00', to: '09:00' })];
    expect(playArrivals({ arrivals, staff: single, afterWorkMs: MINUTE_MS, ...usual })).toMatchObject({
      longestWaitMs: 5 * MINUTE_MS,
    });
  });
});
