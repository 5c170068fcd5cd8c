import type { ChatSummary, ChatWords } from '../../contracts/chat-summary.ts';
import type { ChatLine, WordsView } from '../../contracts/chat-view-schema.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { WrapUp } from '../../adapters/mongo/wrap-ups-repository.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A chat as a line of the list of this user shows it. `wrapUp`: their paper work, while it goes on. */
export function presentChatLine(
  record: ConversationRecord,
  { username, summary, wrapUp }: { username: string | undefined; summary: ChatSummary; wrapUp: WrapUp | undefined },
): ChatLine {
  const since = waitingSince(record, summary);
  return withoutUndefined({
    role: roleIn(record, username),
    waitingSince: since === undefined ? undefined : iso(since),
    unread: summary.unread,
    ...presentWords(summary),
    wrapUp: wrapUp && presentWrapUpTime(wrapUp),
  });
}

function roleIn(
  { state, agent, participants = [] }: ConversationRecord,
  username: string | undefined,
): ChatLine['role'] | undefined {
  if (state !== 'connected' || username === undefined) return undefined;
  if (agent?.username === username) return 'holder';
  return participants.find((each) => each.agent.username === username)?.role;
}

/** Kept by the conversation where the entry bounds it; else told by the transcript. Before the first answer since they asked for one. */
function waitingSince(
  { state, agentSilence, queuedAt, snooze }: ConversationRecord,
  summary: ChatSummary,
): number | undefined {
  if (state === 'ended' || (snooze && !snooze.woken)) return undefined;
  if (agentSilence) return agentSilence.since;
  return summary.hasAnswer ? summary.unansweredSince : (queuedAt ?? summary.unansweredSince);
}

/** What was said first and last. */
export function presentWords({ first, last }: ChatSummary): Pick<ChatLine, 'firstWords' | 'lastWords'> {
  return withoutUndefined({ firstWords: first && toWords(first), lastWords: last && toWords(last) });
}

const toWords = ({ at, ...words }: ChatWords): WordsView => ({ at: iso(at), ...words });

function presentWrapUpTime({ requestId: segment, afterWork }: WrapUp): ChatLine['wrapUp'] {
  return afterWork && { segment, since: iso(afterWork.since), until: iso(afterWork.until) };
}
