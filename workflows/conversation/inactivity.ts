import type { OpenConversation } from './actor-state.ts';
import { sleepOf } from './chat-state.ts';

/**
 * The customer's side of a connected chat ends by silence, because Messenger has no hang-up.
 * The clock runs only while it is the customer's turn: from the agent's last word to the customer's next. In a chat that is
 * put away it stands still.
 * Source: Bright Pattern, Chat Settings: 10 minutes, a warning at half the time.
 */
export function noteAgentSpoke(conversation: OpenConversation, now: number): void {
  const asleep = sleepOf(conversation.chat);
  if (asleep) asleep.turn = 'customer';
  if (!conversation.chat || asleep) return;
  const { inactivityTimeoutMs, inactivityWarning } = conversation.context.settings;
  conversation.inactivity = {
    endAt: now + inactivityTimeoutMs,
    ...(inactivityWarning !== '' && { warnAt: now + inactivityTimeoutMs / 2 }),
  };
}

/**
 * What an agent said has its delivery status. Where the customer has said something since it was said, however late Meta's
 * answer came, it is the agent's turn. `seq`: its place in the transcript.
 */
export function noteAgentHeard(conversation: OpenConversation, { seq, now }: { seq: number; now: number }): void {
  if (seq > (conversation.customerSeq ?? -1)) noteAgentSpoke(conversation, now);
}

/** The customer is there: the clock stops until the agent speaks again. `seq`: the place of what they said in the transcript. */
export function noteCustomerSpoke(conversation: OpenConversation, seq: number): void {
  conversation.customerSeq = seq;
  delete conversation.inactivity;
}
