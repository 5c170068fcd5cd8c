/**
 * Meta's limits on what a Page may send, as read on 2026-11-22.
 * Sources: Messenger Platform, Send API (text, metadata, attachments up to 25 MB); Quick Replies, "Limitations".
 */
export const MESSENGER_LIMITS = {
  /** Characters of a text, counted as UTF-16 units: the strictest way to count. */
  text: 2000,
  metadata: 1000,
  quickReplies: 13,
  quickReplyTitle: 20,
  quickReplyPayload: 1000,
  /** Source: Button Template, Generic Template ("title and subtitle 80 characters"), Receipt Template. */
  template: { buttonText: 640, buttons: 3, buttonTitle: 20, elements: 10, title: 80, receiptElements: 100 },
  /** Source: Sender Actions: the typing indicator fades after 20 s. */
  typingMs: 20_000,
  /** An `attachment_id` ends after 90 days; renewed well before. Source: Saving Assets. */
  attachmentIdRenewMs: 80 * 24 * 60 * 60 * 1000,
  attachmentBytes: 25 * 1024 * 1024,
  /** Source: Attachment Upload API: 8 MB for images, 25 MB for all other types. */
  imageBytes: 8 * 1024 * 1024,
  /** Source: Personas: names of at most 50 characters. */
  personaName: 50,
} as const;
