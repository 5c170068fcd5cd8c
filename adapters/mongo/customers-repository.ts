import type { Db } from 'mongodb';
import type { MessagingWindow } from '../../contracts/messenger-policy.ts';
import { customerKey } from './message-document.ts';

interface StoredCustomer {
  _id: string;
  firstName?: string;
  lastName?: string;
  profileAskedAt?: Date;
  threadOwner?: 'ours' | 'other-app';
  linkedAt?: Date;
  deliveredUpTo?: Date;
  readUpTo?: Date;
  /** Until when who may write to him. */
  window?: MessagingWindow;
}

export type Customer = Omit<StoredCustomer, '_id'>;

/** What is known of a Page's customer and of the thread with him. */
export interface CustomersRepository {
  find(pageId: string, psid: string): Promise<Customer>;
  /** Keeps a profile, or that there is none to be had: it is not asked for again soon. */
  recordProfile(
    place: { pageId: string; psid: string },
    profile: { firstName?: string; lastName?: string },
    at: number,
  ): Promise<void>;
  recordThreadOwner(pageId: string, psid: string, owner: 'ours' | 'other-app'): Promise<void>;
  /** Watermarks only move forward. */
  recordWatermark(place: { pageId: string; psid: string }, kind: 'delivery' | 'read', watermark: number): Promise<void>;
  /** The window only grows. */
  recordWindow(place: { pageId: string; psid: string }, window: MessagingWindow): Promise<void>;
  recordLink(place: { pageId: string; psid: string }, linkedAt: number | undefined): Promise<void>;
}

/** Creates the repository over collection `customers`. */
export function createCustomersRepository(db: Db): CustomersRepository {
  const collection = db.collection<StoredCustomer>('customers');
  async function upsert(place: { pageId: string; psid: string }, update: object): Promise<void> {
    await collection.updateOne({ _id: customerKey(place.pageId, place.psid) }, update, { upsert: true });
  }
  return {
    async find(pageId, psid) {
      return (await collection.findOne({ _id: customerKey(pageId, psid) })) ?? {};
    },
    recordProfile: (place, profile, at) => upsert(place, { $set: { ...profile, profileAskedAt: new Date(at) } }),
    recordThreadOwner: (pageId, psid, threadOwner) => upsert({ pageId, psid }, { $set: { threadOwner } }),
    recordWatermark: (place, kind, watermark) =>
      upsert(place, { $max: { [kind === 'delivery' ? 'deliveredUpTo' : 'readUpTo']: new Date(watermark) } }),
    recordWindow: (place, { openedAt, until, humanUntil }) =>
      upsert(place, {
        $max: { 'window.openedAt': openedAt, 'window.until': until, 'window.humanUntil': humanUntil },
      }),
    recordLink: (place, linkedAt) =>
      upsert(place, linkedAt === undefined ? { $unset: { linkedAt: '' } } : { $set: { linkedAt: new Date(linkedAt) } }),
  };
}
