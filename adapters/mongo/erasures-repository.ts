import { createHash } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import type { Erasure } from '../../contracts/erasure.ts';
import type { SecretBox } from '../secrets.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import { isDuplicateKeyError } from './configuration/natural-key-repository.ts';

/** Whose data is to go: a customer, or whoever Meta means by an app-scoped id on these Pages. */
export type ErasureSubject = { conversationKeys: ConversationKey[] } | { userId: string; pageIds: string[] };

/** Requests to erase, kept until they are carried out; afterwards only their outcome is left. */
export interface ErasuresRepository {
  /** Durable once it resolves. The same `request` text again gives the same code. */
  open(request: { origin: Erasure['origin']; subject: ErasureSubject; text: string; at: number }): Promise<string>;
  find(code: string): Promise<Erasure | undefined>;
  /** Takes one that is due, until `until`. */
  claim(
    now: number,
    until: number,
  ): Promise<(Pick<Erasure, 'code' | 'state' | 'origin'> & { subject: ErasureSubject }) | undefined>;
  /** Whom it turned out to mean, before anything of theirs is gone: afterwards nothing says so any more. */
  noteSubject(code: string, subject: ErasureSubject): Promise<void>;
  /** A legal hold keeps it: it is looked at again at `againAt`, or when a hold is released. */
  hold(code: string, againAt: number): Promise<void>;
  /** What a hold kept is due now: another may keep it still. */
  wakeHeld(now: number): Promise<void>;
  /** Takes back a request that was refused. */
  withdraw(code: string): Promise<void>;
  /** `againAt`: when it is looked at once more; never where absent, and its subject is forgotten. */
  finish(
    code: string,
    outcome: { state: Erasure['state']; customers: number; at: number; subject?: ErasureSubject; againAt?: number },
  ): Promise<void>;
}

interface StoredErasure extends Omit<Erasure, 'code' | 'requestedAt' | 'finishedAt'> {
  _id: string;
  requestHash: string;
  requestedAt: Date;
  finishedAt?: Date;
  dueAt?: number;
  /** A legal hold keeps it from being carried out. */
  isHeld?: true;
  /** Empty once it is done. */
  sealed: string;
}

/** As many as nobody guesses; whoever has the code sees how far the erasure is. */
const CODE_CHARACTERS = 24;

const encryptionContextOf = (code: string): string => `erasures.${code}.sealed`;

/** Creates the repository over collection `erasures`. */
export function createErasuresRepository(db: Db, secrets: SecretBox): ErasuresRepository {
  const collection = db.collection<StoredErasure>('erasures');
  const seal = (code: string, subject: ErasureSubject): string =>
    secrets.seal(JSON.stringify(subject), encryptionContextOf(code));
  return {
    async open({ origin, subject, text, at }) {
      const requestHash = createHash('sha256').update(text).digest('hex');
      const known = await collection.findOne({ requestHash }, { projection: { _id: 1 } });
      if (known) return known._id;
      // Made of the request: the same one twice at the same moment has one code, because only one of them is written.
      const code = secrets.codeOf(text, 'erasures.code').slice(0, CODE_CHARACTERS);
      const erasure = { requestHash, origin, state: 'waiting' as const, customers: 0, requestedAt: new Date(at) };
      try {
        await collection.insertOne({ _id: code, ...erasure, dueAt: at, sealed: seal(code, subject) });
      } catch (error) {
        if (!isDuplicateKeyError(error)) throw error;
      }
      return code;
    },
    async find(code) {
      const stored = await collection.findOne({ _id: code });
      if (!stored) return undefined;
      const { origin, state, customers, requestedAt, finishedAt } = stored;
      const finished = finishedAt ? { finishedAt: finishedAt.getTime() } : {};
      return { code, origin, state, customers, requestedAt: requestedAt.getTime(), ...finished };
    },
    async claim(now, until) {
      const claimed = await collection.findOneAndUpdate({ dueAt: { $lte: now } }, { $set: { dueAt: until } });
      if (!claimed) return undefined;
      const subject = JSON.parse(secrets.open(claimed.sealed, encryptionContextOf(claimed._id))) as ErasureSubject;
      return { code: claimed._id, state: claimed.state, origin: claimed.origin, subject };
    },
    async noteSubject(code, subject) {
      await collection.updateOne({ _id: code, sealed: { $ne: '' } }, { $set: { sealed: seal(code, subject) } });
    },
    ...createHeldErasures(collection),
    async finish(code, { state, customers, at, subject, againAt }) {
      if (againAt !== undefined && subject) {
        await collection.updateOne(
          { _id: code },
          { $set: { state, customers, dueAt: againAt, sealed: seal(code, subject) }, $unset: { isHeld: '' } },
        );
        return;
      }
      await collection.updateOne(
        { _id: code },
        {
          $set: { state, finishedAt: new Date(at), sealed: '' },
          $max: { customers },
          $unset: { dueAt: '', isHeld: '' },
        },
      );
    },
  };
}

function createHeldErasures(
  collection: Collection<StoredErasure>,
): Pick<ErasuresRepository, 'hold' | 'wakeHeld' | 'withdraw'> {
  return {
    async hold(code, againAt) {
      // One that was erased before and is only to be looked at once more stays what it is.
      await collection.updateOne({ _id: code, state: { $in: ['waiting', 'held'] } }, { $set: { state: 'held' } });
      await collection.updateOne({ _id: code }, { $set: { dueAt: againAt, isHeld: true } });
    },
    async wakeHeld(now) {
      await collection.updateMany({ isHeld: true }, { $set: { dueAt: now }, $unset: { isHeld: '' } });
    },
    async withdraw(code) {
      await collection.deleteOne({ _id: code, state: { $in: ['waiting', 'held'] } });
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureErasureIndexes(db: Db): Promise<void> {
  await db.collection('erasures').createIndexes([
    { key: { dueAt: 1 }, name: 'due', sparse: true },
    { key: { requestHash: 1 }, name: 'request' },
  ]);
}
