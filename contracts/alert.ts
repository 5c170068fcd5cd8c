/** Whether an alert still wants an operator's eye. */
export const ALERT_STATES = ['open', 'resolved'] as const;

/** What an alert is about: a Page, or a routing group, its service, a conversation of that. */
export interface AlertSubject {
  pageId?: string;
  group?: string;
  service?: string;
  conversationId?: string;
}

/** Something an operator has to know. Times are epoch milliseconds. */
export interface Alert extends AlertSubject {
  id: string;
  /** As `token`, `page-subscription`, `policy`: for filters and metrics. */
  kind: string;
  /** What is the matter, in a sentence; holds no secret and no customer's text. */
  message: string;
  remedy?: string;
  state: (typeof ALERT_STATES)[number];
  /** How often it was noticed since it was last open. */
  count: number;
  firstAt: number;
  lastAt: number;
  resolvedAt?: number;
  /** Who has taken it up since it was last opened, and when. */
  acknowledged?: { by: string; at: number };
}

/** An alert as it is given. `key` names the matter within its subject: the same one again only counts up. */
export interface AlertRequest extends AlertSubject {
  kind: string;
  key?: string;
  message: string;
  remedy?: string;
}
