import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ActorStack } from './actor-stack.ts';
import type { Customer } from './customer.ts';
import { until } from './until.ts';

/** The record of a customer's latest conversation. */
export async function latestRecord(
  { readModel }: ActorStack,
  { psid }: Pick<Customer, 'psid'>,
): Promise<ConversationRecord | undefined> {
  return (await readModel.conversations.listConversations({ psid }, { limit: 1 })).items[0];
}

/** Waits until the record of the latest conversation is as wanted, and gives it; `what` says what was waited for. */
export function untilRecord(
  stack: ActorStack,
  customer: Customer,
  { what, isSo }: { what: string; isSo: (record: ConversationRecord) => boolean },
): Promise<ConversationRecord> {
  return until(what, async () => {
    const record = await latestRecord(stack, customer);
    return record && isSo(record) ? record : undefined;
  });
}

/** Waits until the latest conversation is in a state, and gives its record. */
export function untilInState(
  stack: ActorStack,
  customer: Customer,
  state: ConversationRecord['state'],
): Promise<ConversationRecord> {
  return untilRecord(stack, customer, { what: `state ${state}`, isSo: (record) => record.state === state });
}

/** Waits until the latest conversation has ended, and gives its record. */
export function untilEnded(stack: ActorStack, customer: Customer): Promise<ConversationRecord> {
  return untilInState(stack, customer, 'ended');
}

/** Waits until a text was sent to the customer. */
export function untilSent({ graph }: ActorStack, { psid }: Customer, text: string): Promise<boolean> {
  return until(text, () => graph.textsTo(psid).includes(text));
}
