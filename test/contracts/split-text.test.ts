import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText, truncateText } from '../../contracts/split-text.ts';

describe('a text over the limit', () => {
  it.each([
    ['between paragraphs', 'One. Two.\n\nThree. Four.', ['One. Two.', 'Three. Four.']],
    ['between lines', 'One. Two. 3\nThree. Four.', ['One. Two. 3', 'Three. Four.']],
    ['between sentences', 'Hello there! How are you?', ['Hello there!', 'How are you?']],
    ['between words', 'several words without end', ['several words', 'without end']],
    ['within a word where there is no other way', 'a'.repeat(30), ['a'.repeat(15), 'a'.repeat(15)]],
  ])('is cut %s', (_where, text, parts) => {
    expect(splitText(text, 15)).toEqual(parts);
  });

  it('is cut between words where the last sentence ends early', () => {
    expect(splitText('Hi. Quite a long sentence', 20)).toEqual(['Hi. Quite a long', 'sentence']);
  });

  it('is never cut within a surrogate pair', () => {
    expect(splitText('😀'.repeat(4), 5)).toEqual(['😀😀', '😀😀']);
  });

  it('loses nothing but space, and no part is empty or over the limit', () => {
    const words = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('. ', '\n', '\n\n', '! ', ' ')));
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 40 }), (pieces, limit) => {
        const text = pieces.join('');
        const parts = splitText(text, limit);
        expect(parts.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        expect(parts.every((part) => part.length > 0 && part.length <= limit)).toBe(true);
      }),
    );
  });
});

describe('a text within the limit', () => {
  it('stays whole', () => {
    expect(splitText('a'.repeat(2000))).toEqual(['a'.repeat(2000)]);
  });

  it('of spaces alone gives no part', () => {
    expect(splitText(' \n ')).toEqual([]);
  });
});

describe('a text that is cut off', () => {
  it('keeps its first characters up to the limit', () => {
    expect(truncateText('Hello', 5)).toBe('Hello');
    expect(truncateText('Hello there', 5)).toBe('Hello');
  });

  it('loses a character of two units as a whole', () => {
    expect(truncateText('Hey👋👋', 6)).toBe('Hey👋');
    expect(truncateText('Hey👋👋', 4)).toBe('Hey');
  });
});
