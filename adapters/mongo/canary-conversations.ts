import type { Db, Filter } from 'mongodb';
import { OPEN_STATES } from '../../contracts/conversation.ts';
import type { StoredConversation } from './conversations-repository.ts';

/** Conversations of one version of a scenario that began since `since` (epoch ms). */
interface Side {
  scenario: string;
  version: string;
  since: number;
  exceptEntries: readonly string[];
}

/** What guardrails look at in a record. `score`: of its survey, 0 to 100. */
export interface EndedRecord {
  conversationId: string;
  queuedAt?: number;
  endReason?: string;
  score?: number;
}

/** Reads what became of conversations on one version, for whoever compares two. */
export interface CanaryConversations {
  countRunning(of: Side): Promise<number>;
  /** The latest ones that are over, by when they began; no more than `limit`. */
  listEnded(of: Side, limit: number): Promise<EndedRecord[]>;
}

/** Creates the reader over collection `conversations`. */
export function createCanaryConversations(db: Db): CanaryConversations {
  const collection = db.collection<StoredConversation>('conversations');
  return {
    countRunning: (of) => collection.countDocuments({ ...filterOf(of), state: { $in: OPEN_STATES } }),
    async listEnded(of, limit) {
      const found = await collection
        .find({ ...filterOf(of), endedAt: { $exists: true } })
        .project<Pick<StoredConversation, '_id' | 'queuedAt' | 'endReason' | 'annotations'>>({
          queuedAt: 1,
          endReason: 1,
          'annotations.surveyResponse.score': 1,
        })
        .sort({ startedAt: -1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: conversationId, annotations, ...record }) => {
        const score = annotations?.surveyResponse?.score;
        return { conversationId, ...record, ...(score !== undefined && { score }) };
      });
    },
  };
}

/** Index that finds a version's conversations; creating it again changes nothing. */
export async function ensureCanaryIndexes(db: Db): Promise<void> {
  await db
    .collection('conversations')
    .createIndexes([{ key: { 'scenario.version': 1, startedAt: -1 }, name: 'version' }]);
}

function filterOf({ scenario, version, since, exceptEntries }: Side): Filter<StoredConversation> {
  return {
    'scenario.version': version,
    'scenario.name': scenario,
    startedAt: { $gte: since },
    ...(exceptEntries.length > 0 && { entry: { $nin: [...exceptEntries] } }),
  };
}
