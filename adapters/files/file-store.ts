/** Where the bytes of copied attachments lie: a folder, or an S3-compatible store. Keys are 32 hex digits. */
export interface FileStore {
  /** Durable once it resolves; writing a key again replaces it. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Undefined where there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** No error where there is none. */
  delete(key: string): Promise<void>;
}

const KEY = /^[0-9a-f]{32}$/;

/** @throws Error for a key that could lead elsewhere */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw new Error('A file key has 32 hex digits');
  return key;
}
