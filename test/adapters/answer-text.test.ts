import { describe, expect, it } from 'vitest';
import { answerText, parseAnswerJson } from '../../adapters/answer-text.ts';

function textOf(bytes: readonly number[] | Buffer, type = '', isTruncated = false): string {
  return answerText({ bytes: Buffer.from(bytes), headers: { 'content-type': type }, isTruncated });
}

const RUSSIAN_1251 = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2];

describe('The text of an answer', () => {
  it.each([
    ['application/json; charset=ISO-8859-1', [0x4d, 0xfc], 'Mü'],
    ['text/plain; charset=windows-1251', RUSSIAN_1251, 'Привет'],
    ['text/plain;charset="Shift_JIS"', [0x93, 0xfa], '日'],
    ['text/plain; Charset = latin1', [0xfc], 'ü'],
    ['text/xml', [...Buffer.from('<?xml version="1.0" encoding="windows-1251"?>'), 0xcf], 'П'],
    ['text/html', [...Buffer.from('<meta charset=windows-1251>'), 0xcf], 'П'],
    ['application/json', [0xc3, 0xbc], 'ü'],
    ['text/plain; charset=klingon', [0xc3, 0xbc], 'ü'],
    ['', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], '{}'],
    ['application/json; charset=latin1', [0xef, 0xbb, 0xbf, 0xc3, 0xbc], 'ü'],
    ['text/plain', [0xff, 0xfe, 0x41, 0x00], 'A'],
    ['text/plain; charset=utf-8', [0xfe, 0xff, 0x00, 0x41], 'A'],
  ])('is read as %j says, or as its mark does', (type, bytes, expected) => {
    const text = textOf(bytes, type);
    expect(text.endsWith(expected)).toBe(true);
    expect(text.startsWith('\uFEFF')).toBe(false);
  });

  it('ends before a character that was cut through', () => {
    expect(textOf([0x41, 0xf0, 0x9f], '', true)).toBe('A');
    expect(textOf([0x41, 0xf0, 0x9f])).toBe('A\uFFFD');
  });
});

describe('The JSON of an answer', () => {
  it.each([
    ['12345678901234567890', '12345678901234567890'],
    ['-9007199254740993', '-9007199254740993'],
    ['9007199254740991', 9007199254740991],
    ['1234567890123456', 1234567890123456],
    ['1.10', 1.1],
    ['0.30000000000000004', 0.30000000000000004],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['1e400', '1e400'],
    ['1E5', 100_000],
    ['-0', -0],
    [`1${'0'.repeat(40)}`, `1${'0'.repeat(40)}`],
    ['100000000000000000000', 100000000000000000000],
  ])('keeps the number %s', (written, expected) => {
    expect(parseAnswerJson(`{"n":[${written},1]}`)).toEqual({ n: [expected, 1] });
  });

  it('leaves digits inside of texts alone', () => {
    expect(parseAnswerJson('["a 12345678901234567890 \\" 12345678901234567890"]')).toEqual([
      'a 12345678901234567890 " 12345678901234567890',
    ]);
  });

  it('holds no half character, in keys neither, and keeps whole ones', () => {
    expect(parseAnswerJson('{"half \\ud83d":["\\uDE00 x","\\ud83d\\ude00"]}')).toEqual({
      'half \uFFFD': ['\uFFFD x', '😀'],
    });
  });

  it.each(['', 'hello', '{"a":'])('is none for %j', (text) => {
    expect(parseAnswerJson(text)).toBeUndefined();
  });

  it('is read in time that grows with its length', () => {
    const zeros = `[${'1' + '0'.repeat(200_000)}1]`;
    const startedAt = performance.now();
    expect(parseAnswerJson(zeros)).toEqual([zeros.slice(1, -1)]);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
