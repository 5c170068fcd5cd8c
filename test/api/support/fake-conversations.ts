import type { ConversationReader } from '../../../api/conversations/conversation-reader.ts';
import type { ConversationFilter, TranscriptMessage } from '../../../contracts/conversation-queries.ts';
import type { StoredMessage } from '../../../contracts/stored-conversation-schema.ts';
import type { ConversationRecord } from '../../../contracts/conversation-record.ts';

/** A read model in memory. Cursors are plain positions. */
export interface FakeConversations extends ConversationReader {
  records: ConversationRecord[];
  messages: Map<string, TranscriptMessage[]>;
  stored: Map<string, StoredMessage[]>;
}

function pageOf<Item>(all: Item[], { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const from = Number(cursor ?? 0);
  return { items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null };
}

export function createFakeConversations(): FakeConversations {
  const fake: FakeConversations = {
    records: [],
    messages: new Map(),
    stored: new Map(),
    findConversation: async (id) => fake.records.find(({ conversationId }) => conversationId === id),
    async listConversations({ pageId, psid, state, with: others, visibleTo }, page) {
      const found = fake.records.filter(
        (record) =>
          (pageId === undefined || record.pageId === pageId) &&
          (psid === undefined || record.psid === psid) &&
          (state === undefined || record.state === state) &&
          isWith(record, others) &&
          (!visibleTo ||
            record.group === visibleTo.group ||
            (record.servedBy.includes(visibleTo.username) && record.startedAt >= visibleTo.since)),
      );
      return pageOf(
        found.toSorted((one, other) => other.startedAt - one.startedAt),
        page,
      );
    },
    listMessages: async (id, page) => pageOf(fake.messages.get(id) ?? [], page),
    listStored: async (id, limit) => (fake.stored.get(id) ?? []).slice(0, limit),
    listOffered: async (username) =>
      fake.records.filter(({ state, offer }) => state === 'offered' && offer?.agent === username),
  };
  return fake;
}

function isWith({ conversationId, pageId, psid }: ConversationRecord, others: ConversationFilter['with']): boolean {
  if (!others || others.conversationIds.includes(conversationId)) return true;
  return others.customers.some((each) => each.pageId === pageId && each.psid === psid);
}

/** A running conversation of the default group; `changes` say what matters to the test. */
export function aConversation(changes: Partial<ConversationRecord> = {}): ConversationRecord {
  return {
    conversationId: 'c-1',
    revision: 1,
    pageId: 'page-1',
    psid: 'customer-1',
    workflowId: 'messenger:page-1:customer-1',
    state: 'connected',
    owner: 'agent',
    startedAt: Date.UTC(2026, 0, 1),
    scenario: { name: 'tiny', version: 'a'.repeat(64) },
    entry: 'front-door',
    service: 'support',
    group: 'default',
    block: 'talk',
    servedBy: [],
    ...changes,
  };
}
