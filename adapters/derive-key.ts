import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** What a key is for; each purpose has a key of its own, so that what is made for one opens nothing of another. */
export type KeyPurpose = 'stored-secrets' | 'temporal-payloads' | 'known-devices' | 'codes';

/** Derives the key of one purpose from the deployment's key by HKDF-SHA256; 32 bytes, the same each time. */
export function deriveKey(key: Uint8Array, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `attendant/${purpose}`, KEY_BYTES));
}
