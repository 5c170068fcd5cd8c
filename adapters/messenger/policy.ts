import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import type { QuickReply } from '../../contracts/part.ts';
import { withoutHalfPair } from '../../contracts/split-text.ts';

/** Keeps the quick replies Messenger would show: 13 at most, titles cut to 20 characters. */
export function fitQuickReplies(quickReplies: readonly QuickReply[]): QuickReply[] {
  return quickReplies.slice(0, MESSENGER_LIMITS.quickReplies).map(({ title, payload }) => ({
    title: title.slice(0, withoutHalfPair(title, MESSENGER_LIMITS.quickReplyTitle)),
    payload,
  }));
}
