import type { Document } from 'mongodb';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import type { DeadLetterContent } from '../../../contracts/dead-letter.ts';
import type { RetentionKind } from '../../../contracts/retention.ts';
import type { SecretBox } from '../../secrets.ts';
import { tryRead, withoutCustomer } from '../customer-data.ts';
import { DEAD_LETTER_COLLECTION, unpackDeadLetter } from '../dead-letters.ts';
import { EVALUATION_ASSIGNMENTS } from '../evaluation-assignments.ts';
import { EVALUATIONS } from '../evaluations-repository.ts';
import { OPERATED_CONVERSATIONS } from '../bulk-surgeries.ts';
import { AGENT_EVENTS, CONVERSATION_EVENTS } from '../history-repository.ts';
import { SUGGESTION_COLLECTION } from '../suggestions-repository.ts';
import { WEBHOOK_DELIVERIES } from '../webhook-deliveries.ts';
import type { Held, RowSubject } from './keeper.ts';
import { OF_PAST, PAST_CONVERSATIONS } from './past-conversations.ts';
import { WRAP_UP_COLLECTION } from '../wrap-ups-repository.ts';
import { removeFiles, removeMessages, removeTranscripts, type RetentionStores } from './remove-transcripts.ts';

export type Row = Document & { _id: string };

interface Judging extends RetentionStores {
  secrets: SecretBox;
  held: Held;
  /** Rows from then on are too young; epoch milliseconds. */
  before: number;
}

/** Rows that grow old together. */
export interface DataSource {
  collection: string;
  /** The field by which they grow old; an index begins with it. */
  by: string;
  isDate?: true;
  filter?: Document;
  projection: Document;
  /** Of whom each row is. */
  subjectsOf: (rows: readonly Row[], judging: Judging) => RowSubject[] | Promise<RowSubject[]>;
  /** Rows by themselves where absent. Doing it again ends what was interrupted. */
  remove?: (stores: RetentionStores, rows: readonly Row[], before: number) => Promise<void>;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const keyOf = ({ pageId, psid }: Document): ConversationKey => ({ pageId: String(pageId), psid: String(psid) });

const ofConversation = (row: Document): RowSubject => ({ conversationId: text(row['conversationId']) });
const ofBoth = (row: Document): RowSubject => ({ ...ofConversation(row), customer: keyOf(row) });

const NAMED = { conversationId: 1, pageId: 1, psid: 1 } as const;

/** What a customer wrote before there was an entry; it is not over before they have written nothing for so long. */
async function subjectsOfUnrouted(rows: readonly Row[], { db, before }: Judging): Promise<RowSubject[]> {
  const young = await db
    .collection('messages')
    .find({ conversationId: { $in: rows.map(({ _id }) => _id) }, at: { $gte: new Date(before) } })
    .project<{ conversationId: string }>({ conversationId: 1 })
    .toArray();
  const alive = new Set(young.map(({ conversationId }) => conversationId));
  return rows.map((row) => ({
    conversationId: row._id,
    customer: keyOf(row),
    ...(alive.has(row._id) && { isOfConversation: true as const }),
  }));
}

async function subjectsOfFiles(rows: readonly Row[], { db }: Judging): Promise<RowSubject[]> {
  const ids = rows.map(({ messageId }) => String(messageId));
  const found = await db
    .collection<Row>('messages')
    .find({ _id: { $in: ids } }, { projection: { conversationId: 1 } })
    .toArray();
  const byMessage = new Map(found.map(({ _id, conversationId }) => [_id, text(conversationId)]));
  return rows.map((row) => ({ conversationId: byMessage.get(String(row['messageId'])), customer: keyOf(row) }));
}

/** A raw body is of everybody in it: it stays where it names anybody of whom anything is held, or where nobody can tell. */
function subjectsOfBodies(rows: readonly Row[], { secrets, held }: Judging): RowSubject[] {
  return rows.map(({ _id, pageIds, sealed }) => {
    const here = held.anybody.filter(({ pageId }) => (pageIds as string[]).includes(pageId));
    if (here.length === 0) return {};
    const content = tryRead<DeadLetterContent>(() => unpackDeadLetter(secrets, { _id, sealed: String(sealed) }));
    const isSealed = !content || content.form === 'spooled';
    const named = here.find((key) => isSealed || withoutCustomer(content, key) !== content);
    return named ? { customer: named } : {};
  });
}

const removeConversations: DataSource['remove'] = (stores, rows, before) =>
  removeTranscripts(stores, rows as unknown as Parameters<typeof removeTranscripts>[1], before);

const transcripts: DataSource[] = [
  {
    collection: 'conversations',
    by: 'endedAt',
    filter: { state: 'ended' },
    projection: OF_PAST,
    subjectsOf: (rows) => rows.map((row) => ({ conversationId: row._id, customer: keyOf(row) })),
    remove: removeConversations,
  },
  {
    collection: 'conversations',
    by: 'startedAt',
    filter: { state: 'unrouted' },
    projection: OF_PAST,
    subjectsOf: subjectsOfUnrouted,
    remove: removeConversations,
  },
  {
    // What belongs to no conversation, or to one that is gone: seen while another app talked, or come late.
    collection: 'messages',
    by: 'at',
    isDate: true,
    projection: NAMED,
    subjectsOf: (rows) => rows.map((row) => ({ ...ofBoth(row), isOfConversation: true })),
    remove: (stores, rows) =>
      removeMessages(
        stores,
        rows.map(({ _id }) => _id),
      ),
  },
];

const events: DataSource[] = [
  {
    collection: CONVERSATION_EVENTS,
    by: 'at',
    isDate: true,
    projection: NAMED,
    subjectsOf: (rows) => rows.map(ofConversation),
  },
  { collection: 'routing-decisions', by: 'at', projection: NAMED, subjectsOf: (rows) => rows.map(ofConversation) },
  {
    collection: SUGGESTION_COLLECTION,
    by: 'at',
    isDate: true,
    projection: NAMED,
    subjectsOf: (rows) => rows.map(ofConversation),
  },
  { collection: 'movedConversations', by: 'at', projection: NAMED, subjectsOf: (rows) => rows.map(ofConversation) },
  { collection: OPERATED_CONVERSATIONS, by: 'at', projection: NAMED, subjectsOf: (rows) => rows.map(ofConversation) },
  {
    // What reports counted a conversation by whose transcript has gone before.
    collection: PAST_CONVERSATIONS,
    by: 'endedAt',
    projection: { customerHash: 1 },
    subjectsOf: (rows) =>
      rows.map(({ _id, customerHash }) => ({ conversationId: _id, customerHash: text(customerHash) })),
    async remove({ db }, rows) {
      const ids = rows.map(({ _id }) => _id);
      const running = await db
        .collection<Row>('conversations')
        .find({ _id: { $in: ids } }, { projection: { _id: 1 } })
        .toArray();
      const isThere = new Set(running.map(({ _id }) => _id));
      const gone = ids.filter((id) => !isThere.has(id));
      await db.collection(WRAP_UP_COLLECTION).deleteMany({ conversationId: { $in: gone } });
      await db.collection<Row>(PAST_CONVERSATIONS).deleteMany({ _id: { $in: ids } });
    },
  },
  // Of agents, who are held by nothing.
  {
    collection: AGENT_EVENTS,
    by: 'at',
    isDate: true,
    projection: { _id: 1 },
    subjectsOf: (rows) => rows.map(() => ({})),
  },
];

const files: DataSource = {
  collection: 'files',
  by: 'storedAt',
  projection: { messageId: 1, pageId: 1, psid: 1 },
  subjectsOf: subjectsOfFiles,
  remove: (stores, rows) => removeFiles(stores, rows as unknown as { _id: string; pageId: string }[]),
};

/** Copies whose own days are over, as the account says of them, or which a customer took back. */
export const expiredFiles: DataSource = {
  ...files,
  by: 'expiresAt',
  subjectsOf: async (rows, judging) =>
    (await subjectsOfFiles(rows, judging)).map((subject) => ({ ...subject, isTakenFromRunning: true })),
};

/** Where the data of each kind lies; the first names the oldest that is kept. */
export const dataSources: Readonly<Record<RetentionKind, readonly DataSource[]>> = {
  transcripts,
  events,
  files: [files],
  audit: [
    {
      collection: 'audit',
      by: 'at',
      isDate: true,
      projection: { subject: 1 },
      subjectsOf: (rows) =>
        rows.map(({ subject = {} }) => {
          const named = subject as Record<string, string>;
          return {
            conversationId: named['conversationId'],
            customerHash: named['customerHash'],
            isTakenFromRunning: true,
          };
        }),
    },
  ],
  evaluations: [EVALUATIONS, EVALUATION_ASSIGNMENTS].map((collection) => ({
    collection,
    by: 'changedAt',
    projection: NAMED,
    subjectsOf: (rows) => rows.map(ofBoth),
  })),
  deliveries: [
    {
      collection: WEBHOOK_DELIVERIES,
      by: 'dueAt',
      filter: { state: 'dead' },
      projection: NAMED,
      subjectsOf: (rows) => rows.map((row) => ({ ...ofBoth(row), isTakenFromRunning: true })),
    },
    {
      collection: DEAD_LETTER_COLLECTION,
      by: 'failedAt',
      isDate: true,
      projection: { pageIds: 1, sealed: 1 },
      subjectsOf: subjectsOfBodies,
    },
  ],
};
