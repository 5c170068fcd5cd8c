import { createHash } from 'node:crypto';
import type { Db } from 'mongodb';
import { customerKey } from './message-document.ts';

/** What was done to whose data. The customer is a hash: the entry outlives their erasure. */
interface AuditEntry {
  action: 'customer.exported' | 'customer.erased';
  /** User name, `admin token`, or `meta`. */
  by: string;
  conversationKey: { pageId: string; psid: string };
  at: number;
}

/** A list that is only added to. */
export interface AuditRepository {
  record(entry: AuditEntry): Promise<void>;
}

/** Creates the repository over collection `audit`. */
export function createAuditRepository(db: Db): AuditRepository {
  const collection = db.collection('audit');
  return {
    async record({ action, by, conversationKey: { pageId, psid }, at }) {
      const customerHash = createHash('sha256').update(customerKey(pageId, psid)).digest('hex');
      await collection.insertOne({ action, by, pageId, customerHash, at: new Date(at) });
    },
  };
}
