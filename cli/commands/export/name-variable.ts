import { createHash } from 'node:crypto';

/** Names that can be read back from what becomes of them: two of them never become the same. */
const PLAIN = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const HASH_LENGTH = 8;

/**
 * Name of the environment variable for a secret: `account`, `shop`, `pageToken` is `ACCOUNT_SHOP_PAGE_TOKEN`. It depends
 * on nothing else, so that it stays when other items come and go; names that would look alike end with a hash.
 */
export function nameVariable([kind, name, field]: readonly [kind: string, name: string, field: string]): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  const parts = PLAIN.test(name) ? [kind, name, field] : [kind, name, hash, field];
  return parts.map(toUpperSnake).join('_');
}

function toUpperSnake(text: string): string {
  return text
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}
