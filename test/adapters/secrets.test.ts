import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyIdOf } from '../../adapters/key-id.ts';
import { createSecretBox } from '../../adapters/secrets.ts';

const box = createSecretBox(randomBytes(32));
const encryptionContext = 'accounts/1/pageToken';

describe('a secret box', () => {
  it('opens what it sealed, whatever the text', () => {
    for (const text of ['token', 'ä €🙂', ' ', ''])
      expect(box.open(box.seal(text, encryptionContext), encryptionContext)).toBe(text);
  });

  it('seals the same text differently each time, with its version in front', () => {
    const [one, other] = [box.seal('token', encryptionContext), box.seal('token', encryptionContext)];
    expect(one).toMatch(/^v2\.[0-9a-f]{12}\.[\w-]+\.[\w-]+$/);
    expect(one).not.toBe(other);
  });

  it('does not open a secret at another place, with another key or damaged', () => {
    const sealed = box.seal('token', encryptionContext);
    const damaged = `${sealed.slice(0, -4)}${sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    expect(() => box.open(sealed, 'accounts/2/pageToken')).toThrow('accounts/2/pageToken cannot be decrypted');
    expect(() => createSecretBox(randomBytes(32)).open(sealed, encryptionContext)).toThrow('ATTENDANT_ENCRYPTION_KEY');
    expect(() => box.open(damaged, encryptionContext)).toThrow('cannot be decrypted');
    expect(() => box.open('token in the clear', encryptionContext)).toThrow('not a sealed secret');
  });

  it('opens what an earlier key sealed, says so, and seals with the new one', () => {
    const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
    const sealed = createSecretBox(oldKey).seal('token', encryptionContext);
    const both = createSecretBox(newKey, oldKey);
    expect([both.open(sealed, encryptionContext), both.isCurrent(sealed)]).toEqual(['token', false]);
    const anew = both.seal('token', encryptionContext);
    expect([createSecretBox(newKey).open(anew, encryptionContext), both.isCurrent(anew)]).toEqual(['token', true]);
    expect(() => createSecretBox(oldKey).open(anew, encryptionContext)).toThrow(/written with key [0-9a-f]{12}/);
  });

  it('opens a text of the first form, which names no key', () => {
    // Sealed by the version before: key of 32 sevens, place accounts/1/pageToken.
    const first = 'v1.cKOw0q7j15slH2Cj.BUf3-9pAj67Pu2c0ZY64A8Phvm2DtWTqhlqzmE8e';
    const seven = Buffer.alloc(32, 7);
    for (const each of [createSecretBox(seven), createSecretBox(randomBytes(32), seven)]) {
      expect([each.open(first, encryptionContext), each.isCurrent(first)]).toEqual(['a token of old', false]);
    }
  });

  it('makes one code of one text, which tells nothing of it without the key', () => {
    const [key, text] = [randomBytes(32), 'ada 1764400000000 page-1 c1'];
    const code = createSecretBox(key).codeOf(text, 'erasures.code');
    expect(code).toMatch(/^[0-9a-f]{64}$/);
    expect(createSecretBox(key, randomBytes(32)).codeOf(text, 'erasures.code')).toBe(code);
    const others = [
      createSecretBox(randomBytes(32)).codeOf(text, 'erasures.code'),
      createSecretBox(key).codeOf(text, 'elsewhere'),
      createSecretBox(key).codeOf(`${text} `, 'erasures.code'),
      createHash('sha256').update(text).digest('hex'),
    ];
    expect(new Set([code, ...others]).size).toBe(others.length + 1);
  });

  it('wants a key of 32 bytes', () => {
    expect(() => createSecretBox(randomBytes(16))).toThrow('16 bytes, not 32');
  });
});

describe('the key of stored secrets', () => {
  it('is derived for this purpose, and what the key itself sealed stays readable', () => {
    const key = randomBytes(32);
    const keyed = createSecretBox(key);
    expect(keyed.seal('s', 'place').split('.')[1]).not.toBe(keyIdOf(key));
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('place'));
    const text = Buffer.concat([cipher.update('earlier', 'utf8'), cipher.final()]);
    const body = Buffer.concat([cipher.getAuthTag(), text]);
    const sealed = ['v2', keyIdOf(key), nonce.toString('base64url'), body.toString('base64url')].join('.');
    expect(keyed.open(sealed, 'place')).toBe('earlier');
    expect(keyed.isCurrent(sealed)).toBe(false);
  });
});
