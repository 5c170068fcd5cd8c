import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ConversationView } from '../../contracts/conversation-view-schema.ts';
import type { Principal } from '../access.ts';
import { presentConversations } from '../conversations/present-conversations.ts';
import type { AppDependencies } from '../dependencies.ts';
import { forEachBounded } from '../for-each-bounded.ts';
import { presentChatLine } from './present-chat.ts';

/** Transcripts that are looked into at a time. */
const AT_ONCE = 8;

/** Conversations with what a line of the caller's list says of each. */
export async function withChatLines(
  deps: AppDependencies,
  { username, userId }: Pick<Principal, 'username' | 'userId'>,
  records: readonly ConversationRecord[],
): Promise<ConversationView[]> {
  const ids = records.map(({ conversationId }) => conversationId);
  const [views, seen, wrapUps] = await Promise.all([
    presentConversations(deps, records),
    userId === undefined ? new Map<string, number>() : deps.chatMarks.findSeen(userId, ids),
    username === undefined ? [] : deps.wrapUps.listOpen(username),
  ]);
  const lines = new Map<string, ConversationView['chat']>();
  await forEachBounded(records, AT_ONCE, async (record) => {
    const { conversationId } = record;
    const summary = await deps.chatSummaries.summarise(conversationId, seen.get(conversationId));
    const wrapUp = wrapUps.find((each) => each.conversationId === conversationId);
    lines.set(conversationId, presentChatLine(record, { username, summary, wrapUp }));
  });
  return views.map((view) => ({ ...view, chat: lines.get(view.id) }));
}
