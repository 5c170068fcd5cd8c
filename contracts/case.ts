/** Cases: what is to be done for a person beyond one conversation. Times in epoch milliseconds. */

export const CASE_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
type CasePriority = (typeof CASE_PRIORITIES)[number];

/** A status that a case may have. */
export interface CaseStatus {
  name: string;
  /** Nothing is to be done any more. */
  isClosed: boolean;
}

/** What holds where the configuration names none. */
export const DEFAULT_CASE_STATUSES: readonly CaseStatus[] = [
  { name: 'new', isClosed: false },
  { name: 'open', isClosed: false },
  { name: 'pending', isClosed: false },
  { name: 'solved', isClosed: true },
  { name: 'closed', isClosed: true },
];

/** What may be changed of a case. */
export interface CaseFields {
  title: string;
  status: string;
  priority: CasePriority;
  description?: string;
  category?: string;
  /** User name of whoever looks after it. */
  owner?: string;
}

/** A change of a case: what is absent stays, what is undefined goes. */
export type CaseFieldChanges = { [Name in keyof CaseFields]?: CaseFields[Name] | undefined };

export interface CaseComment {
  id: string;
  at: number;
  by: string;
  text: string;
}

/** One change, as the history of a case tells it. `from` and `to` are absent where there was, or is, nothing. */
export interface CaseChange {
  at: number;
  by: string;
  field: string;
  from?: string;
  to?: string;
}

export interface Case extends CaseFields {
  id: string;
  /** What people call it by, from 1001. */
  number: number;
  /** Rises with every change. */
  revision: number;
  /** The contact of the identity that it was made for: it stays with that one when contacts are merged and unmerged. */
  contactId?: string;
  conversationIds: string[];
  comments: CaseComment[];
  /** Oldest first. */
  changes: CaseChange[];
  createdAt: number;
  /** A user name, or `scenario`. */
  createdBy: string;
  updatedAt: number;
}

/** What a new case begins with: the first status that is not closed. */
export function firstOpenStatus(statuses: readonly CaseStatus[]): string {
  return (statuses.find(({ isClosed }) => !isClosed) ?? statuses[0])?.name ?? 'new';
}
