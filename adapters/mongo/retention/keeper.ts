import type { Db } from 'mongodb';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import { OPEN_STATES } from '../../../contracts/conversation.ts';
import type { LegalHold } from '../../../contracts/legal-hold.ts';
import { customerKey } from '../../../contracts/message-key.ts';
import { auditedCustomer } from '../audit-repository.ts';
import type { StoredConversation } from '../conversations-repository.ts';
import type { ContactsRepository } from '../people/contacts-repository.ts';
import { pastConversations } from './past-conversations.ts';
import type { LegalHoldsRepository } from './legal-holds-repository.ts';

/** Of whom and of what a row is, as far as it says so. */
export interface RowSubject {
  conversationId?: string | undefined;
  customer?: ConversationKey;
  /** As the audit names a customer. */
  customerHash?: string | undefined;
  /** It goes although its conversation runs. */
  isTakenFromRunning?: true;
  /** It goes with its conversation, while there is one. */
  isOfConversation?: true;
}

/** What is held at this moment. */
export interface Held {
  /** Everybody of whom anything is held. */
  anybody: ConversationKey[];
  /** Of each row, whether it stays: it is held, or of a conversation that is not over. */
  judge(rows: readonly RowSubject[]): Promise<boolean[]>;
}

/** Says what stays whatever its days are. */
export interface Keeper {
  look(): Promise<Held>;
}

const isOpen = (state: StoredConversation['state']): boolean => OPEN_STATES.some((each) => each === state);

/** Whether a row stays for its conversation's sake; `state`: of that, while there is one. */
function isBound(row: RowSubject, state: StoredConversation['state'] | undefined): boolean {
  if (state === undefined) return false;
  return row.isOfConversation === true || (row.isTakenFromRunning !== true && isOpen(state));
}

/**
 * Creates a keeper for one run. A hold on one identity holds the whole person. Who a hold means is looked up once: whom they
 * are merged with during the run counts in the next one.
 */
export function createKeeper({
  db,
  legalHolds,
  contacts,
}: {
  db: Db;
  legalHolds: Pick<LegalHoldsRepository, 'list'>;
  contacts: Pick<ContactsRepository, 'listIdentitiesOf'>;
}): Keeper {
  const conversations = db.collection<StoredConversation>('conversations');
  const persons = new Map<string, ConversationKey[]>();
  async function identitiesOf({ id, pageId, psid }: LegalHold): Promise<ConversationKey[]> {
    const known = persons.get(id) ?? (await contacts.listIdentitiesOf({ pageId, psid }));
    persons.set(id, known);
    return known;
  }
  return {
    async look() {
      const holds = await legalHolds.list();
      const ofCustomers = holds.filter(({ conversationId }) => conversationId === undefined);
      const held = (await Promise.all(ofCustomers.map(identitiesOf))).flat();
      const keys = new Set(held.map(({ pageId, psid }) => customerKey(pageId, psid)));
      const hashes = new Set(held.map((key) => auditedCustomer(key).customerHash));
      const ids = new Set(holds.flatMap(({ conversationId }) => conversationId ?? []));
      const isHeld = ({ pageId, psid }: ConversationKey): boolean => keys.has(customerKey(pageId, psid));
      return {
        anybody: [...held, ...holds.map(({ pageId, psid }) => ({ pageId, psid }))],
        async judge(rows) {
          const wanted = [...new Set(rows.flatMap(({ conversationId }) => conversationId ?? []))];
          const projection = { state: 1, pageId: 1, psid: 1 } as const;
          const found = await conversations.find({ _id: { $in: wanted } }, { projection }).toArray();
          const byId = new Map(found.map((each) => [each._id, each]));
          const hashOf = await findPastHashes(
            db,
            wanted.filter((id) => !byId.has(id)),
          );
          return rows.map((row) => {
            const { conversationId = '', customer, customerHash = hashOf.get(conversationId) ?? '' } = row;
            const conversation = byId.get(conversationId);
            const isOfHeld = [customer, conversation].some((key) => key !== undefined && isHeld(key));
            return isOfHeld || ids.has(conversationId) || hashes.has(customerHash) || isBound(row, conversation?.state);
          });
        },
      };
    },
  };
}

/** Of conversations whose transcripts are gone, whose they were. */
async function findPastHashes(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await pastConversations(db)
    .find({ _id: { $in: ids } }, { projection: { customerHash: 1 } })
    .toArray();
  return new Map(found.map(({ _id, customerHash }) => [_id, customerHash]));
}
