import type { SecretBox } from '../../secrets.ts';
import type { Account } from './configuration-items.ts';
import type { Codec } from './natural-key-repository.ts';

/** An account at rest: the three secrets are ciphertext. */
export interface StoredAccount extends Omit<Account, 'pageId'> {
  _id: string;
}

const place = (pageId: string, field: string): string => `accounts/${pageId}/${field}`;

/** Seals an account's secrets on their way into the database and opens them on the way out. */
export function createAccountCodec(secrets: SecretBox): Codec<Account, StoredAccount> {
  return {
    toDocument({ pageId, ...account }) {
      return {
        ...account,
        _id: pageId,
        pageToken: secrets.seal(account.pageToken, place(pageId, 'pageToken')),
        appSecret: secrets.seal(account.appSecret, place(pageId, 'appSecret')),
        verifyToken: secrets.seal(account.verifyToken, place(pageId, 'verifyToken')),
      };
    },
    toItem({ _id: pageId, ...stored }) {
      return {
        ...stored,
        pageId,
        pageToken: secrets.open(stored.pageToken, place(pageId, 'pageToken')),
        appSecret: secrets.open(stored.appSecret, place(pageId, 'appSecret')),
        verifyToken: secrets.open(stored.verifyToken, place(pageId, 'verifyToken')),
      };
    },
  };
}
