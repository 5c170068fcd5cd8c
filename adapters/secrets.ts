import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** Encrypts secrets that are stored; `place` (collection, id, field) binds a ciphertext to where it lies. */
export interface SecretBox {
  seal(plain: string, place: string): string;
  /** Throws where the text is damaged, was sealed for another place or with another key. */
  open(sealed: string, place: string): string;
}

/** AES-256-GCM under one key of 32 bytes. A sealed text reads `v1.<nonce>.<tag and ciphertext>`, base64url. */
export function createSecretBox(key: Uint8Array): SecretBox {
  if (key.length !== KEY_BYTES) {
    throw new Error(
      `The encryption key has ${key.length} bytes, not ${KEY_BYTES}: make one with openssl rand -base64 32`,
    );
  }
  return {
    seal(plain, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [
        VERSION,
        nonce.toString('base64url'),
        Buffer.concat([cipher.getAuthTag(), body]).toString('base64url'),
      ].join('.');
    },
    open(sealed, place) {
      const [version, nonce, sealedBody, ...rest] = sealed.split('.');
      if (version !== VERSION || !nonce || !sealedBody || rest.length > 0) {
        throw new Error(`${place} is not a sealed secret of version ${VERSION}`);
      }
      const bytes = Buffer.from(sealedBody, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(0, TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new Error(`${place} cannot be decrypted: ATTENDANT_ENCRYPTION_KEY is not the key it was written with`, {
          cause,
        });
      }
    },
  };
}
