import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, getDurationMs, parseDuration } from '../../contracts/duration.ts';

describe('A duration', () => {
  it.each([
    ['500ms', 500],
    ['1.5s', 1500],
    ['0.25m', 15_000],
    ['24h', 86_400_000],
    ['30d', 2_592_000_000],
    ['30.001d', undefined],
    ['0s', undefined],
    ['0.1ms', undefined],
    ['10', undefined],
    ['1 s', undefined],
    ['1w', undefined],
  ])('written as %s is read as %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it('that no check has let through throws, with its text', () => {
    expect(() => getDurationMs('soon')).toThrow('"soon"');
  });

  it.each([
    [0, '0s'],
    [1500, '1s 500ms'],
    [5_400_000, '1h 30m'],
    [86_400_000, '1d'],
  ])('of %s ms is shown as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('is shown in parts that are read as the same time together', () => {
    assert(
      property(integer({ min: 1, max: 2_592_000_000 }), (ms) => {
        const parts = formatDuration(ms).split(' ');
        expect(parts.reduce((sum, part) => sum + getDurationMs(part), 0)).toBe(ms);
      }),
    );
  });
});
