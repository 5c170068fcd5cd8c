import type { IssuedCommand } from '../../contracts/agent-command.ts';
import type { WokenBy } from '../../contracts/snooze.ts';
import { openConversation, type Actor } from './actor.ts';
import { endAgentSilence, noteAnswerOwed } from './agent-silence.ts';
import { requireHolder } from './chat-commands.ts';
import { membersOf, sleepOf, type Chat, type Snooze } from './chat-state.ts';
import { refusal } from './command-refusals.ts';
import { byAgent, noteEvent, SYSTEM } from './history.ts';
import { noteAgentSpoke } from './inactivity.ts';
import { releaseSlot, rememberTarget, targetOf } from './routing-intents.ts';

type Answer = { conversationId: string };

/**
 * The holder puts the chat away until a moment, or until the customer writes. It stays theirs but takes no slot of theirs
 * meanwhile, and no clock of silence runs. Of a chat that sleeps already only moment and note change.
 */
export function snooze(actor: Actor, { agent, conversationId, until, note }: IssuedCommand<'snooze'>): Answer {
  const conversation = openConversation(actor);
  const { chat } = conversation;
  if (!chat) return { conversationId };
  const told = { until: Date.parse(until), ...(note !== undefined && { note }) };
  const known = sleepOf(chat);
  chat.snooze = known ? { ...known, ...told } : { ...fallAsleep(actor), ...told };
  if (known && note === undefined) delete chat.snooze.note;
  noteEvent(actor, { type: 'snoozed', data: told, actor: byAgent(agent.username) });
  return { conversationId };
}

function fallAsleep(actor: Actor): Omit<Snooze, 'until' | 'note'> {
  const conversation = openConversation(actor);
  const { reservation, inactivity } = conversation;
  endAgentSilence(actor);
  delete conversation.inactivity;
  const turn = inactivity ? ('customer' as const) : ('agent' as const);
  const since = Date.now();
  if (!reservation) return { since, turn };
  delete conversation.reservation;
  releaseSlot(conversation, reservation, { reason: 'cancelled' });
  return { since, turn, target: targetOf(conversation, reservation.requestId) };
}

/** Only a chat of one's own, that nobody else talks in or is asked into. */
export function requireOnlyHolder(actor: Actor, command: IssuedCommand<'snooze'>): void {
  requireHolder(actor, command);
  const conversation = openConversation(actor);
  if (conversation.invitation) throw refusal('INVITATION_OPEN');
  if (membersOf(conversation).some(({ role }) => role === 'member' || role === 'consulted'))
    throw refusal('CHAT_SHARED');
}

/** The holder goes on with it. */
export function wake(actor: Actor, { conversationId }: IssuedCommand<'wake'>): Answer {
  wakeChat(actor, 'agent');
  return { conversationId };
}

/**
 * The chat sleeps no more: it takes a slot of its holder again, full or not, and whose turn it was has it again. A holder
 * who is gone meanwhile loses it, as any chat. Nothing where it does not sleep.
 */
export function wakeChat(actor: Actor, by: WokenBy): void {
  const conversation = openConversation(actor);
  const { chat } = conversation;
  const asleep = sleepOf(chat);
  if (!chat || !asleep) return;
  const at = Date.now();
  chat.snooze = { ...asleep, woken: { at, by } };
  if (asleep.target) {
    conversation.wokenCount = (conversation.wokenCount ?? 0) + 1;
    // The slot that it had was given back under the other id.
    const requestId = `${chat.effectId}:woken-${conversation.wokenCount}`;
    rememberTarget(conversation, requestId, asleep.target);
    conversation.reservation = { agent: chat.agent, requestId };
  }
  noteEvent(actor, { type: 'woken', data: { by }, actor: by === 'agent' ? byAgent(chat.agent.username) : SYSTEM });
  if (asleep.turn === 'customer' && by !== 'customer') noteAgentSpoke(conversation, at);
  else noteAnswerOwed(actor, at);
}

/** The time that was chosen has come. */
export function wakeByTime(actor: Actor): void {
  wakeChat(actor, 'time');
}

/** When the chat wakes by itself; undefined where it does not sleep. */
export function wakesAt(chat: Chat | undefined): number | undefined {
  return sleepOf(chat)?.until;
}

/** The holder has spoken: what they wanted to be reminded of is done. */
export function forgetReminder(actor: Actor): void {
  const { chat } = openConversation(actor);
  if (chat?.snooze?.woken) delete chat.snooze;
}
