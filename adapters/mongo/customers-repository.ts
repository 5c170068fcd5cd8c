import type { ConversationKey } from '../../contracts/conversation-key.ts';
import type { Collection, Db, UpdateFilter } from 'mongodb';
import type { ThreadOwnerChange } from '../../contracts/actor-messages.ts';
import { MESSENGER_POLICY, type MessagingWindow } from '../../contracts/messenger-policy.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { customerKey } from '../../contracts/message-key.ts';
import type { MessageDocument } from './message-document.ts';

interface StoredCustomer {
  _id: string;
  firstName?: string;
  lastName?: string;
  /** Meta's address, which stops working after days. */
  pictureUrl?: string;
  profileAskedAt?: Date;
  threadOwner?: 'ours' | 'other-app';
  /** Time of the event that said so; epoch milliseconds. */
  threadOwnerAt?: number;
  /** Nobody passed the thread: the Page was heard to say something that is not ours. */
  threadOwnerBy?: 'echo';
  /** Until when we are silent for it; epoch milliseconds. */
  threadPausedUntil?: number;
  linkedAt?: Date;
  /** Time of the last linking or unlinking; epoch milliseconds. */
  linkChangedAt?: number;
  deliveredUpTo?: Date;
  readUpTo?: Date;
  /** Until when who may write to them. */
  window?: MessagingWindow;
}

export type Customer = Omit<StoredCustomer, '_id'>;

/** What is known of a Page's customer and of the thread with them. */
export interface CustomersRepository {
  find(pageId: string, psid: string): Promise<Customer>;
  /** Keeps a profile, or that there is none to be had: it is not asked for again soon. */
  recordProfile(
    conversationKey: ConversationKey,
    profile: { firstName?: string; lastName?: string; pictureUrl?: string },
    at: number,
  ): Promise<void>;
  /**
   * Whether another app has the thread by all that is known: what was said of its owner goes stale. A pause ends; what the customer
   * wrote to us since shows that it is ours, unless we are paused; an automation of the Page takes it from nobody. `heardAt`: news
   * that is not newer has been judged by who heard it.
   */
  isThreadElsewhere(
    conversationKey: ConversationKey,
    said: Pick<Customer, 'threadOwner' | 'threadOwnerAt' | 'threadOwnerBy' | 'threadPausedUntil'>,
    options: { now: number; heardAt?: number | undefined },
  ): Promise<boolean>;
  /** False: something later is known already, and nothing was changed. */
  recordThreadOwner(conversationKey: ConversationKey, change: ThreadOwnerChange & { at: number }): Promise<boolean>;
  /** Watermarks only move forward. */
  recordWatermark(conversationKey: ConversationKey, kind: 'delivery' | 'read', watermark: number): Promise<void>;
  /** The window only grows. */
  recordWindow(conversationKey: ConversationKey, window: MessagingWindow): Promise<void>;
  /** False: something later is known already, and nothing was changed. */
  recordLink(conversationKey: ConversationKey, isLinked: boolean, at: number): Promise<boolean>;
}

/** Creates the repository over collection `customers`. */
export function createCustomersRepository(db: Db): CustomersRepository {
  const collection = db.collection<StoredCustomer>('customers');
  const messages = db.collection<MessageDocument>('messages');
  async function upsert(conversationKey: ConversationKey, update: object): Promise<void> {
    await collection.updateOne({ _id: customerKey(conversationKey.pageId, conversationKey.psid) }, update, {
      upsert: true,
    });
  }
  /** Writes what an event of this time says, unless the stamp shows that a later one was written. */
  async function updateUnlessOlder(
    { pageId, psid }: ConversationKey,
    {
      stamp,
      at,
      update,
    }: { stamp: 'threadOwnerAt' | 'linkChangedAt'; at: number; update: UpdateFilter<StoredCustomer> },
  ): Promise<boolean> {
    const _id = customerKey(pageId, psid);
    await collection.updateOne({ _id }, { $setOnInsert: { [stamp]: at } }, { upsert: true });
    const isNotOlder = { $or: [{ [stamp]: { $exists: false } }, { [stamp]: { $lte: at } }] };
    const { matchedCount } = await collection.updateOne({ _id, ...isNotOlder }, update);
    return matchedCount > 0;
  }
  return {
    async find(pageId, psid) {
      return (await collection.findOne({ _id: customerKey(pageId, psid) })) ?? {};
    },
    async isThreadElsewhere(conversationKey, said, { now, heardAt = -Infinity }) {
      const { threadOwner, threadOwnerAt: at = Infinity, threadOwnerBy, threadPausedUntil } = said;
      if (threadOwner !== 'other-app' || at <= heardAt) return false;
      const hasWritten = (span: { from: number; to?: number }) => hasWrittenToUs(messages, conversationKey, span);
      const isAutomation =
        threadOwnerBy === 'echo' && (await hasWritten({ from: at - MESSENGER_POLICY.instantReplyMs, to: at }));
      if (isAutomation) return false;
      return threadPausedUntil === undefined ? !(await hasWritten({ from: at })) : threadPausedUntil > now;
    },
    recordProfile: (conversationKey, profile, at) =>
      upsert(conversationKey, { $set: { ...profile, profileAskedAt: new Date(at) } }),
    recordThreadOwner: (conversationKey, change) =>
      updateUnlessOlder(conversationKey, { stamp: 'threadOwnerAt', at: change.at, update: toThreadUpdate(change) }),
    recordWatermark: (conversationKey, kind, watermark) =>
      upsert(conversationKey, { $max: { [kind === 'delivery' ? 'deliveredUpTo' : 'readUpTo']: new Date(watermark) } }),
    recordWindow: (conversationKey, { openedAt, until, humanUntil }) =>
      upsert(conversationKey, {
        $max: { 'window.openedAt': openedAt, 'window.until': until, 'window.humanUntil': humanUntil },
      }),
    recordLink: (conversationKey, isLinked, at) =>
      updateUnlessOlder(conversationKey, {
        stamp: 'linkChangedAt',
        at,
        update: isLinked
          ? { $set: { linkedAt: new Date(at), linkChangedAt: at } }
          : { $set: { linkChangedAt: at }, $unset: { linkedAt: '' } },
      }),
  };
}

/** Whether one of our conversations has taken a message of the customer's from that time, in epoch milliseconds. */
async function hasWrittenToUs(
  messages: Collection<MessageDocument>,
  { pageId, psid }: ConversationKey,
  { from, to }: { from: number; to?: number },
): Promise<boolean> {
  if (!Number.isFinite(from)) return false;
  const at = { $gte: new Date(from), ...(to !== undefined && { $lte: new Date(to) }) };
  const written = { pageId, psid, direction: 'in' as const, isStandby: { $ne: true as const }, at };
  return (await messages.findOne(written, { projection: { _id: 1 } })) !== null;
}

/** What the one before said of how the thread was taken, and of a pause, is gone. */
function toThreadUpdate({
  owner,
  at,
  by,
  pausedUntil,
}: ThreadOwnerChange & { at: number }): UpdateFilter<StoredCustomer> {
  const said = withoutUndefined({ threadOwnerBy: by, threadPausedUntil: pausedUntil });
  const gone = {
    ...(by === undefined && { threadOwnerBy: '' as const }),
    ...(pausedUntil === undefined && { threadPausedUntil: '' as const }),
  };
  const $set = { threadOwner: owner, threadOwnerAt: at, ...said };
  return Object.keys(gone).length === 0 ? { $set } : { $set, $unset: gone };
}
