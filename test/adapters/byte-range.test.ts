import { describe, expect, it } from 'vitest';
import { cutByteRange } from '../../adapters/files/byte-range.ts';

const digits = Buffer.from('0123456789');

describe('the part of a file that is asked for', () => {
  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-99999999999999999999', '56789', 'bytes 5-9/10'],
  ])('is given for %s', (header, text, range) => {
    const { status, headers, bytes } = cutByteRange(digits, header);
    expect([status, Buffer.from(bytes).toString(), headers['content-range']]).toEqual([206, text, range]);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    'lines=1-2',
    'bytes=',
    'bytes=-0',
    'bytes=4-2',
    'bytes=10-',
    'bytes=99999999999999999999-',
    'bytes=0-1,4-5',
    `bytes=${'0-0,'.repeat(3000)}1-1`,
  ])('is all of it where it is %s', (header) => {
    const { status, headers, bytes } = cutByteRange(digits, header);
    expect([status, Buffer.from(bytes).toString()]).toEqual([200, '0123456789']);
    expect(headers).toEqual({ 'accept-ranges': 'bytes' });
  });

  it('is nothing of a file that is empty', () => {
    expect(cutByteRange(new Uint8Array(), 'bytes=0-')).toMatchObject({ status: 200, bytes: new Uint8Array() });
  });
});
