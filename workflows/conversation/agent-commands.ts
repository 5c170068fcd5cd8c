import { condition, setHandler } from '@temporalio/workflow';
import { agentCommandUpdate } from '../../contracts/actor-messages.ts';
import type { AgentCommandResult, AgentCommandType, IssuedCommand } from '../../contracts/agent-command.ts';
import { PAYLOAD_LIMITS } from '../../contracts/payload-limits.ts';
import { splitText } from '../../contracts/split-text.ts';
import { openConversation, type Actor } from './actor.ts';
import { rememberCommand } from './actor-state.ts';
import { endAgentSilence } from './agent-silence.ts';
import { acceptOffer, endChat, rejectOffer } from './chat.ts';
import {
  cancelInvitation,
  finishConsult,
  flag,
  inviteToChat,
  leave,
  note,
  requireChatToSupervise,
  requireChatToTake,
  requireConsult,
  requireHolder,
  requireInside,
  requireInvitation,
  requireInviting,
  requireMember,
  requireRoomForNote,
  requireSpeaker,
  sayInside,
  supervise,
  takeOver,
} from './chat-commands.ts';
import { refusal, requireOpen } from './command-refusals.ts';
import { drainInbox } from './drain-inbox.ts';
import { byAgent, noteEvent } from './history.ts';
import { acceptInvitation, passOverInvited } from './invitation.ts';
import { label, requireKnownConversation } from './labels.ts';
import { narrowSearch } from './search-elsewhere.ts';
import { isOutboxFull, queueAgentMessage } from './outbox.ts';
import { loadScenarioTarget, requireTransferable, transferToScenario } from './transfer-to-scenario.ts';
import { forgetReminder, requireOnlyHolder, snooze, wake, wakeChat } from './snooze.ts';

/** One kind of command: when it is refused, and what it does, both without an await. */
interface CommandDefinition<Type extends AgentCommandType, Prepared = unknown> {
  /** @throws ApplicationFailure whose type is an `ErrorCode` */
  validate(actor: Actor, command: IssuedCommand<Type>): void;
  /** Loads what it takes, while the run is kept open; whatever comes meanwhile is looked at before it is carried out. */
  prepare?(actor: Actor, command: IssuedCommand<Type>): Promise<Prepared>;
  carryOut(actor: Actor, command: IssuedCommand<Type>, prepared: Prepared): AgentCommandResult<Type>;
}

/** Its rows say themselves what they prepare. */
function prepared<Type extends AgentCommandType, Prepared>(
  definition: CommandDefinition<Type, Prepared>,
): CommandDefinition<Type> {
  return definition;
}

const COMMANDS: { readonly [Type in AgentCommandType]: CommandDefinition<Type> } = {
  accept: { validate: requireOffer, carryOut: accept },
  reject: { validate: requireOffer, carryOut: reject },
  message: { validate: requireRoom, carryOut: say },
  end: { validate: requireHolder, carryOut: end },
  snooze: { validate: requireOnlyHolder, carryOut: snooze },
  wake: { validate: requireHolder, carryOut: wake },
  invite: { validate: requireInviting, carryOut: invite },
  transferToScenario: prepared({
    validate: requireTransferable,
    prepare: loadScenarioTarget,
    carryOut: transferToScenario,
  }),
  cancelInvitation: { validate: requireInvitation, carryOut: cancelInvitation },
  finishConsult: { validate: requireConsult, carryOut: finishConsult },
  leave: { validate: requireMember, carryOut: leave },
  supervise: { validate: requireChatToSupervise, carryOut: supervise },
  takeOver: { validate: requireChatToTake, carryOut: takeOver },
  note: { validate: requireRoomForNote, carryOut: note },
  innerMessage: { validate: requireInside, carryOut: sayInside },
  flag: { validate: requireMember, carryOut: flag },
  label: { validate: requireKnownConversation, carryOut: label },
  pick: { validate: requireWaiting, carryOut: pick },
  prioritize: { validate: requireWaiting, carryOut: prioritize },
  assign: { validate: requireWaiting, carryOut: assign },
};

/**
 * Registers what agents can do. The validator refuses without a trace in the history; the handler works the inbox off,
 * looks again and carries out at once, so the answer is the outcome and not a hope. A repeated `clientId` gets the first answer again.
 */
export function registerAgentCommands(actor: Actor): void {
  setHandler(agentCommandUpdate, (command) => handle(actor, command), {
    validator: (command) => {
      if (!findKnown(actor, command)) definitionOf(command).validate(actor, command);
    },
  });
}

async function handle(actor: Actor, command: IssuedCommand): Promise<AgentCommandResult> {
  // Only in the first moments of a continued run, while the scenario is being loaded.
  if (!actor.scenario) await condition(() => actor.scenario !== undefined);
  const known = findKnown(actor, command);
  if (known) return known.result as AgentCommandResult;
  const definition = definitionOf(command);
  if (!definition.prepare) return carryOut(actor, command, undefined);
  actor.pending += 1;
  try {
    const loaded = await definition.prepare(actor, command);
    return carryOut(actor, command, loaded);
  } finally {
    actor.pending -= 1;
    actor.isTurnDue = true;
  }
}

function carryOut(actor: Actor, command: IssuedCommand, loaded: unknown): AgentCommandResult {
  const definition = definitionOf(command);
  // What came before it may have withdrawn the offer or ended the chat: the command is checked against what is then.
  drainInbox(actor);
  definition.validate(actor, command);
  const result = definition.carryOut(actor, command, loaded);
  drainInbox(actor);
  actor.isTurnDue = true;
  rememberCommand(actor.state, { clientId: keyOf(command), contentHash: command.contentHash, result });
  return result;
}

/** The row of the command's own type takes it. */
function definitionOf(command: IssuedCommand): CommandDefinition<AgentCommandType> {
  const definition: object | undefined = COMMANDS[command.type];
  // Of a newer api; older workers are still there during a rolling upgrade.
  if (definition === undefined) throw refusal('SERVICE_UNAVAILABLE');
  return definition as CommandDefinition<AgentCommandType>;
}

function accept(actor: Actor, { conversationId, offerId }: IssuedCommand<'accept'>): { conversationId: string } {
  if (isInvitation(actor, offerId)) acceptInvitation(actor);
  else acceptOffer(actor);
  return { conversationId };
}

function reject(
  actor: Actor,
  { conversationId, offerId, reason }: IssuedCommand<'reject'>,
): { conversationId: string } {
  if (isInvitation(actor, offerId)) passOverInvited(actor, 'rejected');
  else rejectOffer(actor, reason);
  return { conversationId };
}

/** The offer is of a place in a chat that goes on. */
function isInvitation(actor: Actor, offerId: string): boolean {
  return openConversation(actor).invitation?.offer?.offerId === offerId;
}

function say(
  actor: Actor,
  { agent, clientId, conversationId, text, attachments = [], quickReplies = [] }: IssuedCommand<'message'>,
): { id: string; at: number } {
  const at = Date.now();
  const contents = [
    ...splitText(text).map((piece) => ({ text: piece })),
    ...attachments.map((attachment) => ({ text: '', attachment })),
  ];
  const parts = contents.map((content, index) => ({
    id: `${conversationId}:${clientId}${index === 0 ? '' : `:${index}`}`,
    ...content,
    ...(index === contents.length - 1 && { quickReplies }),
  }));
  for (const part of parts) queueAgentMessage(actor, { agent, at }, part);
  wakeChat(actor, 'agent');
  forgetReminder(actor);
  endAgentSilence(actor);
  return { id: parts[0]?.id ?? '', at };
}

/** Whoever asks others in goes on with the chat. */
function invite(actor: Actor, command: IssuedCommand<'invite'>): { conversationId: string; invitationId: string } {
  wakeChat(actor, 'agent');
  return inviteToChat(actor, command);
}

function end(actor: Actor, { conversationId }: IssuedCommand<'end'>): { conversationId: string } {
  endChat(actor, 'UserHangup');
  return { conversationId };
}

function pick(actor: Actor, { conversationId, agent }: IssuedCommand<'pick'>): { conversationId: string } {
  narrowSearch(actor, agent.username);
  openConversation(actor).pickedBy = agent.username;
  return { conversationId };
}

function assign(actor: Actor, { conversationId, username }: IssuedCommand<'assign'>): { conversationId: string } {
  narrowSearch(actor, username);
  return { conversationId };
}

/** The dispatcher hears of it as of everything that the conversation wants. */
function prioritize(
  actor: Actor,
  { conversationId, agent, priority }: IssuedCommand<'prioritize'>,
): { conversationId: string } {
  const { request } = openConversation(actor);
  for (const search of [request, request?.narrowed?.from]) if (search) search.priority = priority;
  noteEvent(actor, { type: 'prioritized', data: { priority }, actor: byAgent(agent.username) });
  return { conversationId };
}

function requireWaiting(actor: Actor, command: IssuedCommand<'pick' | 'assign' | 'prioritize'>): void {
  requireOpen(actor, command);
  const { request, chat } = openConversation(actor);
  if (!request || chat) throw refusal('NOT_WAITING');
}

function requireOffer(actor: Actor, command: IssuedCommand<'accept' | 'reject'>): void {
  requireOpen(actor, command);
  const { offer, invitation } = openConversation(actor);
  const isTheirs = [offer, invitation?.offer].some(
    (open) => open?.offerId === command.offerId && open.agent.username === command.agent.username,
  );
  if (!isTheirs) throw refusal('OFFER_GONE');
}

/** What an agent says must not grow beyond what the actor can carry, however long the Page is closed. */
function requireRoom(actor: Actor, command: IssuedCommand): void {
  requireSpeaker(actor, command);
  if (isOutboxFull(openConversation(actor), PAYLOAD_LIMITS.agentOutboxBytes)) throw refusal('OUTBOX_FULL');
}

/** What a command with this id came to before. @throws REQUEST_INVALID where that one asked for something else */
function findKnown(actor: Actor, command: IssuedCommand): { result: unknown } | undefined {
  const known = actor.state.commands.find(({ clientId }) => clientId === keyOf(command));
  if (known && known.contentHash !== command.contentHash) throw refusal('REQUEST_INVALID');
  return known;
}

function keyOf({ clientId, conversationId }: IssuedCommand): string {
  return `${conversationId}:${clientId}`;
}
