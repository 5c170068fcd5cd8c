/** Whether an alert still wants an operator's eye. */
export const ALERT_STATES = ['open', 'resolved'] as const;

/** Something an operator has to know about a Page. Times are epoch milliseconds. */
export interface Alert {
  id: string;
  pageId: string;
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
}

/** A alert as it is given. `key` names the matter within the Page: the same one again only counts up. */
export interface AlertRequest {
  pageId: string;
  kind: string;
  key?: string;
  message: string;
  remedy?: string;
}
