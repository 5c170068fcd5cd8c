import type { CancellationScope } from '@temporalio/workflow';
import type { Progress, TranscriptEntry } from '../../contracts/conversation-record.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import type { Effect } from '../../scenario-dsl/run/step.ts';
import type { NewConversationEvent } from '../../contracts/history-event.ts';
import type { ActorState, Answer, InboxItem, OpenConversation } from './actor-state.ts';

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
  /** Settled when no local activity is under way, see `ask-locally.ts`. */
  askedLocally: Promise<void>;
  /** What blocks asked of the world and is under way, by the effect's id. */
  readonly operations: Map<string, CancellationScope>;
  isSending: boolean;
  /** Since when the part under way is; epoch milliseconds. */
  sendingSince: number;
  /** What the read model is told on the way of that part. */
  sendingProgress?: Progress;
  /** Parked parts were let go while one was on its way. */
  isReleased: boolean;
  /** Messages that the read model has not been told yet. */
  unrecordedMessages: TranscriptEntry[];
  /** What happened that its history has not been told yet. */
  unrecordedEvents: NewConversationEvent[];
  /** A large record is being written; what comes meanwhile waits for it. */
  isRecording: boolean;
  /** The record of the conversation as the read model was told last, as JSON; '' where it was told nothing. */
  recorded: string;
  /** What it was told last that the conversation waits for by the clock, as JSON. */
  recordedTimers: string;
  /** An agent's command was carried out between two turns: a turn has to see to what it left. */
  isTurnDue: boolean;
  /** When the run was found to have to continue as new, epoch milliseconds. */
  closingSince?: number;
  /** A piece of what was spilled is being read back. */
  isReloading: boolean;
  /** What is in the inbox is being written to MongoDB; nothing is read back meanwhile. */
  isSpilling: boolean;
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
    askedLocally: Promise.resolve(),
    operations: new Map(),
    isSending: false,
    sendingSince: 0,
    isReleased: false,
    unrecordedMessages: [],
    unrecordedEvents: [],
    recorded: '',
    recordedTimers: '[]',
    isTurnDue: false,
    isRecording: false,
    isReloading: false,
    isSpilling: false,
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

/** True when nothing of this run is under way, or no more than `pending` activities: the only moment at which it may close. */
export function isQuiet(actor: Actor, pending = 0): boolean {
  return (
    actor.pending === pending &&
    !actor.isTurnDue &&
    actor.answers.length === 0 &&
    actor.effects.length === 0 &&
    actor.unrecordedMessages.length === 0 &&
    actor.unrecordedEvents.length === 0
  );
}
