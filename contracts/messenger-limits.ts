/**
 * Meta's limits on what a Page may send, as read on 2026-11-22.
 * Sources: Messenger Platform, Send API (text, metadata); Quick Replies, "Limitations".
 */
export const MESSENGER_LIMITS = {
  /** Characters of a text, counted as UTF-16 units: the strictest way to count. */
  text: 2000,
  metadata: 1000,
  quickReplies: 13,
  quickReplyTitle: 20,
  quickReplyPayload: 1000,
} as const;
