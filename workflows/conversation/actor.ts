import type { CancellationScope } from '@temporalio/workflow';
import type { ConversationRecord, InboundMessage, Progress } from '../../contracts/conversation-record.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import type { Effect } from '../../scenario-dsl/run/step.ts';
import type { DispatcherMessage } from '../../contracts/dispatcher-message.ts';
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
  /** What the read model has not been told yet. */
  unrecorded: { messages: InboundMessage[]; isViewStale: boolean };
  toDispatcher: { group: string; message: DispatcherMessage }[];
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
    unrecorded: { messages: [], isViewStale: false },
    toDispatcher: [],
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
  const { messages, isViewStale } = actor.unrecorded;
  return (
    actor.pending === 0 &&
    actor.answers.length === 0 &&
    actor.effects.length === 0 &&
    actor.toDispatcher.length === 0 &&
    messages.length === 0 &&
    !isViewStale
  );
}

/** Takes what the read model has to be told, or nothing. */
export function takeProgress(actor: Actor): Progress | undefined {
  const { messages, isViewStale } = actor.unrecorded;
  if (!actor.state.conversation || (messages.length === 0 && !isViewStale)) return undefined;
  actor.unrecorded = { messages: [], isViewStale: false };
  const { pageId, psid } = actor.state;
  if (!isViewStale) return { pageId, psid, messages };
  actor.state.revision = Math.max(actor.state.revision + 1, Date.now());
  return { pageId, psid, conversation: toRecord(actor), messages };
}

function toRecord(actor: Actor): ConversationRecord {
  const conversation = openConversation(actor);
  const { state } = actor;
  const { context, offer, chat, queue, ended, lastAgent } = conversation;
  const agent = chat?.agent ?? (ended && lastAgent);
  const standing = recordedStateOf(conversation);
  return {
    conversationId: conversation.id,
    revision: state.revision,
    pageId: state.pageId,
    psid: state.psid,
    workflowId: actor.workflowId,
    state: standing,
    owner: ownerOf(actor, standing),
    startedAt: conversation.startedAt,
    scenario: { name: context.scenario.name, version: context.scenario.version },
    entry: context.entry,
    group: context.group,
    block: conversation.block,
    servedBy: conversation.servedBy,
    ...(state.window && { window: { ...state.window, isClosing: isWindowClosing(actor) } }),
    parkedParts: conversation.outbox.filter(({ parked }) => parked).length,
    ...(context.service !== undefined && { service: context.service }),
    ...(agent && { agent }),
    ...(offer && { offer: offerRecord(offer) }),
    ...(queue && standing === 'queued' && { queue }),
    ...historyOf(conversation),
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

function offerRecord({ offerId, agent, expiresAt, autoAnswerAt }: Offer): NonNullable<ConversationRecord['offer']> {
  return { offerId, agent: agent.username, expiresAt, ...(autoAnswerAt !== undefined && { autoAnswerAt }) };
}

function recordedStateOf(conversation: OpenConversation): ConversationRecord['state'] {
  if (conversation.ended) return 'ended';
  if (conversation.chat) return 'connected';
  if (conversation.offer) return 'offered';
  return conversation.request ? 'queued' : 'running';
}

function ownerOf(actor: Actor, standing: ConversationRecord['state']): ConversationRecord['owner'] {
  if (actor.state.threadOwner === 'other-app') return 'other-app';
  if (standing === 'connected') return 'agent';
  return standing === 'queued' || standing === 'offered' ? 'queue' : 'scenario';
}
