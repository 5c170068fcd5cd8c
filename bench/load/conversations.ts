import { randomInt } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { forEachBounded } from '../../api/for-each-bounded.ts';
import type { OpenedConversation, Subject } from '../stack/subject.ts';

const AT_ONCE = 10;

/** Opens conversations of new customers. */
export async function openConversations(subject: Subject, count: number): Promise<OpenedConversation[]> {
  const opened: OpenedConversation[] = [];
  await forEachBounded(Array.from({ length: count }, createPsid), AT_ONCE, async (psid) => {
    opened.push(await subject.open(psid));
  });
  return opened;
}

/** Ends them from outside, the same way for all: how a conversation closes is not what is measured. */
export async function closeConversations(client: Client, conversations: readonly OpenedConversation[]): Promise<void> {
  await forEachBounded(conversations, AT_ONCE, async ({ workflowId }) => {
    await client.workflow
      .getHandle(workflowId)
      .terminate('the benchmark is over')
      .catch(() => undefined);
  });
}

/** Events in the histories of all of them. */
export async function countEvents(client: Client, conversations: readonly OpenedConversation[]): Promise<number> {
  let events = 0;
  await forEachBounded(conversations, AT_ONCE, async ({ workflowId }) => {
    const { historyLength } = await client.workflow.getHandle(workflowId).describe();
    events += historyLength;
  });
  return events;
}

/** A customer's id as Meta makes them: 16 digits. */
export function createPsid(): string {
  return `4${String(randomInt(1_000_000, 9_999_999))}${String(randomInt(10_000_000, 99_999_999))}`;
}
