import type { SecretBox } from '../../secrets.ts';
import type { Account } from './configuration-items.ts';
import type { Codec } from './natural-key-repository.ts';

/** An account at rest: the three secrets are ciphertext. */
export interface StoredAccount extends Omit<Account, 'pageId'> {
  _id: string;
}

/** Fields of an account that lie encrypted. */
export const ACCOUNT_SECRETS = ['pageToken', 'appSecret', 'verifyToken'] as const;

/** Where a secret lies: its ciphertext opens nowhere else. */
export const accountEncryptionContext = (pageId: string, field: string): string => `accounts/${pageId}/${field}`;

/** Seals an account's secrets on their way into the database and opens them on the way out. */
export function createAccountCodec(secrets: SecretBox): Codec<Account, StoredAccount> {
  return {
    toDocument({ pageId, ...account }) {
      return {
        ...account,
        _id: pageId,
        pageToken: secrets.seal(account.pageToken, accountEncryptionContext(pageId, 'pageToken')),
        appSecret: secrets.seal(account.appSecret, accountEncryptionContext(pageId, 'appSecret')),
        verifyToken: secrets.seal(account.verifyToken, accountEncryptionContext(pageId, 'verifyToken')),
      };
    },
    toItem({ _id: pageId, ...stored }) {
      return {
        ...stored,
        pageId,
        pageToken: secrets.open(stored.pageToken, accountEncryptionContext(pageId, 'pageToken')),
        appSecret: secrets.open(stored.appSecret, accountEncryptionContext(pageId, 'appSecret')),
        verifyToken: secrets.open(stored.verifyToken, accountEncryptionContext(pageId, 'verifyToken')),
      };
    },
  };
}
