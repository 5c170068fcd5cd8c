import type { ConversationKey } from '../../contracts/conversation-key.ts';
import type { Db, Document } from 'mongodb';
import type { DeadLetterContent } from '../../contracts/dead-letter.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { FileStore } from '../files/file-store.ts';
import type { SecretBox } from '../secrets.ts';
import {
  DEAD_LETTER_COLLECTION,
  deadLetterEncryptionContext,
  packDeadLetter,
  unpackDeadLetter,
} from './dead-letters.ts';
import { customerKey } from '../../contracts/message-key.ts';
import { auditedCustomer } from './audit-repository.ts';
import { PAST_CONVERSATIONS, pastConversations } from './retention/past-conversations.ts';
import { EVALUATION_ASSIGNMENTS } from './evaluation-assignments.ts';
import { EVALUATIONS } from './evaluations-repository.ts';
import { CHAT_MARK_COLLECTION } from './chat-marks.ts';
import { CONVERSATION_EVENTS } from './history-repository.ts';
import { erasePeopleOf, findPeopleOf } from './people/customer-people.ts';
import { createExportPieces } from './records/export-pieces.ts';
import { RECORD_EXPORTS } from './records/record-exports.ts';
import { createRecordIndex, RECORD_ENTRIES } from './records/record-index.ts';
import { removeBytes } from './remove-bytes.ts';
import { WEBHOOK_DELIVERIES } from './webhook-deliveries.ts';
import { SPILLED_COLLECTION } from './spilled-events-repository.ts';
import { openSpooled, SPOOL_COLLECTION, spoolEncryptionContext } from './webhook-spool.ts';
import { SUGGESTION_COLLECTION } from './suggestions-repository.ts';
import { WRAP_UP_COLLECTION } from './wrap-ups-repository.ts';

/** Everything that MongoDB and the file store hold of one customer: to give it out, and to destroy it. */
export interface CustomerData {
  /** Collection → documents, as they are stored. Undefined where nothing is known of them. */
  export(conversationKey: ConversationKey): Promise<Record<string, Document[]> | undefined>;
  /** Gives what was destroyed, by collection; repeated it destroys what came back meanwhile. */
  erase(conversationKey: ConversationKey): Promise<Record<string, number>>;
  /** Pages among these where somebody with this PSID is known. */
  findPages(pageIds: readonly string[], psid: string): Promise<string[]>;
}

interface Parts {
  db: Db;
  secrets: SecretBox;
  fileStore: FileStore;
}

type AnyDocument = Document & { _id: string };

/** What belongs to a customer by its fields. Decisions and command results only name their conversations. */
const filters = ({ pageId, psid }: ConversationKey): Record<string, Document> => ({
  customers: { _id: customerKey(pageId, psid) },
  conversations: { pageId, psid },
  messages: { pageId, psid },
  files: { customerKey: customerKey(pageId, psid) },
  'pending-changes': { pageId, psid },
  [SPILLED_COLLECTION]: { pageId, psid },
  [WEBHOOK_DELIVERIES]: { pageId, psid },
  [RECORD_ENTRIES]: { pageId, psid },
  [EVALUATIONS]: { pageId, psid },
  [EVALUATION_ASSIGNMENTS]: { pageId, psid },
});

/** Collections whose documents name a conversation of theirs. */
const NAMING_CONVERSATIONS = [
  'routing-decisions',
  CONVERSATION_EVENTS,
  WRAP_UP_COLLECTION,
  CHAT_MARK_COLLECTION,
  SUGGESTION_COLLECTION,
];

/** Creates the access to customers' data over one database and file store. */
export function createCustomerData(parts: Parts): CustomerData {
  const { db } = parts;
  return {
    async export(conversationKey) {
      const found: Record<string, Document[]> = {};
      for (const [name, filter] of Object.entries(filters(conversationKey))) {
        found[name] = await db.collection(name).find(filter).toArray();
      }
      const recorded = (found['conversations'] ?? []).map(({ _id }) => String(_id));
      const conversationIds = [...recorded, ...(await listPast(db, conversationKey))];
      Object.assign(found, await findPeopleOf(db, conversationKey, conversationIds));
      for (const name of NAMING_CONVERSATIONS)
        found[name] = await db
          .collection(name)
          .find({ conversationId: { $in: conversationIds } })
          .toArray();
      return Object.values(found).some((documents) => documents.length > 0) ? found : undefined;
    },
    erase: (conversationKey) => erase(parts, conversationKey),
    async findPages(pageIds, psid) {
      const keys = new Map(pageIds.map((pageId) => [customerKey(pageId, psid), pageId]));
      const known = await db
        .collection<AnyDocument>('customers')
        .find({ _id: { $in: [...keys.keys()] } }, { projection: { _id: 1 } })
        .toArray();
      const spoken = await Promise.all(
        pageIds.map(async (pageId) => ((await db.collection('messages').findOne({ pageId, psid })) ? pageId : '')),
      );
      const all = [...known.map(({ _id }) => keys.get(_id) ?? ''), ...spoken];
      return [...new Set(all)].filter((pageId) => pageId !== '');
    },
  };
}

async function erase(parts: Parts, conversationKey: ConversationKey): Promise<Record<string, number>> {
  const { db } = parts;
  const counts: Record<string, number> = {};
  const exported = createExportPieces(parts);
  // While it is known whom they were identified as, and once more at the end: an export may have read them meanwhile.
  const firstRows = await exported.eraseCustomer(conversationKey);
  const wanted = filters(conversationKey);
  const conversations = await db
    .collection<AnyDocument>('conversations')
    .find(wanted['conversations'] ?? {}, { projection: { _id: 1 } })
    .toArray();
  const past = await listPast(db, conversationKey);
  const conversationIds = [...conversations.map(({ _id }) => _id), ...past];
  // The bytes before the row that knows of them; the conversations last, because what hangs on them is found by them.
  await eraseFiles(parts, conversationKey);
  const ofConversations = { conversationId: { $in: conversationIds } };
  for (const name of [...NAMING_CONVERSATIONS, 'command-results'])
    counts[name] = (await db.collection(name).deleteMany(ofConversations)).deletedCount;
  counts[SPOOL_COLLECTION] = await eraseSpooled(parts, conversationKey);
  counts[DEAD_LETTER_COLLECTION] = await eraseDeadLetters(parts, conversationKey);
  counts[RECORD_ENTRIES] = await createRecordIndex(db).removeOfCustomer(conversationKey);
  Object.assign(counts, await erasePeopleOf(db, conversationKey, { conversationIds, at: Date.now() }));
  const graded = [EVALUATIONS, EVALUATION_ASSIGNMENTS];
  const ofCustomer = ['files', 'pending-changes', SPILLED_COLLECTION, WEBHOOK_DELIVERIES, ...graded];
  for (const name of [...ofCustomer, 'messages', 'customers', 'conversations']) {
    counts[name] = (await db.collection(name).deleteMany(wanted[name] ?? { _id: null })).deletedCount;
  }
  counts[PAST_CONVERSATIONS] = (await pastConversations(db).deleteMany({ _id: { $in: past } })).deletedCount;
  counts[RECORD_EXPORTS] = firstRows + (await exported.eraseCustomer(conversationKey));
  return counts;
}

/** Conversations of theirs whose transcripts are over their days: what is kept of those longer is found by them. */
async function listPast(db: Db, key: ConversationKey): Promise<string[]> {
  const { customerHash } = auditedCustomer(key);
  return (
    await pastConversations(db)
      .find({ customerHash }, { projection: { _id: 1 } })
      .toArray()
  ).map(({ _id }) => _id);
}

async function eraseFiles(parts: Parts, conversationKey: ConversationKey): Promise<void> {
  const files = await parts.db
    .collection<AnyDocument>('files')
    .find(filters(conversationKey)['files'] ?? {}, { projection: { _id: 1 } })
    .toArray();
  const { pageId } = conversationKey;
  await removeBytes(
    parts,
    files.map(({ _id }) => ({ _id, pageId })),
  );
}

const isOf =
  ({ pageId, psid }: ConversationKey) =>
  (event: WebhookEvent): boolean =>
    event.pageId === pageId && event.psid === psid;

async function eraseSpooled({ db, secrets }: Parts, conversationKey: ConversationKey): Promise<number> {
  const collection = db.collection<AnyDocument>(SPOOL_COLLECTION);
  let count = 0;
  for await (const { _id, sealed } of collection.find({ pageId: conversationKey.pageId })) {
    const events = tryRead(() => openSpooled(secrets, _id, String(sealed)));
    // Nobody can tell whose it is, and one entry must not keep everybody's data.
    if (!events) continue;
    const rest = events.filter((event) => !isOf(conversationKey)(event));
    if (rest.length === events.length) continue;
    count += events.length - rest.length;
    const fresh = secrets.seal(JSON.stringify(rest), spoolEncryptionContext(_id));
    await collection.updateOne({ _id, sealed }, { $set: { sealed: fresh } });
  }
  return count;
}

/** A body that names them is destroyed as a whole: cut apart it would be no body any more. */
async function eraseDeadLetters({ db, secrets }: Parts, conversationKey: ConversationKey): Promise<number> {
  const collection = db.collection<AnyDocument>(DEAD_LETTER_COLLECTION);
  let count = 0;
  for await (const { _id, sealed } of collection.find({ pageIds: conversationKey.pageId, sealed: { $ne: '' } })) {
    const content = tryRead(() => unpackDeadLetter(secrets, { _id, sealed: String(sealed) }));
    const rest = content && withoutCustomer(content, conversationKey);
    if (!content || rest === content) continue;
    count += 1;
    if (rest === undefined) await collection.deleteOne({ _id });
    else
      await collection.updateOne(
        { _id, sealed },
        { $set: { sealed: packDeadLetter(secrets, rest, deadLetterEncryptionContext(_id)) } },
      );
  }
  return count;
}

/** Undefined where it cannot be opened: damaged, or sealed with a key that is gone. */
export function tryRead<Content>(read: () => Content): Content | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The same object where they are not in it; undefined where nothing is left. */
export function withoutCustomer(
  content: DeadLetterContent,
  conversationKey: ConversationKey,
): DeadLetterContent | undefined {
  if (content.form === 'events') {
    const events = content.events.filter((event) => !isOf(conversationKey)(event));
    if (events.length === content.events.length) return content;
    return events.length > 0 ? { form: 'events', events } : undefined;
  }
  if (content.form !== 'body') return content;
  return Buffer.from(content.base64, 'base64').includes(conversationKey.psid) ? undefined : content;
}
