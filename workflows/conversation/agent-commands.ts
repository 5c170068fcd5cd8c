import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import type { ErrorCode } from '../../contracts/error-codes.ts';
import { splitText } from '../../contracts/split-text.ts';
import {
  acceptOfferUpdate,
  endChatUpdate,
  rejectOfferUpdate,
  sendAgentMessageUpdate,
  type AgentCommand,
  type AgentMessage,
} from '../messages.ts';
import { openConversation, receive, type Actor } from './actor.ts';
import { rememberCommand } from './actor-state.ts';
import { drainInbox } from './drain-inbox.ts';

/**
 * Registers what agents can do. Validators refuse without a trace in the history; handlers work the inbox off at once,
 * so the answer is the outcome and not a hope. A repeated `clientId` gets the first answer again.
 */
export function registerAgentCommands(actor: Actor): void {
  setHandler(acceptOfferUpdate, answering(actor, validateOffer, accept), validating(actor, validateOffer));
  setHandler(rejectOfferUpdate, answering(actor, validateOffer, reject), validating(actor, validateOffer));
  setHandler(sendAgentMessageUpdate, answering(actor, validateChat, say), validating(actor, validateChat));
  setHandler(endChatUpdate, answering(actor, validateChat, end), validating(actor, validateChat));
}

type Validate<C> = (actor: Actor, command: C) => void;

function validating<C extends AgentCommand>(actor: Actor, validate: Validate<C>): { validator: (command: C) => void } {
  return {
    validator: (command) => {
      if (!findKnown(actor, command)) validate(actor, command);
    },
  };
}

function answering<C extends AgentCommand, R>(
  actor: Actor,
  validate: Validate<C>,
  carryOut: (actor: Actor, command: C) => R,
): (command: C) => Promise<R> {
  return async (command) => {
    // Only in the first moments of a continued run, while the scenario is being loaded.
    if (!actor.scenario) await condition(() => actor.scenario !== undefined);
    const known = findKnown(actor, command);
    if (known) return known.result as R;
    validate(actor, command);
    const result = carryOut(actor, command);
    rememberCommand(actor.state, keyOf(command), result);
    return result;
  };
}

function accept(
  actor: Actor,
  { conversationId, offerId }: AgentCommand & { offerId: string },
): { conversationId: string } {
  receive(actor, { type: 'offer-accepted', offerId });
  drainInbox(actor, false);
  // Something before it in the inbox may have withdrawn the offer.
  if (actor.state.conversation?.chat === undefined) throw refusal('OFFER_GONE');
  return { conversationId };
}

function reject(
  actor: Actor,
  { conversationId, offerId }: AgentCommand & { offerId: string },
): { conversationId: string } {
  receive(actor, { type: 'offer-rejected', offerId });
  drainInbox(actor, false);
  return { conversationId };
}

function say(
  actor: Actor,
  { agent, clientId, conversationId, text, attachments = [] }: AgentMessage,
): { id: string; at: number } {
  const at = Date.now();
  const contents = [
    ...splitText(text).map((piece) => ({ text: piece })),
    ...attachments.map((attachment) => ({ text: '', attachment })),
  ];
  const parts = contents.map((content, index) => ({
    id: `${conversationId}:${clientId}${index === 0 ? '' : `:${index}`}`,
    ...content,
  }));
  receive(actor, { type: 'agent-message', agent, parts, at });
  drainInbox(actor, false);
  return { id: parts[0]?.id ?? '', at };
}

function end(actor: Actor, { agent, conversationId }: AgentCommand): { conversationId: string } {
  receive(actor, { type: 'chat-ended-by-agent', agent });
  drainInbox(actor, false);
  return { conversationId };
}

function validateOffer(actor: Actor, command: AgentCommand & { offerId: string }): void {
  requireOpen(actor, command);
  const { offer } = openConversation(actor);
  if (offer?.offerId !== command.offerId || offer.agent.username !== command.agent.username)
    throw refusal('OFFER_GONE');
}

function validateChat(actor: Actor, command: AgentCommand): void {
  requireOpen(actor, command);
  const { chat, servedBy } = openConversation(actor);
  if (chat?.agent.username === command.agent.username) return;
  // For an agent whose chat is over the conversation has ended, though the scenario may still have something to say.
  const isOver = chat === undefined && servedBy.includes(command.agent.username);
  throw refusal(isOver ? 'CONVERSATION_ENDED' : 'NOT_YOUR_CONVERSATION');
}

function requireOpen(actor: Actor, { conversationId }: AgentCommand): void {
  const { conversation } = actor.state;
  if (conversation?.id !== conversationId || conversation.ended) throw refusal('CONVERSATION_ENDED');
}

function findKnown(actor: Actor, command: AgentCommand): { result: unknown } | undefined {
  return actor.state.commands.find(({ clientId }) => clientId === keyOf(command));
}

function keyOf({ clientId, conversationId }: AgentCommand): string {
  return `${conversationId}:${clientId}`;
}

function refusal(code: ErrorCode): ApplicationFailure {
  return ApplicationFailure.nonRetryable(code, code);
}
