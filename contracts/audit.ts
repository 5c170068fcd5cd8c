/** What people did that somebody may have to account for: one word each, in the past. */
export const AUDIT_ACTIONS = [
  'session.opened',
  'session.refused',
  'session.closed',
  'session.revoked',
  'password.changed',
  'second-factor.turned-on',
  'second-factor.turned-off',
  'second-factor.reset',
  'configuration.created',
  'configuration.changed',
  'configuration.deleted',
  'configuration.exported',
  'account.tested',
  'transcript.read',
  'records.exported',
  'records.export-deleted',
  'records.export-read',
  'records.search-deleted',
  'records.search-saved',
  'records.searched',
  'chat.supervised',
  'chat.taken-over',
  'file.read',
  'file.added',
  'file.removed',
  'dead-letter.read',
  'dead-letter.replayed',
  'token.created',
  'token.revoked',
  'webhook.replayed',
  'part.retried',
  'part.discarded',
  'send-lane.resumed',
  'alert.acknowledged',
  'alert.resolved',
  'contact.changed',
  'contact.blocked',
  'contact.unblocked',
  'contact.merged',
  'contact.unmerged',
  'case.created',
  'case.changed',
  'agent.state-set',
  'scenario.conversations-moved',
  'scenario.move-stopped',
  'scenario.move-undone',
  'conversation.assigned',
  'conversation.prioritized',
  'conversation.begun',
  'conversation.operated',
  'evaluation.assigned',
  'evaluation.assignment-withdrawn',
  'conversations.operated',
  'conversations.operation-stopped',
  'evaluation.begun',
  'evaluation.saved',
  'evaluation.finished',
  'evaluation.decided',
  'evaluation.discarded',
  'evaluation.confirmed',
  'evaluation.disputed',
  'customer.exported',
  'customer.erased',
  'legal-hold.placed',
  'legal-hold.released',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did it. */
export interface AuditedCaller {
  /** User name, `admin token`, or `meta`; of a refused log-in what was entered. */
  by: string;
  /** Id of that user: the name may be another user's by now. */
  userId?: string;
  /** IP address; absent where no request asked for it. */
  address?: string;
}

/** What a new entry says. */
export interface NewAuditEntry extends AuditedCaller {
  action: AuditAction;
  /** Epoch milliseconds. */
  at: number;
  /** What it was done to: `kind` and `name`, `conversationId`, `id`. Never a PSID: the entry outlives an erasure. */
  subject?: Readonly<Record<string, string>>;
  /** The fields that differ, secrets masked; absent where there was, or is, nothing. */
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends NewAuditEntry {
  id: string;
}
