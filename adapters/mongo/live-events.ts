import type { Collection, Db } from 'mongodb';
import type { LiveNote } from '../../contracts/live-event.ts';
import { withDeadline } from '../with-deadline.ts';
import { isDuplicateKeyError } from './configuration/natural-key-repository.ts';

/** A note and its place among all notes of the deployment. */
export interface NumberedNote {
  seq: number;
  note: LiveNote;
}

/** Takes notes of what was written. */
export interface LiveNotes {
  /** Resolves once they are there for every api process. Tell it after the write that they are of. */
  tell(notes: readonly LiveNote[]): Promise<void>;
}

/**
 * The notes of all processes in one order without gaps: a reader that knows the next number finds the next note, or there is
 * none yet. Kept for an hour or so.
 */
export interface LiveEvents extends LiveNotes {
  /** The number that the next note will have. */
  findNextSeq(): Promise<number>;
  /** Notes from a number on that begins a write, some hundred at most; nothing where there are none yet. */
  read(fromSeq: number): Promise<NumberedNote[]>;
  /** Notes from any number on to the end of the write that it is in; what is behind them begins a write. */
  readWithin(seq: number): Promise<NumberedNote[]>;
  /** The oldest number that can still be read. */
  findFirstSeq(): Promise<number>;
  /** Calls back when somebody has written: at once for this process, and for others where the server tells; gives how to end it. */
  watch(onWritten: () => void): () => void;
  deleteOlderThan(at: number): Promise<void>;
}

/** Notes that were written together; `_id`: the number of the first. */
interface StoredNotes {
  _id: number;
  count: number;
  notes: LiveNote[];
  at: Date;
}

const NOTES_OF_ONE_WRITE = 200;
const WRITES_OF_ONE_READ = 20;
const MAX_ATTEMPTS = 50;
/** A call that never settles, as the driver's may while a server dies, must not hold up all that comes behind it. */
const WRITE_DEADLINE_MS = 10_000;
/** Behind one write the next waits so long: what follows within this time, as the parts of a turn and the turns of others, leaves together. */
const GATHER_MS = 10;
const STEPS_TO_NEWEST = 50;

/** Creates the access to collection `live-events`. */
export function createLiveEvents(db: Db, now: () => number): LiveEvents {
  const collection = db.collection<StoredNotes>('live-events');
  const listeners = new Set<() => void>();
  return {
    tell: throttleQueues(createTeller(collection, { now, onWritten: () => listeners.forEach((tell) => tell()) }), now),
    findNextSeq: () => findNextSeq(collection),
    read: (fromSeq) => read(collection, fromSeq),
    readWithin: (seq) => readWithin(collection, seq),
    async findFirstSeq() {
      const [first] = await collection.find().sort({ _id: 1 }).limit(1).toArray();
      return first?._id ?? 1;
    },
    watch(onWritten) {
      listeners.add(onWritten);
      const stop = watchServer(collection, onWritten);
      return () => {
        listeners.delete(onWritten);
        stop();
      };
    },
    async deleteOlderThan(at) {
      // The newest stays: the numbers go on behind it.
      const [newest] = await collection.find().sort({ _id: -1 }).limit(1).toArray();
      if (newest) await collection.deleteMany({ _id: { $lt: newest._id }, at: { $lt: new Date(at) } });
    },
  };
}

const QUEUE_EVERY_MS = 1000;

/** Of each queue this process tells once a second, the last change never late by more than that. */
function throttleQueues(tell: LiveNotes['tell'], now: () => number): LiveNotes['tell'] {
  const toldAt = new Map<string, number>();
  const later = new Set<string>();

  function isDue(group: string): boolean {
    const waitMs = (toldAt.get(group) ?? -Infinity) + QUEUE_EVERY_MS - now();
    if (waitMs <= 0) {
      toldAt.set(group, now());
      return true;
    }
    if (!later.has(group)) {
      later.add(group);
      setTimeout(() => {
        later.delete(group);
        toldAt.set(group, now());
        tell([{ type: 'queue.changed', group }]).catch(() => undefined);
      }, waitMs).unref();
    }
    return false;
  }

  return (notes) => tell(notes.filter((note) => note.type !== 'queue.changed' || isDue(note.group)));
}

interface Waiting {
  note: LiveNote;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** What comes while a write is under way leaves in the next, so that many conversations share one. */
function createTeller(
  collection: Collection<StoredNotes>,
  { now, onWritten }: { now: () => number; onWritten: () => void },
): LiveNotes['tell'] {
  let waiting: Waiting[] = [];
  let isWriting = false;
  let next: number | undefined;
  let writtenAt = -Infinity;

  async function drain(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      await gather(now() - writtenAt);
      writtenAt = now();
      const batch = waiting.slice(0, NOTES_OF_ONE_WRITE);
      waiting = waiting.slice(NOTES_OF_ONE_WRITE);
      try {
        const notes = withoutRepeats(batch.map(({ note }) => note));
        const writing = append(collection, { notes, at: new Date(now()), guess: next });
        next = await withDeadline(writing, WRITE_DEADLINE_MS, 'MongoDB');
        for (const { resolve } of batch) resolve();
        onWritten();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isWriting = false;
  }

  return async (notes) => {
    if (notes.length === 0) return;
    const written = notes.map(
      (note) => new Promise<void>((resolve, reject) => void waiting.push({ note, resolve, reject })),
    );
    if (!isWriting) void drain();
    await Promise.all(written);
  };
}

/** The first after a pause leaves with all that is told in the same turn of the event loop. */
function gather(sinceWriteMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (sinceWriteMs >= GATHER_MS || sinceWriteMs < 0) setImmediate(resolve);
    else setTimeout(resolve, GATHER_MS - sinceWriteMs);
  });
}

/** What is shown is read later, as it is then: of the same thing one note is enough. */
function withoutRepeats(notes: LiveNote[]): LiveNote[] {
  const known = new Set<string>();
  return notes.filter((note) => {
    const thing = thingOf(note);
    if (thing === undefined) return true;
    if (known.has(thing)) return false;
    known.add(thing);
    return true;
  });
}

function thingOf(note: LiveNote): string | undefined {
  if (note.type === 'conversation.changed') return note.conversationId;
  if (note.type !== 'message.added' && note.type !== 'message.changed') return undefined;
  return 'messageId' in note.message ? note.message.messageId : undefined;
}

/**
 * Writes behind the newest: the number is the key, so of two that choose the same one writes and the other looks again. Nobody
 * leaves a gap, whenever they die. Gives the next number.
 */
async function append(
  collection: Collection<StoredNotes>,
  { notes, at, guess }: { notes: LiveNote[]; at: Date; guess: number | undefined },
): Promise<number> {
  let next = guess ?? (await findNextSeq(collection));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await collection.insertOne({ _id: next, count: notes.length, notes, at });
      return next + notes.length;
    } catch (error) {
      if (!isDuplicateKeyError(error) || attempt >= MAX_ATTEMPTS) throw error;
      next = await findNextSeq(collection, next);
    }
  }
}

/** Walks on from a number where somebody wrote: mostly the others have written little since. */
async function findNextSeq(collection: Collection<StoredNotes>, from?: number): Promise<number> {
  let next = from;
  for (let step = 0; next !== undefined && step < STEPS_TO_NEWEST; step += 1) {
    const stored: Pick<StoredNotes, 'count'> | null = await collection.findOne(
      { _id: next },
      { projection: { count: 1 } },
    );
    if (!stored) return next;
    next += stored.count;
  }
  const [newest] = await collection.find().sort({ _id: -1 }).limit(1).toArray();
  return newest ? newest._id + newest.count : 1;
}

/** By the key of each write, which also a server without ordered indexes looks up at once. */
async function read(collection: Collection<StoredNotes>, fromSeq: number): Promise<NumberedNote[]> {
  const found: NumberedNote[] = [];
  for (let count = 0, at = fromSeq; count < WRITES_OF_ONE_READ; count += 1) {
    const stored = await collection.findOne({ _id: at });
    if (!stored) break;
    found.push(...numbered(stored));
    at += stored.count;
  }
  return found;
}

async function readWithin(collection: Collection<StoredNotes>, seq: number): Promise<NumberedNote[]> {
  const [stored] = await collection
    .find({ _id: { $lte: seq } })
    .sort({ _id: -1 })
    .limit(1)
    .toArray();
  return stored ? numbered(stored).filter((note) => note.seq >= seq) : [];
}

function numbered({ _id, notes }: StoredNotes): NumberedNote[] {
  return notes.map((note, index) => ({ seq: _id + index, note }));
}

/** A replica set tells of each write; any other server refuses, and its readers look again and again. */
function watchServer(collection: Collection<StoredNotes>, onWritten: () => void): () => void {
  const stream = collection.watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }]);
  stream.on('change', onWritten);
  stream.on('error', () => void stream.close().catch(() => undefined));
  return () => void stream.close().catch(() => undefined);
}
