import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecretBox } from '../../adapters/secrets.ts';

const box = createSecretBox(randomBytes(32));
const place = 'accounts/1/pageToken';

describe('a secret box', () => {
  it('opens what it sealed, whatever the text', () => {
    for (const text of ['token', 'ä €🙂', ' ', '']) expect(box.open(box.seal(text, place), place)).toBe(text);
  });

  it('seals the same text differently each time, with its version in front', () => {
    const [one, other] = [box.seal('token', place), box.seal('token', place)];
    expect(one).toMatch(/^v1\.[\w-]+\.[\w-]+$/);
    expect(one).not.toBe(other);
  });

  it('does not open a secret at another place, with another key or damaged', () => {
    const sealed = box.seal('token', place);
    const damaged = `${sealed.slice(0, -4)}${sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    expect(() => box.open(sealed, 'accounts/2/pageToken')).toThrow('accounts/2/pageToken cannot be decrypted');
    expect(() => createSecretBox(randomBytes(32)).open(sealed, place)).toThrow('ATTENDANT_ENCRYPTION_KEY');
    expect(() => box.open(damaged, place)).toThrow('cannot be decrypted');
    expect(() => box.open('token in the clear', place)).toThrow('not a sealed secret');
  });

  it('wants a key of 32 bytes', () => {
    expect(() => createSecretBox(randomBytes(16))).toThrow('16 bytes, not 32');
  });
});
