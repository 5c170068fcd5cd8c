import type { ConversationReader } from '../../../api/conversations/conversation-reader.ts';
import type { ConversationFilter, TranscriptMessage } from '../../../contracts/conversation-queries.ts';
import type { StoredMessage } from '../../../contracts/stored-conversation-schema.ts';
import { changeLabels } from '../../../contracts/label.ts';
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
    async listConversations({ pageId, psid, state, label, stretch, with: others, visibleTo }, page) {
      const found = fake.records.filter(
        (record) =>
          (pageId === undefined || record.pageId === pageId) &&
          (psid === undefined || record.psid === psid) &&
          (state === undefined || record.state === state) &&
          hasLabel(record, label) &&
          hasStretch(record, stretch) &&
          isWith(record, others) &&
          isVisible(record, visibleTo),
      );
      return pageOf(
        found.toSorted((one, other) => other.startedAt - one.startedAt),
        page,
      );
    },
    async listMessages(id, { order, ...page }) {
      const all = fake.messages.get(id) ?? [];
      return pageOf(order === 'newest' ? all.toReversed() : all, page);
    },
    listStored: async (id, limit) => (fake.stored.get(id) ?? []).slice(0, limit),
    async changeLabels(id, change) {
      const record = fake.records.find(({ conversationId, state }) => conversationId === id && state === 'ended');
      if (record) record.labels = changeLabels(record.labels ?? [], change);
      return record?.labels;
    },
    listChatsOf: async (username) =>
      fake.records.filter(
        ({ state, agent, participants = [] }) =>
          state === 'connected' &&
          [agent, ...participants.map((each) => each.agent)].some((each) => each?.username === username),
      ),
    listStretches: async (username, since) =>
      fake.records.flatMap(({ segments = [] }) =>
        segments.filter(({ agent, from }) => agent === username && from >= since),
      ),
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

function hasLabel({ labels = [] }: ConversationRecord, label: string | undefined): boolean {
  return label === undefined || labels.includes(label);
}

function hasStretch({ segments = [] }: ConversationRecord, stretch: ConversationFilter['stretch']): boolean {
  if (!stretch) return true;
  return segments.some(({ agent, from }) => agent === stretch.agent && from >= stretch.from && from < stretch.to);
}

function isVisible(record: ConversationRecord, visibleTo: ConversationFilter['visibleTo']): boolean {
  if (!visibleTo || record.group === visibleTo.group) return true;
  return record.servedBy.includes(visibleTo.username) && record.startedAt >= visibleTo.since;
}
