import { randomUUID } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import { customerKey } from '../../../contracts/message-key.ts';
import type { RecordView } from '../../../contracts/record-schema.ts';
import type { FileStore } from '../../files/file-store.ts';
import { IDENTITY_COLLECTION, type StoredIdentity } from '../people/contact-document.ts';
import { RECORD_EXPORTS, type StoredExport } from './record-exports.ts';

/** A row as it is kept, whatever the format of the export. */
export type ExportRow = Omit<RecordView, 'excerpt'>;

/** The rows of exports: pieces of some hundred, each a file of JSON lines, and who is in it. */
export interface ExportPieces {
  /** Writes a piece that is nobody's yet: until it is `settle`d it is swept. Gives its key. Durable once it resolves. */
  write(exportId: string, piece: { number: number; rows: readonly ExportRow[]; now: number }): Promise<string>;
  /** It belongs to its export now. */
  settle(key: string): Promise<void>;
  /** Undefined where it is gone. */
  read(key: string): Promise<ExportRow[] | undefined>;
  drop(key: string): Promise<void>;
  dropOfExport(exportId: string): Promise<void>;
  /** Drops pieces that were never settled, because their maker died. */
  sweep(now: number): Promise<void>;
  /**
   * Takes the rows of a customer out of every piece, and sees to it that none is written that was read before. Gives how many
   * there were. Repeated it takes what is left.
   */
  eraseCustomer(conversationKey: ConversationKey): Promise<number>;
}

interface StoredPiece {
  /** The key of the bytes in the file store. */
  _id: string;
  exportId: string;
  number: number;
  /** Customers by `customerKey`, contacts by their id. */
  people: string[];
  /** When it is looked at whether it is anybody's; absent once that is settled. */
  dueAt?: number;
}

interface Parts {
  exports: Collection<StoredExport>;
  pieces: Collection<StoredPiece>;
  fileStore: FileStore;
}

const RECORD_EXPORT_PIECES = 'record-export-pieces';
/** Longer than any piece is being made. */
const UNSETTLED_MS = 60 * 60_000;
const SWEPT_AT_ONCE = 200;
/** Rounds of somebody else's erasures in the same export at the same moment. */
const MAX_ROUNDS = 50;

/** Creates the access to pieces over one database and file store. */
export function createExportPieces({ db, fileStore }: { db: Db; fileStore: FileStore }): ExportPieces {
  const exports = db.collection<StoredExport>(RECORD_EXPORTS);
  const pieces = db.collection<StoredPiece>(RECORD_EXPORT_PIECES);
  const parts: Parts = { exports, pieces, fileStore };
  return {
    write: (exportId, piece) => writePiece(parts, exportId, piece),
    settle: (key) => settle(parts, key),
    read: (key) => readRows(parts, key),
    drop: (key) => drop(parts, key),
    async dropOfExport(exportId) {
      for await (const { _id } of pieces.find({ exportId }, { projection: { _id: 1 } })) await drop(parts, _id);
    },
    async sweep(now) {
      const due = await pieces
        .find({ dueAt: { $lte: now } })
        .limit(SWEPT_AT_ONCE)
        .toArray();
      for (const piece of due)
        await ((await isReferred(parts, piece)) ? settle(parts, piece._id) : drop(parts, piece._id));
    },
    async eraseCustomer(conversationKey) {
      // Whatever is being written now was read before: it is read anew.
      await exports.updateMany({ state: 'running' }, { $inc: { erasures: 1 } });
      const who = await peopleOf(db, conversationKey);
      return eraseFromPieces(parts, who);
    },
  };
}

async function writePiece(
  { pieces, fileStore }: Parts,
  exportId: string,
  { number, rows, now }: { number: number; rows: readonly ExportRow[]; now: number },
): Promise<string> {
  const key = randomUUID().replaceAll('-', '');
  const people = [...new Set(rows.flatMap(peopleIn))];
  // The row before the bytes, so that nothing lies there that nobody knows of.
  await pieces.insertOne({ _id: key, exportId, number, people, dueAt: now + UNSETTLED_MS });
  await fileStore.put(key, Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
  return key;
}

const peopleIn = ({ pageId, psid, contact }: ExportRow): string[] => [
  customerKey(pageId, psid),
  ...(contact ? [contact.id] : []),
];

async function settle({ pieces }: Parts, key: string): Promise<void> {
  await pieces.updateOne({ _id: key }, { $unset: { dueAt: '' } });
}

async function readRows({ fileStore }: Parts, key: string): Promise<ExportRow[] | undefined> {
  const bytes = await fileStore.get(key);
  if (!bytes) return undefined;
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as ExportRow);
}

/** The bytes before the row that knows of them. */
async function drop({ pieces, fileStore }: Parts, key: string): Promise<void> {
  await fileStore.delete(key);
  await pieces.deleteOne({ _id: key });
}

async function isReferred({ exports }: Parts, { _id: key, exportId, number }: StoredPiece): Promise<boolean> {
  return (await exports.findOne({ _id: exportId }, keyOnly(number)))?.keys[number] === key;
}

const keyOnly = (number: number): { projection: Record<string, 1> } => ({
  projection: { [`keys.${number}`]: 1, erasures: 1 },
});

/** The identity, and whom it is known as: they may have been identified in a conversation of another identity. */
async function peopleOf(db: Db, { pageId, psid }: ConversationKey): Promise<string[]> {
  const key = customerKey(pageId, psid);
  const identity = await db.collection<StoredIdentity>(IDENTITY_COLLECTION).findOne({ _id: key });
  return identity ? [key, identity.contactId] : [key];
}

async function eraseFromPieces(parts: Parts, who: readonly string[]): Promise<number> {
  let count = 0;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await parts.pieces.find({ people: { $in: [...who] } }, { projection: { people: 0 } }).toArray();
    if (found.length === 0) return count;
    for (const piece of found) count += await eraseFromPiece(parts, piece, who);
  }
  throw new Error('Exports of records are changed all the time: what they hold of a customer is taken out later');
}

/**
 * Writes a piece anew without somebody. From the first line on nobody can commit what they read before it, so that a piece which
 * is nobody's then never becomes anybody's.
 */
async function eraseFromPiece(
  parts: Parts,
  piece: Omit<StoredPiece, 'people'>,
  who: readonly string[],
): Promise<number> {
  const { _id: key, exportId, number } = piece;
  const held = await parts.exports.findOneAndUpdate(
    { _id: exportId },
    { $inc: { erasures: 1 } },
    { returnDocument: 'after', ...keyOnly(number) },
  );
  const rows = held?.keys[number] === key ? await readRows(parts, key) : undefined;
  if (!held || !rows) {
    await drop(parts, key);
    return 0;
  }
  const kept = rows.filter((row) => !peopleIn(row).some((person) => who.includes(person)));
  const fresh = await writePiece(parts, exportId, { number, rows: kept, now: Date.now() });
  const removed = rows.length - kept.length;
  const { matchedCount } = await parts.exports.updateOne(
    { _id: exportId, erasures: held.erasures, [`keys.${number}`]: key },
    { $set: { [`keys.${number}`]: fresh }, $inc: { done: -removed, total: -removed } },
  );
  if (matchedCount === 0) {
    await drop(parts, fresh);
    return 0;
  }
  await settle(parts, fresh);
  await drop(parts, key);
  return removed;
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureExportPieceIndexes(db: Db): Promise<void> {
  await db.collection(RECORD_EXPORT_PIECES).createIndexes([
    { key: { people: 1 }, name: 'people' },
    { key: { exportId: 1 }, name: 'export' },
    { key: { dueAt: 1 }, name: 'due', sparse: true },
  ]);
}
