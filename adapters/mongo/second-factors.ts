import type { Collection, Db } from 'mongodb';
import type { SecretBox } from '../secrets.ts';
import { isDuplicateKeyError } from './configuration/natural-key-repository.ts';

/** A user's second factor. Times are epoch milliseconds. */
interface SecondFactor {
  /** Base32, as authenticators take it. */
  secret: string;
  /** Off until its first code was entered. */
  isOn: boolean;
  /** When it was turned on, or begun. */
  since: number;
  recoveryCodesLeft: number;
}

interface StoredSecondFactor {
  /** Id of the user. */
  _id: string;
  /** Their name, for operators who re-encrypt. */
  name: string;
  /** Ciphertext. */
  secret: string;
  isOn: boolean;
  since: number;
  /** Number of the time step whose code was used last: none counts twice. */
  lastStep: number;
  /** Hashes of those that are left. */
  recoveryCodes: string[];
}

export const SECOND_FACTOR_COLLECTION = 'second-factors';

/** Where a user's secret lies: its ciphertext opens nowhere else. */
export const secondFactorEncryptionContext = (userId: string): string => `${SECOND_FACTOR_COLLECTION}/${userId}/secret`;

/** Second factors of users, by the users' ids. What is used up is so in one write, whoever tries at the same moment. */
export interface SecondFactors {
  find(userId: string): Promise<SecondFactor | undefined>;
  /** Ids of all users who have one in force. */
  listUserIds(): Promise<ReadonlySet<string>>;
  /** Whether the one that was turned on at `since` is in force still. */
  isOnSince(userId: string, since: number): Promise<boolean>;
  /** Keeps a secret that is not in force yet; one that was begun before is gone. False: one is in force. */
  begin(user: { id: string; username: string }, secret: string, at: number): Promise<boolean>;
  /** Puts it in force with the step whose code proved it. False: one is in force, or another was begun since `begunAt`. */
  turnOn(
    userId: string,
    proof: { begunAt: number; step: number; recoveryCodes: readonly string[]; at: number },
  ): Promise<boolean>;
  /** Uses up the code of a time step. False: that one or a later one was used. */
  useStep(userId: string, step: number): Promise<boolean>;
  /** Uses up a recovery code by its hash. False: there is no such code left. */
  useRecoveryCode(userId: string, hash: string): Promise<boolean>;
  /** False: there was none in force. */
  delete(userId: string): Promise<boolean>;
}

/** Creates the repository over collection `second-factors`. */
export function createSecondFactors(db: Db, secrets: SecretBox): SecondFactors {
  const collection: Collection<StoredSecondFactor> = db.collection(SECOND_FACTOR_COLLECTION);
  return {
    async find(userId) {
      const stored = await collection.findOne({ _id: userId });
      if (!stored) return undefined;
      const { secret, isOn, since, recoveryCodes } = stored;
      const opened = secrets.open(secret, secondFactorEncryptionContext(userId));
      return { secret: opened, isOn, since, recoveryCodesLeft: recoveryCodes.length };
    },
    async listUserIds() {
      const found = await collection.find({ isOn: true }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    async isOnSince(_id, since) {
      return (await collection.countDocuments({ _id, isOn: true, since }, { limit: 1 })) > 0;
    },
    async begin({ id: _id, username: name }, secret, at) {
      const sealed = secrets.seal(secret, secondFactorEncryptionContext(_id));
      const begun = { name, secret: sealed, isOn: false, since: at, lastStep: 0, recoveryCodes: [] };
      try {
        await collection.replaceOne({ _id, isOn: false }, begun, { upsert: true });
        return true;
      } catch (error) {
        // Whoever has it in force keeps it, also from a second window of theirs.
        if (isDuplicateKeyError(error)) return false;
        throw error;
      }
    },
    async turnOn(_id, { begunAt, step, recoveryCodes, at }) {
      const inForce = { isOn: true, since: at, lastStep: step, recoveryCodes: [...recoveryCodes] };
      const { modifiedCount } = await collection.updateOne({ _id, isOn: false, since: begunAt }, { $set: inForce });
      return modifiedCount > 0;
    },
    async useStep(_id, step) {
      const used = await collection.updateOne(
        { _id, isOn: true, lastStep: { $lt: step } },
        { $set: { lastStep: step } },
      );
      return used.modifiedCount > 0;
    },
    async useRecoveryCode(_id, hash) {
      const used = await collection.updateOne(
        { _id, isOn: true, recoveryCodes: hash },
        { $pull: { recoveryCodes: hash } },
      );
      return used.modifiedCount > 0;
    },
    async delete(_id) {
      const gone = await collection.findOneAndDelete({ _id });
      return gone?.isOn ?? false;
    },
  };
}
