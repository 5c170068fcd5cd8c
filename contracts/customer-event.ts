/** An attachment as Messenger gave it; `type` is an open set (image, file, sticker, reel, …); `coordinates` of a shared location. */
export interface Attachment {
  type: string;
  url?: string;
  title?: string;
  coordinates?: { lat: number; long: number };
  /** Of a sticker, whose address looks like a picture's; the thumbs-up is one. */
  stickerId?: string;
}

/** An attachment as whoever looks at it has it. */
type Seen = { [Key in keyof Attachment]: Attachment[Key] | undefined } & { type: string };

const FILE_TYPES = new Set(['image', 'video', 'audio', 'file']);

/**
 * True for a picture, video, sound or file of the customer's. A sticker, a link, a reel, a post and whatever else Messenger may
 * come to have an address for are none.
 */
export function isFile({ type, stickerId }: Seen): boolean {
  return FILE_TYPES.has(type) && stickerId === undefined;
}

/** True for what we copy, because Meta's address of it stops working: a file, and a sticker, which agents want to see. */
export function isCopied(attachment: Seen): boolean {
  const { url, type, stickerId } = attachment;
  return url !== undefined && (isFile(attachment) || stickerId !== undefined || type === 'sticker');
}

/**
 * Something a customer did that a conversation answers: wakes or starts the conversation actor.
 * `key` identifies it within one Page and customer: the `mid`, or a derived key where Messenger gives none.
 * `at` is the customer's time in epoch milliseconds.
 */
export interface CustomerEvent {
  kind: 'message' | 'postback' | 'referral' | 'optin';
  key: string;
  mid?: string;
  at: number;
  text?: string;
  /** Payload of a quick reply or a postback button. */
  payload?: string;
  attachments: Attachment[];
  /** `mid` of the message that it answers. */
  replyTo?: string;
  referral?: Referral;
  /** It came to us long after it happened, when Messenger has given up: somebody delivers it again. It opens no conversation. */
  isLate?: true;
}

/** The link, ad or plugin by which a customer came. */
export interface Referral {
  ref?: string;
  /** `SHORTLINK`, `ADS`, … */
  source?: string;
  type?: string;
  adId?: string;
  /** What the ad showed. */
  ad?: { title?: string; photoUrl?: string; videoUrl?: string; postId?: string; productId?: string };
}

/** True for an event in which the customer says nothing: they came by a link, an ad or a plugin. */
export function isSilent({ kind }: Pick<CustomerEvent, 'kind'>): boolean {
  return kind === 'referral' || kind === 'optin';
}
