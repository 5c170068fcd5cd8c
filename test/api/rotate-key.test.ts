import { randomBytes } from 'node:crypto';
import type { Db } from 'mongodb';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import { createConfigurationStore } from '../../adapters/mongo/configuration/configuration-store.ts';
import { createDeadLetters } from '../../adapters/mongo/dead-letters.ts';
import { createWebhookSpool } from '../../adapters/mongo/webhook-spool.ts';
import { reEncryptSecrets } from '../../adapters/mongo/re-encrypt-secrets.ts';
import { createSecretBox } from '../../adapters/secrets.ts';
import { rotateKeyCommand } from '../../cli/commands/rotate-key.ts';
import { createTestDatabase } from '../support/test-database.ts';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const both = createSecretBox(newKey, oldKey);

let db: Db;
let printed: string[];

const print = (line: string): void => void printed.push(line);
const account = (pageId: string): Account => ({
  pageId,
  name: `shop ${pageId}`,
  pageToken: `token ${pageId}`,
  appSecret: 'secret',
  verifyToken: 'verify',
  onUnknown: 'hold',
});

beforeEach(async () => {
  db = await createTestDatabase();
  printed = [];
  const store = createConfigurationStore(db, createSecretBox(oldKey));
  for (const pageId of ['1', '2', '3']) await store.accounts.put(account(pageId));
});
afterEach(() => db.dropDatabase());

function rotate(env: NodeJS.ProcessEnv = {}, ...args: string[]): Promise<number> {
  const uri = new URL(inject('mongoUri'));
  uri.pathname = `/${db.databaseName}`;
  const keys = {
    MONGODB_URI: uri.toString(),
    ATTENDANT_ENCRYPTION_KEY: newKey.toString('base64'),
    ATTENDANT_ENCRYPTION_KEY_PREVIOUS: oldKey.toString('base64'),
  };
  return rotateKeyCommand.run(args, { env: { ...keys, ...env }, print, printError: print });
}
const readWith = (key: Buffer): Promise<Account[]> =>
  createConfigurationStore(db, createSecretBox(key)).accounts.list();

describe('attendant rotate-key', () => {
  it('leaves every secret under the new key alone, and nothing to do the next time', async () => {
    expect(await rotate()).toBe(0);
    expect(await readWith(newKey)).toEqual(['1', '2', '3'].map(account));
    await expect(readWith(oldKey)).rejects.toThrow('cannot be decrypted');
    expect(await rotate()).toBe(0);
    expect(printed.at(-1)).toBe('0 encrypted anew, 3 had the current key, 0 failed');
  });

  it('takes spooled events and dead letters along', async () => {
    const old = createSecretBox(oldKey);
    const event = { pageId: '1', psid: 'c', at: 1, channel: 'messaging', outcome: 'read', watermark: 1 } as const;
    await createWebhookSpool(db, old).add('1', [event]);
    const content = { form: 'events' as const, events: [event] };
    await createDeadLetters(db, old).keep({ reason: 'r', cause: 'failed', pageIds: [], content, days: [], at: 1 });
    expect(await rotate()).toBe(0);
    expect(printed).toContain('2 webhook texts encrypted anew');
    const fresh = createSecretBox(newKey);
    expect(await createWebhookSpool(db, fresh).listNext('1', 9)).toMatchObject([{ events: [event] }]);
    const { items } = await createDeadLetters(db, fresh).list({}, { limit: 1 });
    expect(await createDeadLetters(db, fresh).find(items[0]?.id ?? '')).toMatchObject({ content });
  });

  it('takes the secrets that scenarios name along', async () => {
    await createConfigurationStore(db, createSecretBox(oldKey)).secrets.put({ name: 'crm', value: 'a token' });
    expect(await rotate()).toBe(0);
    expect(printed).toContain('encrypted anew  secret crm');
    const { secrets } = createConfigurationStore(db, createSecretBox(newKey));
    expect(await secrets.list()).toEqual([{ name: 'crm', value: 'a token' }]);
  });

  it('changes nothing in a dry run', async () => {
    expect(await rotate({}, '--dry-run')).toBe(0);
    expect(printed.at(-1)).toBe('3 encrypted anew, 0 had the current key, 0 failed');
    expect(await readWith(oldKey)).toHaveLength(3);
  });

  it('goes on where it was killed: accounts of both keys are readable meanwhile', async () => {
    let seals = 0;
    const dying = {
      ...both,
      seal(plain: string, encryptionContext: string) {
        if ((seals += 1) > 4) throw Object.assign(new Error('killed'), { name: 'MongoKilled' });
        return both.seal(plain, encryptionContext);
      },
    };
    await expect(reEncryptSecrets(db, dying, { dryRun: false })).rejects.toThrow('killed');
    const store = createConfigurationStore(db, both);
    expect(await store.accounts.list()).toEqual(['1', '2', '3'].map(account));
    const report = await reEncryptSecrets(db, both, { dryRun: false });
    expect([report.current, report.reEncrypted]).toEqual([['account shop 1'], ['account shop 2', 'account shop 3']]);
  });

  it('does not undo a token that is applied while it runs', async () => {
    const store = createConfigurationStore(db, both);
    let isApplied = false;
    const racing = {
      ...both,
      open(sealed: string, encryptionContext: string) {
        if (!isApplied && encryptionContext.includes('/2/')) {
          isApplied = true;
          pending = store.accounts.put({ ...account('2'), pageToken: 'applied meanwhile' });
        }
        return both.open(sealed, encryptionContext);
      },
    };
    let pending: Promise<void> = Promise.resolve();
    await reEncryptSecrets(db, racing, { dryRun: false });
    await pending;
    expect((await readWith(newKey))[1]?.pageToken).toBe('applied meanwhile');
  });

  it('names what it cannot open, leaves it as it is, and exits with 1', async () => {
    const wrong = { ATTENDANT_ENCRYPTION_KEY_PREVIOUS: randomBytes(32).toString('base64') };
    expect(await rotate(wrong)).toBe(1);
    expect(printed[0]).toMatch(/not readable {2}account shop 1: .*ATTENDANT_ENCRYPTION_KEY_PREVIOUS/);
    expect(await readWith(oldKey)).toHaveLength(3);
    expect(printed.join('\n')).not.toMatch(/token 1/);
  });

  it('wants its environment, and a database that answers', async () => {
    expect(await rotate({ ATTENDANT_ENCRYPTION_KEY: '' })).toBe(1);
    expect(printed[0]).toContain('ATTENDANT_ENCRYPTION_KEY is missing');
    expect(await rotate({ MONGODB_URI: 'mongodb://127.0.0.1:65001/x' })).toBe(1);
    expect(printed.at(-1)).toContain('check MONGODB_URI');
  });
});
