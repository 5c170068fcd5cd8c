import type { CancellationScope } from '@temporalio/workflow';
import type { ConversationRecord, InboundMessage, Progress } from '../../contracts/conversation-record.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import type { Effect } from '../../scenario-dsl/run/step.ts';
import type { ActorState, Answer, InboxItem, Offer, OpenConversation } from './actor-state.ts';
import { inputsOf } from './scenario-inputs.ts';

/** A running actor: the carried state and what exists only while this run lives. */
export interface Actor {
  readonly state: ActorState;
  readonly workflowId: string;
  /** Keys of handled messages, for look-up; `state.seenKeys` is the same in order. */
  readonly seen: Set<string>;
  scenario?: CompiledScenario;
  /** Answers of activities, not yet taken. */
  answers: Answer[];
  /** Effects of the last steps, not yet carried out. */
  effects: Effect[];
  /** Activities in flight. */
  pending: number;
  /** What blocks asked of the world and is under way, by the effect's id. */
  readonly operations: Map<string, CancellationScope>;
  isSending: boolean;
  /** Parked parts were let go while one was on its way. */
  isReleased: boolean;
  /** Messages that the read model has not been told yet. */
  unrecordedMessages: InboundMessage[];
  /** The record of the conversation as the read model was told last, as JSON; '' where it was told nothing. */
  recorded: string;
  /** An agent's command was carried out between two turns: a turn has to see to what it left. */
  isTurnDue: boolean;
  /** Dispatchers are being told what the conversation wants and holds; one letter at a time. */
  isTelling: boolean;
  /** End of the messaging window that the part under way was sent in, as this actor knew it. */
  sendingWindowUntil: number;
}

/** Makes an actor around a carried or fresh state. */
export function createActor(state: ActorState, workflowId: string): Actor {
  return {
    state,
    workflowId,
    seen: new Set(state.seenKeys),
    answers: [],
    effects: [],
    pending: 0,
    operations: new Map(),
    isSending: false,
    isReleased: false,
    unrecordedMessages: [],
    recorded: '',
    isTurnDue: false,
    isTelling: false,
    sendingWindowUntil: 0,
  };
}

/** The open conversation. A caller that may run between two conversations looks at `state.conversation` instead. */
export function openConversation(actor: Actor): OpenConversation {
  if (!actor.state.conversation) throw new Error('No conversation is open');
  return actor.state.conversation;
}

/** The compiled scenario of the open conversation. */
export function runningScenario(actor: Actor): CompiledScenario {
  if (!actor.scenario) throw new Error('No scenario is loaded');
  return actor.scenario;
}

/** Adds to the inbox; every handler does just this. */
export function receive(actor: Actor, ...items: InboxItem[]): void {
  actor.state.inbox.push(...items);
}

/** True when nothing of this run is under way: the only moment at which it may close. */
export function isQuiet(actor: Actor): boolean {
  return (
    actor.pending === 0 &&
    !actor.isTurnDue &&
    actor.answers.length === 0 &&
    actor.effects.length === 0 &&
    actor.unrecordedMessages.length === 0
  );
}

/** Takes what the read model has to be told, or nothing. */
export function takeProgress(actor: Actor): Progress | undefined {
  if (!actor.state.conversation) return undefined;
  const messages = actor.unrecordedMessages.splice(0);
  const { pageId, psid } = actor.state;
  const record = toRecord(actor);
  const recorded = JSON.stringify(record);
  if (recorded === actor.recorded) return messages.length > 0 ? { pageId, psid, messages } : undefined;
  actor.recorded = recorded;
  actor.state.revision = Math.max(actor.state.revision + 1, Date.now());
  return { pageId, psid, conversation: { ...record, revision: actor.state.revision }, messages };
}

/** The run before told the read model everything before it went on as new. */
export function recallRecorded(actor: Actor): void {
  actor.recorded = JSON.stringify(toRecord(actor));
}

function toRecord(actor: Actor): Omit<ConversationRecord, 'revision'> {
  const conversation = openConversation(actor);
  const { state } = actor;
  const { context, offer, chat, queue, ended, lastAgent } = conversation;
  const window = state.shownWindow ?? state.window;
  const agent = chat?.agent ?? (ended && lastAgent);
  const recordedState = recordedStateOf(conversation);
  return {
    conversationId: conversation.id,
    pageId: state.pageId,
    psid: state.psid,
    workflowId: actor.workflowId,
    state: recordedState,
    owner: ownerOf(actor, recordedState),
    startedAt: conversation.startedAt,
    scenario: { name: context.scenario.name, version: context.scenario.version },
    entry: context.entry,
    group: context.group,
    block: conversation.block,
    servedBy: conversation.servedBy,
    ...(window && { window: { ...window, isClosing: isWindowClosing(actor) } }),
    parkedParts: conversation.outbox.filter(({ parked }) => parked).length,
    ...(context.service !== undefined && { service: context.service }),
    ...(agent && { agent }),
    ...(offer && { offer: offerRecord(offer) }),
    ...(queue && recordedState === 'queued' && { queue }),
    ...historyOf(conversation),
    ...routingOf(conversation),
    ...inputsOf(conversation),
    ...(ended && { endedAt: ended.at, endReason: ended.reason }),
  };
}

function isWindowClosing({ state: { window, conversation } }: Actor): boolean {
  return window !== undefined && conversation?.windowWarnedUntil === window.until;
}

/** What happened in it so far, as far as the record keeps it. */
function historyOf({ annotations, chatEnd, isOverflow }: OpenConversation): Partial<ConversationRecord> {
  return { ...(annotations && { annotations }), ...(chatEnd && { chatEnd }), ...(isOverflow && { isOverflow }) };
}

/** For a dispatcher that begins anew: which groups know of the conversation, and whose slot it holds. */
function routingOf({ routing, reservation }: OpenConversation): Partial<ConversationRecord> {
  const routedBy = Object.keys(routing.stated);
  return {
    ...(routedBy.length > 0 && { routedBy }),
    ...(reservation && { heldAgent: reservation.agent.username }),
  };
}

function offerRecord({ offerId, agent, expiresAt, autoAnswerAt }: Offer): NonNullable<ConversationRecord['offer']> {
  return { offerId, agent: agent.username, expiresAt, ...(autoAnswerAt !== undefined && { autoAnswerAt }) };
}

function recordedStateOf(conversation: OpenConversation): ConversationRecord['state'] {
  if (conversation.ended) return 'ended';
  if (conversation.chat) return 'connected';
  if (conversation.offer) return 'offered';
  return conversation.request ? 'queued' : 'running';
}

function ownerOf(actor: Actor, recordedState: ConversationRecord['state']): ConversationRecord['owner'] {
  if (actor.state.threadOwner === 'other-app') return 'other-app';
  if (recordedState === 'connected') return 'agent';
  return recordedState === 'queued' || recordedState === 'offered' ? 'queue' : 'scenario';
}
