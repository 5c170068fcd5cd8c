import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAtHours, type Schedule } from '../../../activities/operations/opening-hours.ts';

const office: Schedule = {
  open: [
    { days: [1, 2, 3, 4, 5], from: '09:00', to: '12:00' },
    { days: [1, 2, 3, 4, 5], from: '13:00', to: '17:00' },
  ],
  closedOn: ['2026-12-25'],
};
const night: Schedule = { open: [{ days: [6], from: '22:00', to: '02:00' }], closedOn: [] };

function look(schedule: Schedule, at: string, zone = 'UTC'): [boolean, string | undefined] {
  const { isOpen, nextChangeAt } = lookAtHours(schedule, Date.parse(at), zone);
  return [isOpen, nextChangeAt === undefined ? undefined : new Date(nextChangeAt).toISOString().slice(0, 16)];
}

describe('hours', () => {
  it.each([
    ['in the morning', '2026-11-23T09:00:00Z', [true, '2026-11-23T12:00']],
    ['at lunch', '2026-11-23T12:00:00Z', [false, '2026-11-23T13:00']],
    ['after work', '2026-11-23T17:00:00Z', [false, '2026-11-24T09:00']],
    ['on a Friday evening', '2026-11-27T18:00:00Z', [false, '2026-11-30T09:00']],
    ['on a holiday, to the Monday after', '2026-12-25T10:00:00Z', [false, '2026-12-28T09:00']],
  ])('are told %s with the next change', (_when, at, told) => {
    expect(look(office, at)).toEqual(told);
  });

  it('are those of their zone, in winter and in summer', () => {
    expect(look(office, '2026-01-12T08:30:00Z', 'Europe/Berlin')).toEqual([true, '2026-01-12T11:00']);
    expect(look(office, '2026-07-13T07:30:00Z', 'Europe/Berlin')).toEqual([true, '2026-07-13T10:00']);
    expect(look(office, '2026-07-13T07:30:00Z', 'UTC')).toEqual([false, '2026-07-13T09:00']);
  });

  it('that end at 23:59 do not close for the last minute of the day', () => {
    const days = [1, 2, 3, 4, 5, 6, 7];
    const always: Schedule = { open: [{ days, from: '00:00', to: '23:59' }], closedOn: [] };
    expect(look(always, '2026-11-23T23:59:30Z')).toEqual([true, undefined]);
    const evenings: Schedule = { open: [{ days, from: '18:00', to: '23:59' }], closedOn: [] };
    expect(look(evenings, '2026-11-23T20:00:00Z')).toEqual([true, '2026-11-24T00:00']);
    const closedOn = [{ date: '2026-11-23', from: '12:00', to: '23:59' }];
    expect(look({ ...always, closedOn }, '2026-11-23T23:59:30Z')).toEqual([false, '2026-11-24T00:00']);
  });

  it('keep to the clock across the nights in which it changes', () => {
    const sunday: Schedule = { open: [{ days: [7], from: '01:00', to: '04:00' }], closedOn: [] };
    expect(look(sunday, '2026-03-29T00:30:00Z', 'Europe/Berlin')).toEqual([true, '2026-03-29T02:00']);
    expect(look(sunday, '2026-10-25T00:30:00Z', 'Europe/Berlin')).toEqual([true, '2026-10-25T03:00']);
    const skipped: Schedule = { open: [{ days: [7], from: '02:30', to: '05:00' }], closedOn: [] };
    expect(look(skipped, '2026-03-29T00:00:00Z', 'Europe/Berlin')).toEqual([false, '2026-03-29T01:30']);
  });

  it('run over midnight, also into a closed day', () => {
    expect(look(night, '2026-11-29T01:00:00Z')).toEqual([true, '2026-11-29T02:00']);
    expect(look(night, '2026-11-28T21:00:00Z')).toEqual([false, '2026-11-28T22:00']);
    expect(look({ ...night, closedOn: ['2026-11-29'] }, '2026-11-29T01:00:00Z')[0]).toBe(true);
    expect(look({ ...night, closedOn: ['2026-11-28'] }, '2026-11-29T01:00:00Z')[0]).toBe(false);
  });

  it('are told across a long closure, however long', () => {
    const days = Array.from({ length: 400 }, (_, index) => new Date(Date.UTC(2026, 11, 21 + index)));
    const closedOn = days.map((day) => day.toISOString().slice(0, 10));
    expect(look({ ...office, closedOn: closedOn.slice(0, 21) }, '2026-12-21T10:00:00Z', 'Europe/Berlin')).toEqual([
      false,
      '2027-01-11T08:00',
    ]);
    expect(look({ ...office, closedOn }, '2026-12-21T10:00:00Z')).toEqual([false, '2028-01-25T09:00']);
  });

  it('close for a part of a day, at once or in the middle', () => {
    const early: Schedule = { ...office, closedOn: [{ date: '2026-12-24', from: '11:00' }, '2026-12-25'] };
    expect(look(early, '2026-12-24T10:00:00Z')).toEqual([true, '2026-12-24T11:00']);
    expect(look(early, '2026-12-24T14:00:00Z')).toEqual([false, '2026-12-28T09:00']);
    const meeting: Schedule = { ...office, closedOn: [{ date: '2026-11-23', from: '10:00', to: '10:30' }] };
    expect(look(meeting, '2026-11-23T10:00:00Z')).toEqual([false, '2026-11-23T10:30']);
    expect(look(meeting, '2026-11-23T10:30:00Z')).toEqual([true, '2026-11-23T12:00']);
    const late: Schedule = { ...night, closedOn: [{ date: '2026-11-29', to: '01:00' }] };
    expect(look(late, '2026-11-28T23:00:00Z')).toEqual([true, '2026-11-29T00:00']);
    expect(look(late, '2026-11-29T01:30:00Z')).toEqual([true, '2026-11-29T02:00']);
  });

  it('that never close do so for a closure that is far ahead', () => {
    const always: Schedule = {
      open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }],
      closedOn: ['2027-12-25'],
    };
    expect(look(always, '2026-11-23T10:00:00Z')).toEqual([true, '2027-12-25T00:00']);
  });

  it('that touch are one opening, and none at all never change', () => {
    const allDay: Schedule = { open: [{ days: [1, 2], from: '00:00', to: '00:00' }], closedOn: [] };
    expect(look(allDay, '2026-11-23T10:00:00Z')).toEqual([true, '2026-11-25T00:00']);
    expect(look({ open: [], closedOn: [] }, '2026-11-23T10:00:00Z')).toEqual([false, undefined]);
    const always: Schedule = { open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }], closedOn: [] };
    expect(look(always, '2026-11-23T10:00:00Z')).toEqual([true, undefined]);
  });

  it('change at the moment that is told, and not before', () => {
    const times = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`);
    const opening = fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      from: times,
      to: times,
    });
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    const date = fc
      .integer({ min: 0, max: 380 })
      .map((day) => new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10));
    const part = fc.record({ date, from: times, to: fc.constant('23:45') });
    const closures = fc.array(fc.oneof(date, part), { maxLength: 30 });
    const schedules = fc.record({ open: fc.array(opening, { maxLength: 4 }), closedOn: closures });
    fc.assert(
      fc.property(schedules, zone, moment, (schedule, timeZone, at) => {
        const { isOpen, nextChangeAt } = lookAtHours(schedule, at, timeZone);
        if (nextChangeAt === undefined) return;
        expect(nextChangeAt).toBeGreaterThan(at);
        expect(lookAtHours(schedule, nextChangeAt, timeZone).isOpen).toBe(!isOpen);
        expect(lookAtHours(schedule, nextChangeAt - 1, timeZone).isOpen).toBe(isOpen);
      }),
      { numRuns: 100 },
    );
  });
});
