import type { SecretBox } from '../../secrets.ts';
import type { Secret } from './configuration-items.ts';
import type { Codec } from './natural-key-repository.ts';

/** A secret at rest: its value is ciphertext. */
export interface StoredSecret {
  _id: string;
  value: string;
}

/** Where a secret's value lies: its ciphertext opens nowhere else. */
export const secretEncryptionContext = (name: string): string => `secrets/${name}/value`;

/** Seals a value on its way into the database and opens it on the way out. */
export function createSecretCodec(secrets: SecretBox): Codec<Secret, StoredSecret> {
  return {
    toDocument: ({ name, value }) => ({ _id: name, value: secrets.seal(value, secretEncryptionContext(name)) }),
    toItem: ({ _id: name, value }) => ({ name, value: secrets.open(value, secretEncryptionContext(name)) }),
  };
}
