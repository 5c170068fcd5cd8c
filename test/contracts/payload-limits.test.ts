import { array, assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPiecesOf, jsonBytes, utf8Bytes } from '../../contracts/payload-limits.ts';

describe('what travels through Temporal', () => {
  it('is measured as its UTF-8 is', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });

  it('is cut into pieces within the limit, in order, with nothing lost', () => {
    assert(
      property(array(string({ maxLength: 60 })), integer({ min: 100, max: 300 }), (items, limit) => {
        const pieces = inPiecesOf(items, limit);
        expect(pieces.flat()).toEqual(items);
        for (const piece of pieces) if (piece.length > 1) expect(jsonBytes(piece)).toBeLessThanOrEqual(limit + 1);
      }),
    );
  });
});
