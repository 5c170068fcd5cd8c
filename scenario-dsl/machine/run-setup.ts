import { setup } from 'xstate';
import type { Operation, TalkLine } from '../../contracts/operation.ts';
import type { SettingText } from '../../contracts/setting-text.ts';
import type { Variables } from '../expression/variables.ts';
import type { SurveyRun } from './survey-state.ts';
import type { Effect } from './effect.ts';
import type { CustomerMessage, WorldEvent } from './scenario-event.ts';

/** What a run remembers; plain JSON, and no more of the scenario than the current block's id. */
export interface RunContext {
  variables: Variables;
  onErrorText: SettingText;
  block: string;
  /** Blocks entered so far. With the block's id it names the visit, and so its effects. */
  visits: number;
  /** What the current visit's effects are called, where it began under another version of the scenario. */
  asked?: string | undefined;
  /** Blocks entered since the world last moved this run on; bounds loops. */
  transitions: number;
  /** What the customer wrote while the prompt of the current wait was still being sent. */
  earlyReply: string | null;
  /** The files among it; nothing where a run never heard any. */
  earlyFiles?: CustomerMessage['attachments'];
  /** Something was tapped, which is a whole reply. */
  hasTapped?: boolean;
  /** Rules of `anywhere` that fitted while nobody listened: the next block that listens is left by the first that holds there. */
  heard?: number[];
  /** How long the current Wait lasts that waits until a moment; null where there is no such moment. */
  waitMs?: number | null;
  /** How often the current Request Input has asked again; nothing where a run never came to one. */
  asksAgain?: number;
  /** Why the reply that it asks again after was not taken. */
  refusal?: string;
  /** Which of its questions the current block is at, where it has several. */
  questionAt?: number;
  /** Which page of a list the current block shows. */
  pageAt?: number;
  /** Which of the queues was full, by what was asked for; nothing where none was. */
  refusedQueues?: string[];
  /** What Set Priority and Request Skill or Service have asked for. */
  routing?: { priority?: number; skills?: string[]; service?: string };
  /** What the customer was last told of the position in the queue, and in which search. */
  announced?: { effectId: string; count: number; position: number; ewtMs?: number };
  /** The account that Chat Bot Select Account has chosen. */
  botAccount?: string;
  /** What was said in the current AI Agent, and how often its model has answered; empty where a run has left it. */
  talk?: TalkLine[];
  turns?: number;
  /** The engine that began the run, which goes on as that one did; 1 where left out. */
  engineVersion?: number;
  /** The survey that the current block asks; null where a run has left it. */
  survey?: SurveyRun | null;
  problem: string | null;
}

export interface RunInput {
  variables: Variables;
  onErrorText: SettingText;
  engineVersion?: number;
}

/** XState's name of an `after`, both as a timer and as the event that the timer sends. */
export type TimerName = `xstate.after.${string}`;

/** `now`: when it is told, in milliseconds since 1970; a machine has no clock of its own. */
export type RunEvent = { now?: number } & (
  | WorldEvent
  | { type: TimerName }
  | { type: 'run.begin' }
  /** A run of another version goes on at the beginning of this block. */
  | { type: 'run.enter'; block: string }
  | { type: 'run.stop'; problem: string }
  /** What the customer said fits a rule of `anywhere`, by its place in the document. */
  | { type: 'run.anywhere'; rule: number }
);

interface RunArgs {
  context: RunContext;
  event: RunEvent;
}

/** States beside the blocks. The parentheses keep them apart from every possible block id. */
export const runState = { idle: '(idle)', onError: '(on-error)', done: '(done)', failed: '(failed)' } as const;

/** A block that a run has left, and by which of its ways. */
export interface TakenWay {
  block: string;
  way: string;
}

/** The way that the end of the customer's side is, out of a block whose errors are caught. */
export const CUSTOMER_LEFT = 'customer-left';

/** The types of every scenario's machine, and the actions of ours that `step` knows. */
export const runSetup = setup({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- how XState is told types; the values are never used
  types: { context: {} as RunContext, events: {} as RunEvent, input: {} as RunInput | undefined },
  // Never run: `step` reads their parameters from what a pure transition gives.
  actions: {
    effect: (_args: unknown, _effect: Effect | undefined) => {},
    leave: (_args: unknown, _taken: TakenWay) => {},
  },
  delays: { untilMoment: ({ context }) => context.waitMs ?? 0 },
});

/** A state of a scenario's machine, as a block compiles to it. */
export type BlockState = Parameters<typeof runSetup.createStateConfig>[0];

/** A way out of a block: where it leads, and what it is called in paths and reports. */
export interface Way {
  state: string;
  name: string;
  /** A failure, or the end of the customer's side that an Exception Handler catches: `$(exception.…)` tells which, and its outcome whether it was caught. */
  error?: 'caught' | 'wired';
}

interface StateTransition {
  target: string;
  reenter: true;
  meta?: { way: string; error?: 'caught' | 'wired' };
}

/** A transition to a block, or to one of `runState`. A block that leads to itself begins a new visit. */
export function toState(target: Way | string): StateTransition {
  if (typeof target === 'string') return { target: `#${target}`, reenter: true };
  const { state, name, error } = target;
  return { target: `#${state}`, reenter: true, meta: { way: name, ...(error && { error }) } };
}

/** Action: asks something of the world; nothing where it gives no effect. */
export function emitEffect(effect: (context: RunContext, event: RunEvent) => Effect | undefined): {
  type: 'effect';
  params: (args: RunArgs) => Effect | undefined;
} {
  return { type: 'effect', params: ({ context, event }) => effect(context, event) };
}

/** Asks the world something, once a visit; its answer is told by `isAnswer`. */
export function emitOperation(
  operation: (context: RunContext) => Operation,
  timeoutMs: number,
): ReturnType<typeof emitEffect> {
  return emitEffect((context) => ({
    kind: 'operation',
    id: getEffectId(context),
    operation: operation(context),
    timeoutMs,
  }));
}

/** The id of the current visit's effect. */
export function getEffectId(context: RunContext): string {
  return context.asked ?? `${context.block}:${context.visits}`;
}

/** Guard: the event answers the current visit's effect, not that of an earlier one. */
export function isAnswer({ context, event }: RunArgs): boolean {
  return 'effectId' in event && event.effectId === getEffectId(context);
}

/** What a customer's message is worth as text. */
export function messageText(message: CustomerMessage): string {
  return message.text ?? message.payload ?? '';
}
