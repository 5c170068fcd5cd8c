/**
 * Which tasks of actors go first where more wait than workers take. The server hands out those of equal priority by fairness key in
 * turn (deploy/temporal/dynamicconfig.yaml, `matching.enableFairness`), so that a crowd waits behind itself. Activities inherit it from their actor.
 */
import { createHash } from 'node:crypto';
import type { Priority } from '@temporalio/common';

/** Temporal's limit of a fairness key. */
const MAX_KEY_BYTES = 64;

/** Of a Page's conversations: each Page is a key of its own. */
export function priorityOfConversation(pageId: string): Priority {
  return { fairnessKey: fairnessKeyOf(pageId) };
}

/** Of those who serve people that wait already, agents and operators: before any greeting (default 3, 1 first, 5 last). */
export function priorityOfService(subject: string): Priority {
  return { priorityKey: 2, fairnessKey: fairnessKeyOf(subject) };
}

/** Of what is done for many at once and is waited for by nobody. */
export const PRIORITY_OF_BULK_WORK: Priority = { priorityKey: 4 };

function fairnessKeyOf(subject: string): string {
  if (Buffer.byteLength(subject) <= MAX_KEY_BYTES) return subject;
  return createHash('sha256').update(subject).digest('base64url');
}
