import type { Collection } from 'mongodb';
import type { ScenarioHead } from './configuration-items.ts';
import { insertIfAbsent, isDuplicateKeyError } from './natural-key-repository.ts';

/** The head of a scenario at rest. */
export type StoredHead = ScenarioHead & { _id: string };

/** One publication at rest, for ever the same: `_id` is `name:number`. */
export type StoredPublication = ScenarioHead & { _id: string };

/** What was in force when: every publication of a scenario, roll-backs among them. */
export interface PublicationsRepository {
  /**
   * Puts a version in force in the place of `before` (none: the first one). False, and nothing is changed, where
   * something else is in force by now.
   */
  publish(next: ScenarioHead, before: ScenarioHead | undefined): Promise<boolean>;
  /** Newest first, those below a number where one is given. The one in force is always among them. */
  list(name: string, page: { below?: number; limit: number }): Promise<ScenarioHead[]>;
}

/**
 * Publications over two collections. The head is the truth of what is in force; the log gets an entry after the head and
 * once more before the next one, so that a crash in between leaves no gap.
 */
export function createPublicationsRepository(
  heads: Collection<StoredHead>,
  log: Collection<StoredPublication>,
): PublicationsRepository {
  const note = (head: ScenarioHead): Promise<void> => insertIfAbsent(log, toPublication(head));
  return {
    async publish(next, before) {
      if (before) await note(before);
      if (!(await (before ? replaceHead(heads, next, before) : insertHead(heads, next)))) return false;
      await note(next);
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
      if (!head) return found;
      const { _id, ...fields } = head;
      const inForce = { ...fields, number: numberOf(head) };
      const isMissing = inForce.number < below && !found.some(({ number }) => number === inForce.number);
      return isMissing ? [inForce, ...found].slice(0, limit) : found;
    },
  };
}

/** Which publication a head is, from 1. */
export function numberOf({ number = 1 }: Pick<ScenarioHead, 'number'>): number {
  return number;
}

function toPublication(head: ScenarioHead): StoredPublication {
  const number = numberOf(head);
  return { ...head, number, _id: `${head.name}:${number}` };
}

async function replaceHead(
  heads: Collection<StoredHead>,
  next: ScenarioHead,
  { name, version, publishedAt }: ScenarioHead,
): Promise<boolean> {
  const { matchedCount } = await heads.replaceOne({ _id: name, version, publishedAt }, next);
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
