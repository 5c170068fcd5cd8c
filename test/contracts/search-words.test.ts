import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedWordsOf, indexWordsOf, markWords } from '../../contracts/search-words.ts';

/** Whether somebody who types `query` finds `text`. */
function finds(query: string, text: string): boolean {
  const words = new Set(indexWordsOf(text));
  return askedWordsOf(query).every((word) => words.has(word));
}

const hits = (text: string, query: string): string[] =>
  markWords(text, query).flatMap(({ text: stretch, isHit }) => (isHit ? [stretch] : []));

describe('words of a transcript', () => {
  it.each([
    ['refund', 'A REFUND, please!'],
    ['espana', 'Envían a España'],
    ['ESPAÑA', 'envian a espana'],
    ['strasse', 'Große Straße 7'],
    ['lodz', 'Łódź'],
    ['йод', 'ЙОД'],
    ['HH-19977', 'my order hh-19977.'],
    ['مصباح', 'وصلني المِصْبَاح مصباح'],
    ['送到', '請問訂單什麼時候會送到?'],
    ['單', '請問訂單'],
    ['ｶﾀｶﾅ', 'カタカナの注文'],
    ['주문', '주문을 취소하고 싶어요'],
    ['สั่งซื้อ', 'อยากยกเลิกการสั่งซื้อค่ะ'],
    ['ﬁne', 'fine'],
  ])('%s is found in %s', (query, text) => expect(finds(query, text)).toBe(true));

  it.each([
    ['refund', 'refunds'],
    ['送單', '請問訂單什麼時候會送到'],
    ['lamp shade', 'a lamp'],
  ])('%s is not found in %s', (query, text) => expect(finds(query, text)).toBe(false));

  it('finds every text by itself, whatever it is', () => {
    assert(property(string({ unit: 'binary' }), (text) => finds(text, text)));
    assert(property(string({ unit: 'grapheme' }), (text) => finds(text.toUpperCase(), text.toUpperCase())));
  });

  it('marks what was looked for, and leaves the text as it is', () => {
    expect(hits('¡Me mudo a España! A espana.', 'espana')).toEqual(['España', 'espana']);
    expect(hits('請問訂單什麼時候會送到', '訂單').join('')).toBe('訂單');
    expect(hits('nothing here', 'lamp')).toEqual([]);
    assert(
      property(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), (text, query) => {
        expect(
          markWords(text, query)
            .map((stretch) => stretch.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
