import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { deriveKey } from './derive-key.ts';
import { keyIdOf } from './key-id.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Without it Node takes shorter tags, which are easier to forge. */
const TAG = { authTagLength: TAG_BYTES };

/** Encrypts secrets that are stored; `place` (collection, id, field) binds a ciphertext to where it lies. */
export interface SecretBox {
  seal(plain: string, encryptionContext: string): string;
  /** Throws where the text is damaged, was sealed for another place or with a key that is not at hand. */
  open(sealed: string, encryptionContext: string): string;
  /** True where a text was sealed with the key that `seal` uses now. */
  isCurrent(sealed: string): boolean;
  /** A code of a text that nobody without the key can tell, the same for the same text: 64 hexadecimal digits. */
  codeOf(text: string, encryptionContext: string): string;
}

interface Sealed {
  /** Absent in texts of the first form, which name no key. */
  keyId?: string;
  nonce: Buffer;
  /** Tag, then ciphertext. */
  body: Buffer;
}

/**
 * AES-256-GCM under keys of this purpose, derived from keys of 32 bytes: seals with that of `key`, opens what was sealed
 * with either, and what was sealed with the keys themselves before there were purposes. A sealed text reads
 * `v2.<key id>.<nonce>.<tag and ciphertext>`, base64url; the first form, `v1` without a key id, stays readable.
 */
export function createSecretBox(key: Uint8Array, previousKey?: Uint8Array): SecretBox {
  const given = previousKey ? [key, previousKey] : [key];
  for (const { length } of given) {
    if (length === KEY_BYTES) continue;
    throw new Error(`The encryption key has ${length} bytes, not ${KEY_BYTES}: make one with openssl rand -base64 32`);
  }
  const current = deriveKey(key, 'stored-secrets');
  const keys = given.flatMap((each) => [deriveKey(each, 'stored-secrets'), each]);
  const currentId = keyIdOf(current);
  const ofCodes = deriveKey(key, 'codes');
  return {
    seal(plain, encryptionContext) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current, nonce, TAG).setAAD(Buffer.from(encryptionContext));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const body = Buffer.concat([cipher.getAuthTag(), text]);
      return ['v2', currentId, nonce.toString('base64url'), body.toString('base64url')].join('.');
    },
    open(text, encryptionContext) {
      const sealed = parseSealed(text, encryptionContext);
      const candidates = keys.filter((each) => sealed.keyId === undefined || keyIdOf(each) === sealed.keyId);
      return openWithOneOf(candidates, sealed, encryptionContext);
    },
    isCurrent: (text) => text.startsWith(`v2.${currentId}.`),
    codeOf: (text, encryptionContext) =>
      createHmac('sha256', ofCodes)
        .update(JSON.stringify([encryptionContext, text]))
        .digest('hex'),
  };
}

function parseSealed(text: string, encryptionContext: string): Sealed {
  const [version, ...parts] = text.split('.');
  const keyId = version === 'v2' ? parts.shift() : undefined;
  const [nonce, body, ...rest] = parts;
  const isKnown = version === 'v1' || (version === 'v2' && keyId !== undefined);
  if (!isKnown || !nonce || !body || rest.length > 0)
    throw new Error(`${encryptionContext} is not a sealed secret of version 1 or 2`);
  const bytes = { nonce: Buffer.from(nonce, 'base64url'), body: Buffer.from(body, 'base64url') };
  return keyId === undefined ? bytes : { ...bytes, keyId };
}

function openWithOneOf(keys: readonly Uint8Array[], { keyId, nonce, body }: Sealed, encryptionContext: string): string {
  let cause: unknown;
  for (const key of keys) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, TAG)
        .setAAD(Buffer.from(encryptionContext))
        .setAuthTag(body.subarray(0, TAG_BYTES));
      return Buffer.concat([decipher.update(body.subarray(TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch (error) {
      cause = error;
    }
  }
  const writtenWith = keyId === undefined ? '' : ` (it was written with key ${keyId})`;
  throw new Error(
    `${encryptionContext} cannot be decrypted: neither ATTENDANT_ENCRYPTION_KEY nor ATTENDANT_ENCRYPTION_KEY_PREVIOUS is the key it was written with${writtenWith}`,
    { cause },
  );
}
