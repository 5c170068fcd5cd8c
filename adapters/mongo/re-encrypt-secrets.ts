import type { Collection, Db } from 'mongodb';
import type { SecretBox } from '../secrets.ts';
import { DEAD_LETTER_COLLECTION, deadLetterEncryptionContext } from './dead-letters.ts';
import { SPOOL_COLLECTION, spoolEncryptionContext } from './webhook-spool.ts';
import { ACCOUNT_SECRETS, accountEncryptionContext } from './configuration/account-codec.ts';
import { SECOND_FACTOR_COLLECTION, secondFactorEncryptionContext } from './second-factors.ts';
import { secretEncryptionContext } from './configuration/secret-codec.ts';

/** What became of the stored secrets; each is named as people know it: `account shop`, `secret crm-token`. */
export interface ReEncryptReport {
  reEncrypted: string[];
  /** Under the current key already. */
  current: string[];
  /** Why something could not be opened; it stays as it is. */
  failures: { what: string; reason: string }[];
  /** Spooled events and dead letters. */
  webhookTexts: { reEncrypted: number; unreadable: number };
}

/** A change by somebody else between reading and writing is read again; more than that is no coincidence. */
const MAX_TRIES = 5;

type Stored = Record<string, string> & { _id: string };

interface SealedKind {
  collection: string;
  noun: string;
  fields: readonly string[];
  encryptionContext: (id: string, field: string) => string;
}

/** Everything that lies encrypted in the database. */
const sealedKinds: readonly SealedKind[] = [
  { collection: 'accounts', noun: 'account', fields: ACCOUNT_SECRETS, encryptionContext: accountEncryptionContext },
  { collection: 'secrets', noun: 'secret', fields: ['value'], encryptionContext: secretEncryptionContext },
  {
    collection: SECOND_FACTOR_COLLECTION,
    noun: 'second factor of',
    fields: ['secret'],
    encryptionContext: secondFactorEncryptionContext,
  },
];

/**
 * Encrypts every stored secret with the current key. Each item is one conditional write: killed at any point it
 * leaves nothing half done, run again it goes on with what is left, and a secret that is changed meanwhile is not undone.
 * With `dryRun` it reports and writes nothing.
 */
export async function reEncryptSecrets(
  db: Db,
  secrets: SecretBox,
  { dryRun }: { dryRun: boolean },
): Promise<ReEncryptReport> {
  const webhookTexts = { reEncrypted: 0, unreadable: 0 };
  const report: ReEncryptReport = { reEncrypted: [], current: [], failures: [], webhookTexts };
  for (const kind of sealedKinds) await reEncryptKind(kind, { db, secrets, dryRun, report });
  const sealedTexts = [
    { name: SPOOL_COLLECTION, encryptionContextOf: spoolEncryptionContext },
    { name: DEAD_LETTER_COLLECTION, encryptionContextOf: deadLetterEncryptionContext },
  ];
  for (const { name, encryptionContextOf } of sealedTexts) {
    const done = await reEncryptTexts(db.collection<SealedText>(name), { secrets, encryptionContextOf, dryRun });
    webhookTexts.reEncrypted += done.reEncrypted;
    webhookTexts.unreadable += done.unreadable;
  }
  return report;
}

async function reEncryptKind(
  kind: SealedKind,
  { db, secrets, dryRun, report }: { db: Db; secrets: SecretBox; dryRun: boolean; report: ReEncryptReport },
): Promise<void> {
  const collection = db.collection<Stored>(kind.collection);
  const pick = (
    stored: Stored,
    convert: (sealed: string, encryptionContext: string) => string,
  ): Record<string, string> =>
    Object.fromEntries(
      kind.fields.map((field) => [field, convert(stored[field] ?? '', kind.encryptionContext(stored._id, field))]),
    );
  const reEncryptOne = (sealed: string, encryptionContext: string): string =>
    secrets.seal(secrets.open(sealed, encryptionContext), encryptionContext);

  /** True once the item is settled; false where somebody changed it meanwhile. */
  async function reEncrypt(_id: string, what: string): Promise<boolean> {
    const stored = await collection.findOne({ _id });
    if (!stored) return true;
    if (kind.fields.every((field) => secrets.isCurrent(stored[field] ?? ''))) {
      report.current.push(what);
      return true;
    }
    const [before, after] = [pick(stored, (sealed) => sealed), pick(stored, reEncryptOne)];
    if (!dryRun) {
      const { matchedCount } = await collection.updateOne({ _id, ...before }, { $set: after });
      if (matchedCount === 0) return false;
    }
    report.reEncrypted.push(what);
    return true;
  }

  const items = await collection.find({}, { projection: { name: 1 } }).toArray();
  for (const { _id, name = _id } of items) {
    const what = `${kind.noun} ${name}`;
    const reason = await tryTo(() => reEncrypt(_id, what));
    if (reason !== undefined) report.failures.push({ what, reason });
  }
}

interface SealedText {
  _id: string;
  sealed: string;
}

/** Texts come and go while this runs: what is new is under the current key, what is gone needs none. */
async function reEncryptTexts(
  collection: Collection<SealedText>,
  {
    secrets,
    encryptionContextOf,
    dryRun,
  }: { secrets: SecretBox; encryptionContextOf: (id: string) => string; dryRun: boolean },
): Promise<ReEncryptReport['webhookTexts']> {
  const done = { reEncrypted: 0, unreadable: 0 };
  for await (const { _id, sealed } of collection.find({ sealed: { $ne: '' } }, { projection: { sealed: 1 } })) {
    if (secrets.isCurrent(sealed)) continue;
    let fresh: string;
    try {
      fresh = secrets.seal(secrets.open(sealed, encryptionContextOf(_id)), encryptionContextOf(_id));
    } catch {
      done.unreadable += 1;
      continue;
    }
    if (!dryRun) await collection.updateOne({ _id, sealed }, { $set: { sealed: fresh } });
    done.reEncrypted += 1;
  }
  return done;
}

/** Why it could not be done; undefined where it was. A database that is away is no matter of one account. */
async function tryTo(task: () => Promise<boolean>): Promise<string | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    try {
      if (await task()) return undefined;
    } catch (error) {
      if (!(error instanceof Error) || error.name.startsWith('Mongo')) throw error;
      return error.message;
    }
  }
  return 'it was changed again and again meanwhile';
}
