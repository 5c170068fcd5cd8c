import type { Collection, Filter } from 'mongodb';
import type { Canary } from '../../../contracts/canary.ts';
import type { ScenarioHead } from './configuration-items.ts';
import { insertIfAbsent, isDuplicateKeyError } from './natural-key-repository.ts';

/** The head of a scenario at rest. */
export type StoredHead = ScenarioHead & { _id: string };

/** One publication at rest, for ever the same: `_id` is `name:number`. */
export type StoredPublication = Publication & { _id: string };

/** What was put in force, or tried as a canary. What becomes of the canary is in its report. */
export type Publication = Omit<ScenarioHead, 'canary'>;

/** What was in force when: every publication of a scenario, roll-backs among them. */
export interface PublicationsRepository {
  /**
   * Puts a version in force in the place of `before` (none: the first one). False, and nothing is changed, where
   * something else is in force by now.
   */
  publish(next: ScenarioHead, before: ScenarioHead | undefined): Promise<boolean>;
  /**
   * Writes the canary of what is in force, over the one that was read. False, and nothing is changed, where another version is in force
   * by now, or somebody else has changed the canary.
   */
  writeCanary(head: ScenarioHead, canary: Canary): Promise<boolean>;
  /** Newest first, those below a number where one is given. The one in force, and its canary, are always among them. */
  list(name: string, page: { below?: number; limit: number }): Promise<Publication[]>;
  find(name: string, number: number): Promise<Publication | undefined>;
}

/**
 * Publications over two collections. The head is the truth of what is in force; the log gets an entry after the head and
 * once more before the next one, so that a crash in between leaves no gap.
 */
export function createPublicationsRepository(
  heads: Collection<StoredHead>,
  log: Collection<StoredPublication>,
): PublicationsRepository {
  const note = async (head: ScenarioHead): Promise<void> => {
    for (const publication of publicationsOf(head)) await insertIfAbsent(log, toStored(publication));
  };
  return {
    async publish(next, before) {
      if (before) await note(before);
      if (!(await (before ? replaceHead(heads, next, before) : insertHead(heads, next)))) return false;
      await note(next);
      return true;
    },
    async writeCanary(head, canary) {
      await note(head);
      const { matchedCount } = await heads.updateOne(asRead(head), { $set: { canary } });
      if (matchedCount !== 1) return false;
      await note({ ...head, canary });
      return true;
    },
    async list(name, { below = Infinity, limit }) {
      const [noted, head] = await Promise.all([
        log
          .find({ name, ...(below < Infinity && { number: { $lt: below } }) })
          .sort({ number: -1 })
          .limit(limit)
          .toArray(),
        heads.findOne({ _id: name }),
      ]);
      const found = noted.map(({ _id, ...publication }) => publication);
      const missing = (head ? publicationsOf(head) : []).filter(
        ({ number }) => number < below && !found.some((one) => one.number === number),
      );
      return [...found, ...missing].toSorted((one, other) => numberOf(other) - numberOf(one)).slice(0, limit);
    },
    async find(name, number) {
      const head = await heads.findOne({ _id: name });
      const current = head && publicationsOf(head).find((one) => one.number === number);
      if (current) return current;
      const stored = await log.findOne({ _id: `${name}:${number}` });
      if (!stored) return undefined;
      const { _id, ...publication } = stored;
      return publication;
    },
  };
}

/** Which publication a head is, from 1. */
export function numberOf({ number = 1 }: Pick<ScenarioHead, 'number'>): number {
  return number;
}

/** The number behind the last one that was given: of what is in force, or of its canary. */
export function nextNumber(head: ScenarioHead | undefined): number {
  return head ? Math.max(numberOf(head), head.canary?.number ?? 0) + 1 : 1;
}

/** What is in force, and its canary, as publications. */
function publicationsOf(head: ScenarioHead & { _id?: string }): (Publication & { number: number })[] {
  const { _id, canary, ...inForce } = head;
  const own = { ...inForce, number: numberOf(head) };
  if (!canary) return [own];
  const { version, number, startedAt: publishedAt, author, note } = canary;
  const { name } = head;
  return [own, { name, version, number, publishedAt, isCanary: true, author, ...(note !== undefined && { note }) }];
}

function toStored(publication: Publication & { number: number }): StoredPublication {
  return { ...publication, _id: `${publication.name}:${publication.number}` };
}

/** The head as somebody has read it, its canary included. */
function asRead({ name, version, publishedAt, canary }: ScenarioHead): Filter<StoredHead> {
  const sameCanary: Filter<StoredHead> = canary
    ? { 'canary.number': canary.number, 'canary.revision': canary.revision }
    : { canary: { $exists: false } };
  return { _id: name, version, publishedAt, ...sameCanary };
}

async function replaceHead(heads: Collection<StoredHead>, next: ScenarioHead, before: ScenarioHead): Promise<boolean> {
  const { matchedCount } = await heads.replaceOne(asRead(before), next);
  return matchedCount === 1;
}

async function insertHead(heads: Collection<StoredHead>, head: ScenarioHead): Promise<boolean> {
  try {
    await heads.insertOne({ ...head, _id: head.name });
    return true;
  } catch (error) {
    if (isDuplicateKeyError(error)) return false;
    throw error;
  }
}
