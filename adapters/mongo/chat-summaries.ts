import type { Db } from 'mongodb';
import type { ChatSummary, ChatWords } from '../../contracts/chat-summary.ts';
import type { MessageDocument } from './message-document.ts';

/** As far back as one looks for the last answer and what came after it: more unread is told as so many. */
const LOOKED_AT = 60;

/** What a list of chats says of a transcript without showing it. */
export interface ChatSummaries {
  /** `seenSeq`: place of the last message that the reader has seen. */
  summarise(conversationId: string, seenSeq?: number): Promise<ChatSummary>;
  /** Place of a message in the transcript, of the newest where none is named; undefined where there is none. */
  findPlace(conversationId: string, messageId?: string): Promise<number | undefined>;
}

type Row = Pick<MessageDocument, 'seq' | 'at' | 'direction' | 'author' | 'text' | 'attachments' | 'kind' | 'isDeleted'>;

const projection = { seq: 1, at: 1, direction: 1, author: 1, text: 1, attachments: 1, kind: 1, isDeleted: 1 };

/** Reads summaries from collection `messages`: two looks by its index for each chat. */
export function createChatSummaries(db: Db): ChatSummaries {
  const collection = db.collection<MessageDocument>('messages');
  return {
    async summarise(conversationId, seenSeq = -1) {
      const said = { conversationId, direction: { $ne: 'internal' as const } };
      const newest: Row[] = await collection
        .find(said, { projection })
        .sort({ seq: -1, at: -1 })
        .limit(LOOKED_AT)
        .toArray();
      const isWhole = newest.length < LOOKED_AT;
      const first = isWhole
        ? newest.findLast(isCustomers)
        : await collection.findOne({ conversationId, direction: 'in' }, { projection, sort: { seq: 1, at: 1 } });
      return summarise(newest, { seenSeq, first: first ?? undefined });
    },
    async findPlace(conversationId, messageId) {
      const filter = messageId === undefined ? { conversationId } : { _id: messageId, conversationId };
      const found = await collection.findOne(filter, { projection: { seq: 1 }, sort: { seq: -1 } });
      return found?.seq;
    },
  };
}

function summarise(
  newest: readonly Row[],
  { seenSeq, first }: { seenSeq: number; first: Row | undefined },
): ChatSummary {
  const last = newest[0];
  const answer = newest.find(isAnswer);
  const unanswered = newest.filter((row) => isCustomers(row) && row.seq > (answer?.seq ?? -1));
  const waiting = unanswered.at(-1);
  return {
    unread: unanswered.filter(({ seq }) => seq > seenSeq).length,
    hasAnswer: answer !== undefined,
    ...(waiting && { unansweredSince: waiting.at.getTime() }),
    ...(first && { first: toWords(first) }),
    ...(last && { last: toWords(last) }),
  };
}

/** A link that was opened is nothing that was said. */
const isCustomers = ({ direction, kind }: Row): boolean => direction === 'in' && kind !== 'referral';

/** Words of people on our side: what a scenario says answers nobody who waits for an agent. */
const isAnswer = ({ direction, author }: Row): boolean =>
  direction === 'out' && (author.kind === 'agent' || author.kind === 'other-app');

function toWords({ at, author, text, attachments, isDeleted }: Row): ChatWords {
  return {
    at: at.getTime(),
    by: author.kind,
    attachments: attachments.map(({ type }) => type),
    ...(text !== undefined && { text }),
    ...(isDeleted && { isDeleted }),
  };
}
