import type { Collection, Db } from 'mongodb';
import type { ConversationRecord } from '../../../contracts/conversation-record.ts';
import type { ConversationsRepository } from '../conversations-repository.ts';
import type { MessageDocument } from '../message-document.ts';
import type { EvaluationsRepository } from '../evaluations-repository.ts';
import type { WrapUpsRepository } from '../wrap-ups-repository.ts';
import type { RecordEntry, RecordIndex } from './record-index.ts';
import type { RecordMarks } from './record-marks.ts';
import { dispositionsOf, quotableOf, scoresOf, termsOfRecord, type SpokenMessage } from './record-terms.ts';

/** How often a process looks for conversations that have changed. */
export const RECORDS_TICK_MS = 1000;
const AT_ONCE = 500;
const ROUNDS_A_TICK = 20;
/** Longer transcripts are found by their beginning. */
const MAX_MESSAGES = 5000;

/** Brings conversations into the index of records. */
export interface RecordIndexer {
  /** Indexes what has changed. Any number of processes may do so at once; what one leaves half done another does again. */
  work(): Promise<void>;
}

interface IndexerParts {
  db: Db;
  marks: RecordMarks;
  index: RecordIndex;
  conversations: Pick<ConversationsRepository, 'findMany'>;
  wrapUps: Pick<WrapUpsRepository, 'listOfConversation'>;
  evaluations: Pick<EvaluationsRepository, 'listOfConversation'>;
  now: () => number;
}

/** Creates the indexer. */
export function createRecordIndexer({ db, marks, index, now, ...parts }: IndexerParts): RecordIndexer {
  const { conversations, wrapUps, evaluations } = parts;
  const messages = db.collection<MessageDocument>('messages');
  async function toEntry(conversation: ConversationRecord): Promise<RecordEntry> {
    const { conversationId, startedAt, pageId, psid } = conversation;
    const [said, noted, graded] = await Promise.all([
      listSpoken(messages, conversationId),
      wrapUps.listOfConversation(conversationId),
      evaluations.listOfConversation(conversationId),
    ]);
    const source = { conversation, messages: said, wrapUps: noted, evaluations: graded };
    const scores = scoresOf(source);
    const facts = { dispositions: dispositionsOf(source), messages: said.length, said: quotableOf(source), ...scores };
    return { conversationId, startedAt, pageId, psid, terms: termsOfRecord(source), facts };
  }
  return {
    async work() {
      for (let round = 0; round < ROUNDS_A_TICK; round += 1) {
        const claimed = await marks.claim(now(), AT_ONCE);
        if (claimed.length === 0) return;
        const ids = claimed.map(({ conversationId }) => conversationId);
        const found = await conversations.findMany(ids);
        await index.put(await Promise.all([...found.values()].map(toEntry)));
        await index.remove(ids.filter((id) => !found.has(id)));
        await marks.finish(claimed);
      }
    },
  };
}

function listSpoken(messages: Collection<MessageDocument>, conversationId: string): Promise<SpokenMessage[]> {
  return messages
    .find({ conversationId }, { projection: { text: 1, attachments: 1, isDeleted: 1, author: 1, at: 1 } })
    .sort({ seq: 1, at: 1 })
    .limit(MAX_MESSAGES)
    .toArray();
}
