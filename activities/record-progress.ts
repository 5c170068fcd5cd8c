import { isInternal, type Progress } from '../contracts/conversation-record.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Writes what an actor says into the read model. Doing it twice, or late, changes nothing. */
export function createRecordProgress({
  readModel: { conversations, customers, messages },
}: Pick<ActivityDependencies, 'readModel'>): (progress: Progress) => Promise<void> {
  return async function recordProgress({ pageId, psid, conversation, messages: entries }) {
    const inbound = entries.filter((entry) => !isInternal(entry));
    await Promise.all([
      conversation && conversations.record(conversation),
      conversation?.window && customers.recordWindow({ pageId, psid }, conversation.window),
      ...entries.filter(isInternal).map((message) => messages.recordInternal({ pageId, psid }, message)),
      ...inbound.map((message) => messages.recordInbound({ pageId, psid }, message)),
    ]);
    const first = inbound.find(({ seq }) => seq === 1);
    if (first) {
      const { conversationId, at } = first;
      await messages.adoptForeign({ pageId, psid }, { conversationId, since: at });
    }
  };
}
