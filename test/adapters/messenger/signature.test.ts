import { describe, expect, it } from 'vitest';
import { appSecretProof, signBody, verifySignature } from '../../../adapters/messenger/signature.ts';

const SECRET = 'app-secret';
const ESCAPED_BODY = Buffer.from(String.raw`{"text":"\u00e4 \ud83d\ude22 https:\/\/example.org"}`);

describe('signature', () => {
  it('accepts the bytes as they were signed, escapes and all', () => {
    expect(verifySignature(ESCAPED_BODY, signBody(ESCAPED_BODY, SECRET), SECRET)).toBe(true);
  });

  it('refuses the same body written again without the escapes', () => {
    const header = signBody(ESCAPED_BODY, SECRET);
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(ESCAPED_BODY.toString())));
    expect(verifySignature(rewritten, header, SECRET)).toBe(false);
  });

  it('refuses the signature of another secret', () => {
    expect(verifySignature(ESCAPED_BODY, signBody(ESCAPED_BODY, 'other'), SECRET)).toBe(false);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['of the old SHA-1 form', 'sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['too short', 'sha256=abcd'],
    ['too long', `${signBody(ESCAPED_BODY, SECRET)}00`],
    ['not hexadecimal', `sha256=${'z'.repeat(64)}`],
  ])('refuses a header that is %s', (_what, header) => {
    expect(verifySignature(ESCAPED_BODY, header, SECRET)).toBe(false);
  });

  it('gives the digest RFC 4231 gives for its second test case', () => {
    const proof = appSecretProof('what do ya want for nothing?', 'Jefe');
    expect(proof).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });
});
