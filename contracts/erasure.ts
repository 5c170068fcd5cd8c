/**
 * Where the erasure of customers' data stands. `held`: a legal hold keeps it, until that is released. `unmatched`: nobody is
 * known by that id; an operator was told.
 */
export const ERASURE_STATES = ['waiting', 'held', 'erased', 'verified', 'unmatched'] as const;

/** A request to erase: from Meta for an app-scoped id, or from an admin for one customer. Times are epoch milliseconds. */
export interface Erasure {
  /** Confirmation code; says nothing of whom. */
  code: string;
  origin: 'meta' | 'admin';
  state: (typeof ERASURE_STATES)[number];
  /** Customers found and erased. */
  customers: number;
  requestedAt: number;
  finishedAt?: number;
}
