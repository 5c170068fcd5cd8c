import { describe, expect, it } from 'vitest';
import { createDateReader } from '../../../scenario-dsl/blocks/read-date.ts';
import type { QuestionFields } from '../../../scenario-dsl/blocks/request-input-schema.ts';
import { dateWords } from '../../../scenario-dsl/expression/date-words.ts';
import { formatMoment } from '../../../scenario-dsl/expression/date-pattern.ts';
import { withNow } from '../../../scenario-dsl/expression/place.ts';
import { measureProcessorMs } from '../../support/measure-processor-ms.ts';

/** A Saturday; in Vienna it is Sunday already. */
const NOW = Date.parse('2026-11-28T23:30Z');

interface Asked extends Partial<Pick<QuestionFields, 'min' | 'max' | 'not'>> {
  locale?: string;
  timeZone?: string;
  variables?: Record<string, unknown>;
}

function read(reply: string, { locale, timeZone = 'UTC', variables = {}, ...bounds }: Asked = {}): unknown {
  const place = { timeZone, ...(locale !== undefined && { locale }) };
  const reading = createDateReader(bounds)(reply, withNow({ ...place, ...variables }, NOW));
  return 'value' in reading ? reading.value : reading.refusal;
}

describe('A date in English words', () => {
  it.each([
    ['today', '2026-11-28'],
    ['Tomorrow!', '2026-11-29'],
    ['yesterday', '2026-11-27'],
    ['the day after tomorrow', '2026-11-30'],
    ['24 December', '2026-12-24'],
    ['December 24th', '2026-12-24'],
    ['the 24th of December', '2026-12-24'],
    ['Dec 24, 2027', '2027-12-24'],
    ['24Dec26', '2026-12-24'],
    ['Thursday, 24 December', '2026-12-24'],
    ['27 November', '2027-11-27'],
    ['28 November', '2026-11-28'],
    ['29 February', '2028-02-29'],
    ['Monday', '2026-11-30'],
    ['on Thurs', '2026-12-03'],
    ['next Saturday', '2026-12-05'],
    ['3/5/2026', 'unclear'],
    ['12/24', '2026-12-24'],
    ['24.12.', '2026-12-24'],
    ['24.12.26', '2026-12-24'],
    ['1.2.85', '1985-02-01'],
    ['32 December', 'unclear'],
    ['30 February', 'unclear'],
    ['24', 'unclear'],
    ['May', 'unclear'],
    ['no idea', 'unclear'],
    ['not tomorrow', 'unclear'],
    ['Monday or Tuesday', 'unclear'],
    ['tomorrow at 5', 'unclear'],
    ['24 December 2026 17', 'unclear'],
    ['24/12.2026', 'unclear'],
  ])('%s is %s', (reply, day) => {
    expect(read(reply)).toBe(day);
  });
});

describe('A date in the locale of the scenario', () => {
  it.each([
    ['de-AT', 'morgen', '2026-11-29'],
    ['de-AT', 'am 6. Jänner', '2027-01-06'],
    ['de-AT', '6. Januar', '2027-01-06'],
    ['de', '24. Dez.', '2026-12-24'],
    ['de', 'nächsten Donnerstag', '2026-12-03'],
    ['de', 'Übermorgen', '2026-11-30'],
    ['de', '1. Maerz', 'unclear'],
    ['de', '1. Marz', '2027-03-01'],
    ['de', '3/5/2027', '2027-05-03'],
    ['en-GB', '3/5/2027', '2027-05-03'],
    ['en', '3/5/2027', '2027-03-05'],
    ['en-US', '12/24', '2026-12-24'],
    ['en-US', '24/12', '2026-12-24'],
    ['es', 'el 24 de diciembre', '2026-12-24'],
    ['es', 'pasado mañana', '2026-11-30'],
    ['es', 'MIERCOLES', '2026-12-02'],
    ['fr', '1er janvier', '2027-01-01'],
    ['fr', "aujourd'hui", '2026-11-28'],
    ['fr', 'jui 4', 'unclear'],
    ['ru', '24 декабря', '2026-12-24'],
    ['ru', 'завтра', '2026-11-29'],
    ['da', 'i morgen', '2026-11-29'],
    ['ja', '12月24日', '2026-12-24'],
    ['ja', '2027年1月3日', '2027-01-03'],
    ['ja', '明日', '2026-11-29'],
    ['zh', '12/24', '2026-12-24'],
    ['ko', '12월 24일', '2026-12-24'],
    ['hu', '2026. 12. 24.', '2026-12-24'],
    ['vi', '24 tháng 12', '2026-12-24'],
    ['th', '24 ธ.ค.', '2026-12-24'],
    ['tlh', 'tomorrow', '2026-11-29'],
  ])('%s: %s is %s', (locale, reply, day) => {
    expect(read(reply, { locale })).toBe(day);
  });

  it.each(Object.keys(dateWords))('is read in %s as formatDate writes it, on every day of a year', (locale) => {
    for (let ms = NOW; ms < NOW + 365 * 86_400_000; ms += 86_400_000 * 5) {
      const moment = { ms, hasTime: true };
      const day = formatMoment(moment, 'yyyy-MM-dd', { timeZone: 'UTC', locale });
      const pattern = ['ja', 'zh', 'ko'].includes(locale) ? 'MMMM d' : 'EEEE d. MMMM yyyy';
      const said = formatMoment(moment, pattern, { timeZone: 'UTC', locale });
      expect([said, read(said, { locale })]).toEqual([said, day]);
    }
  });

  it('today is that of its time zone', () => {
    expect(read('today', { timeZone: 'Europe/Vienna' })).toBe('2026-11-29');
    expect(read('Sunday', { timeZone: 'Europe/Vienna' })).toBe('2026-12-06');
  });
});

describe('The bounds of a date', () => {
  const soon = { min: 'today', max: '$(addDays(today, 60))', not: ['mon', '2026-12-24'] };

  it.each([
    ['tomorrow', '2026-11-29'],
    ['yesterday', 'belowMin'],
    ['24 December', 'notOn'],
    ['monday', 'notOn'],
    ['1 June', 'aboveMax'],
    ['27.1.', '2027-01-27'],
    ['28.1.', 'aboveMax'],
    ['soon', 'unclear'],
  ])('%s comes to %s', (reply, reading) => {
    expect(read(reply, soon)).toBe(reading);
  });

  it('choose between the next such day and the last one', () => {
    expect(read('24 December', { max: 'today' })).toBe('2025-12-24');
    expect(read('Friday', { max: 'today' })).toBe('2026-11-27');
    expect(read('1.2.30', { max: 'today' })).toBe('1930-02-01');
  });

  it('may be variables and lists of them, and nothing bounds nothing', () => {
    const variables = { first: '2026-12-01', closed: ['2026-12-24', 'sun'] };
    expect(read('30 November', { min: 'first', variables })).toBe('belowMin');
    expect(read('29.11.2026', { min: 'first', variables })).toBe('belowMin');
    expect(read('24.12.', { not: ['$(closed)'], variables })).toBe('notOn');
    expect(read('29.11.', { not: ['$(closed)'], variables })).toBe('notOn');
    expect(read('29.11.', { min: 'nothing', not: ['$(nothing)'] })).toBe('2026-11-29');
    expect(read('29.11.', { min: '= addDays(today, 2)' })).toBe('belowMin');
  });
});

it('Whatever is written, a date is read at a bounded cost', () => {
  const hostile = ['dec '.repeat(70), '1 '.repeat(140), `${'a'.repeat(290)} 1`, '1-'.repeat(140), 'x.'.repeat(140)];
  const { tookMs } = measureProcessorMs(() => {
    for (let round = 0; round < 100; round += 1) for (const reply of hostile) expect(read(reply)).toBe('unclear');
  });
  expect(tookMs).toBeLessThan(1000);
});
