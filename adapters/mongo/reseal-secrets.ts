import type { Collection, Db } from 'mongodb';
import type { SecretBox } from '../secrets.ts';
import { KEPT_COLLECTION, keptPlace } from './kept-bodies.ts';
import { SPOOL_COLLECTION, spoolPlace } from './webhook-spool.ts';
import { ACCOUNT_SECRETS, secretPlace, type StoredAccount } from './configuration/account-codec.ts';

/** What became of the accounts' secrets. */
export interface ResealReport {
  resealed: string[];
  /** Under the current key already. */
  current: string[];
  /** Why an account's secrets could not be opened; they stay as they are. */
  failures: { account: string; reason: string }[];
  /** Spooled events and kept bodies. */
  webhookTexts: { resealed: number; unreadable: number };
}

/** A change by somebody else between reading and writing is read again; more than that is no coincidence. */
const MAX_TRIES = 5;

type Secrets = Pick<StoredAccount, (typeof ACCOUNT_SECRETS)[number]>;

/**
 * Encrypts every stored secret with the current key. Each account is one conditional write: killed at any point it
 * leaves nothing half done, run again it goes on with what is left, and a secret that is changed meanwhile is not undone.
 * With `dryRun` it reports and writes nothing.
 */
export async function resealSecrets(
  db: Db,
  secrets: SecretBox,
  { dryRun }: { dryRun: boolean },
): Promise<ResealReport> {
  const accounts = db.collection<StoredAccount>('accounts');
  const webhookTexts = { resealed: 0, unreadable: 0 };
  const report: ResealReport = { resealed: [], current: [], failures: [], webhookTexts };

  /** True once the account is settled; false where somebody changed it meanwhile. */
  async function reseal(pageId: string): Promise<boolean> {
    const stored = await accounts.findOne({ _id: pageId });
    if (!stored) return true;
    if (ACCOUNT_SECRETS.every((field) => secrets.isCurrent(stored[field]))) {
      report.current.push(stored.name);
      return true;
    }
    const [before, after] = [pick(stored, (sealed) => sealed), pick(stored, resealOne)];
    if (!dryRun) {
      const { matchedCount } = await accounts.updateOne({ _id: pageId, ...before }, { $set: after });
      if (matchedCount === 0) return false;
    }
    report.resealed.push(stored.name);
    return true;
  }

  const resealOne = (sealed: string, place: string): string => secrets.seal(secrets.open(sealed, place), place);
  const pageIds = await accounts.find({}, { projection: { name: 1 } }).toArray();
  for (const { _id: pageId, name } of pageIds) {
    const reason = await tryTo(() => reseal(pageId));
    if (reason !== undefined) report.failures.push({ account: name, reason });
  }
  const sealedTexts = [
    { name: SPOOL_COLLECTION, placeOf: spoolPlace },
    { name: KEPT_COLLECTION, placeOf: keptPlace },
  ];
  for (const { name, placeOf } of sealedTexts) {
    const done = await resealTexts(db.collection<SealedText>(name), { secrets, placeOf, dryRun });
    webhookTexts.resealed += done.resealed;
    webhookTexts.unreadable += done.unreadable;
  }
  return report;
}

interface SealedText {
  _id: string;
  sealed: string;
}

/** Texts come and go while this runs: what is new is under the current key, what is gone needs none. */
async function resealTexts(
  collection: Collection<SealedText>,
  { secrets, placeOf, dryRun }: { secrets: SecretBox; placeOf: (id: string) => string; dryRun: boolean },
): Promise<ResealReport['webhookTexts']> {
  const done = { resealed: 0, unreadable: 0 };
  for await (const { _id, sealed } of collection.find({ sealed: { $ne: '' } }, { projection: { sealed: 1 } })) {
    if (secrets.isCurrent(sealed)) continue;
    let fresh: string;
    try {
      fresh = secrets.seal(secrets.open(sealed, placeOf(_id)), placeOf(_id));
    } catch {
      done.unreadable += 1;
      continue;
    }
    if (!dryRun) await collection.updateOne({ _id, sealed }, { $set: { sealed: fresh } });
    done.resealed += 1;
  }
  return done;
}

function pick(stored: StoredAccount, convert: (sealed: string, place: string) => string): Secrets {
  const { _id: pageId } = stored;
  const rows = ACCOUNT_SECRETS.map((field) => [field, convert(stored[field], secretPlace(pageId, field))]);
  return Object.fromEntries(rows) as Secrets;
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
