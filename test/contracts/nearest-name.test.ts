import { describe, expect, it } from 'vitest';
import { findNearestName } from '../../contracts/nearest-name.ts';

describe('The nearest name', () => {
  it.each([
    ['ennd', ['start', 'end'], 'end'],
    ['sendMessage', ['send-email', 'send-message'], 'send-message'],
    ['MONGODB_URL', ['MONGODB_URI', 'TEMPORAL_ADDRESS'], 'MONGODB_URI'],
    ['strat', ['stop', 'start'], 'start'],
    ['bey', ['end', 'bye'], 'bye'],
  ])('of %s in %j is %s', (typed, known, nearest) => {
    expect(findNearestName(typed, known)).toBe(nearest);
  });

  it.each([
    ['another word', ['end', 'start']],
    ['a name that would have to be written anew', ['ab'], 'xy'],
    ['a short name of other letters', ['end'], 'find'],
    ['a name without any that are known', []],
  ])('is none for %s', (_what, known, typed = 'weather') => {
    expect(findNearestName(typed, known)).toBeUndefined();
  });

  it('is not looked for where the typed name is longer than any name', () => {
    const long = 'a'.repeat(101);
    expect(findNearestName(long, [long])).toBeUndefined();
    expect(findNearestName(long.slice(1), [long.slice(2)])).toBe(long.slice(2));
  });
});
