import { describe, expect, it } from 'vitest';
import { readSignedRequest, writeSignedRequest } from '../../../adapters/messenger/signed-request.ts';

const body = { user_id: '10158000000000001', algorithm: 'HMAC-SHA256', issued_at: 1_790_000_000 };

describe('readSignedRequest', () => {
  it('gives the person whom the app secret vouches for', () => {
    expect(readSignedRequest(writeSignedRequest(body, 'secret'), 'secret')).toEqual({ userId: body.user_id });
  });

  it('takes an id beyond 2^53 that is written as a number, digit by digit', () => {
    const payload = Buffer.from('{"user_id":10158000000000000001}').toString('base64url');
    const [signature] = writeSignedRequest({}, 'x').split('.');
    expect(readSignedRequest(`${signature}.${payload}`, 'x')).toBeUndefined();
    const text = writeSignedRequest({ user_id: '10158000000000000001' }, 'x');
    expect(readSignedRequest(text, 'x')).toEqual({ userId: '10158000000000000001' });
  });

  it.each([
    ['another secret', writeSignedRequest(body, 'other')],
    ['another algorithm', writeSignedRequest({ ...body, algorithm: 'none' }, 'secret')],
    ['no person', writeSignedRequest({ algorithm: 'HMAC-SHA256' }, 'secret')],
    ['a changed payload', writeSignedRequest(body, 'secret').replace(/.$/, 'A')],
    ['nothing', ''],
    ['no payload', 'abc.'],
    ['no JSON', 'abc.def'],
  ])('refuses %s', (_name, text) => {
    expect(readSignedRequest(text, 'secret')).toBeUndefined();
  });
});
