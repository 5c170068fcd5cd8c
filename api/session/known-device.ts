import { createHmac, randomBytes } from 'node:crypto';
import { isSameSecret } from '../constant-time.ts';

/** Lives longer than a session: it says only that this user has logged in from here, and lets nobody in. */
export const DEVICE_COOKIE = 'attendant_device';
export const DEVICE_LIFETIME_MS = 180 * 24 * 60 * 60_000;

/** Tokens that tell a device which a user has logged in from; nothing of them is stored. */
export interface KnownDevices {
  issue(username: string): string;
  /** The device's id where the token was issued to this user. */
  find(token: string | undefined, username: string): string | undefined;
}

/** Signs with `key`: 32 bytes of this purpose. */
export function createKnownDevices(key: Uint8Array): KnownDevices {
  const sign = (id: string, username: string): string =>
    createHmac('sha256', key).update(`${id}\n${username}`).digest('base64url');
  return {
    issue(username) {
      const id = randomBytes(16).toString('base64url');
      return `${id}.${sign(id, username)}`;
    },
    find(token, username) {
      const [id, signature] = token?.split('.') ?? [];
      if (!id || !signature) return undefined;
      return isSameSecret(signature, sign(id, username)) ? id : undefined;
    },
  };
}
