import { assign } from 'xstate';
import { textIn } from '../../contracts/setting-text.ts';
import { findLanguage } from '../expression/place.ts';
import { fillTemplate, parseTemplate } from '../expression/template.ts';
import { withVariable } from '../expression/variables.ts';
import {
  CUSTOMER_LEFT,
  emitEffect,
  getEffectId,
  isAnswer,
  runSetup,
  runState,
  toState,
  type BlockState,
  type RunContext,
  type RunEvent,
  type RunInput,
  type Way,
} from '../machine/run-setup.ts';

/** So many blocks in a row without a person, an agent or a clock moving the run on are a loop. */
export const MAX_HOPS = 1000;

/** What XState's own throw-away actors begin with. */
const noInput: RunInput = { variables: {}, onErrorText: '' };

export type RunMachine = ReturnType<typeof createRunMachine>;

/** Where words that work anywhere lead, and the blocks whose search for an agent ends with it. */
export interface WordWay {
  target: Way;
  searches: ReadonlySet<string>;
}

/**
 * Builds a scenario's machine from the states of its blocks, keyed by block id, and the rules that hold in all of them.
 * `hasEntrances`: a run can begin at any block; only a machine that moves runs needs it, and it costs a transition for each.
 */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- XState's machine type cannot be written by hand
export function createRunMachine(
  firstBlock: string,
  blocks: Record<string, BlockState>,
  { words = [], hasEntrances = false }: { words?: readonly WordWay[]; hasEntrances?: boolean } = {},
) {
  return runSetup.createMachine({
    id: 'run',
    // Idle first: XState works the initial state out anew in every pure transition, so it has to be a cheap one.
    initial: runState.idle,
    // XState makes an actor for every pure transition, without input; a factory that throws there costs 40 % of a step.
    context: ({ input = noInput }) => ({
      variables: input.variables,
      onErrorText: input.onErrorText,
      block: firstBlock,
      visits: 0,
      transitions: 0,
      earlyReply: null,
      problem: null,
      ...(input.engineVersion !== undefined && { engineVersion: input.engineVersion }),
    }),
    on: {
      'customer.left': toState(runState.done),
      'run.stop': {
        ...toState(runState.failed),
        actions: assign({ problem: ({ event }) => event.problem }),
      },
      ...(words.length > 0 && { 'run.anywhere': words.map(toWordTransition) }),
    },
    states: {
      [runState.idle]: {
        on: {
          'run.begin': toState(firstBlock),
          ...(hasEntrances && { 'run.enter': Object.keys(blocks).map(toEntrance) }),
        },
      },
      ...blocks,
      [runState.onError]: onErrorState,
      [runState.done]: { id: runState.done, type: 'final' },
      [runState.failed]: { id: runState.failed, type: 'final' },
    },
    // A backstop only: `MAX_HOPS` stops a scenario's own loops, so getting here is a fault of this engine.
    options: { maxIterations: 10 * MAX_HOPS },
  });
}

function toEntrance(block: string) {
  return {
    ...toState(block),
    guard: ({ event }: { event: RunEvent }) => event.type === 'run.enter' && event.block === block,
  };
}

/** Which rule it is, and whether it holds in the block, is decided before the machine hears of it (`run/hear-words.ts`). */
function toWordTransition({ target, searches }: WordWay, rule: number) {
  return {
    ...toState(target),
    guard: ({ event }: { event: RunEvent }) => event.type === 'run.anywhere' && event.rule === rule,
    actions: [
      {
        type: 'leave' as const,
        params: ({ context }: { context: RunContext }) => ({ block: context.block, way: target.name }),
      },
      emitEffect((context) =>
        searches.has(context.block) ? { kind: 'cancel-find-agent', id: getEffectId(context) } : undefined,
      ),
    ],
  };
}

/** What happens to a block's state in the machine: it counts its visits, and loops through it are bounded. */
export function asBlockState(id: string, state: BlockState): BlockState {
  const beginVisit = runSetup.assign({
    block: id,
    visits: ({ context }) => context.visits + 1,
    transitions: ({ context }) => context.transitions + 1,
    earlyReply: null,
    hasTapped: false,
    asked: undefined,
  });
  return withTraceAndBound(id, { ...state, id, entry: [beginVisit, ...listOf(state.entry)] });
}

/** Lets the end of the customer's side lead to a block instead of ending the run; the agent's side is cleared first. */
export function withCustomerLeft(state: BlockState, catchBlock: string): BlockState {
  const caught = {
    ...toState({ state: catchBlock, name: CUSTOMER_LEFT, error: 'caught' }),
    actions: emitEffect((context, event) => ({
      kind: 'end-chat',
      id: getEffectId(context),
      cause: event.type === 'customer.left' ? event.cause : '',
    })),
  };
  return { ...state, on: { ...state.on, 'customer.left': caught } };
}

/** What went wrong, for the blocks that deal with it. */
function noteException(
  block: string,
  { way, error }: { way: string; error: 'caught' | 'wired' },
): ReturnType<typeof runSetup.assign> {
  return runSetup.assign({
    variables: ({ context, event }) =>
      withVariable(context.variables, ['exception'], {
        outcome: nameOutcome(way, error),
        block,
        exit: way,
        reason: getReason(event),
      }),
  });
}

/** What is wired is no exception: the author has thought of it. */
function nameOutcome(way: string, error: 'caught' | 'wired'): string {
  if (error === 'wired') return 'No';
  return way === CUSTOMER_LEFT ? 'Disconnect' : 'Error';
}

function getReason(event: RunEvent): string {
  if (event.type === 'customer.left') return event.cause;
  return 'reason' in event ? (event.reason ?? '') : '';
}

/**
 * Makes every transition that leaves the block say so (the run's path, for tests, reports and coverage), and bounds loops:
 * a way out stands before the immediate transitions of every state, since an inner one is taken before its parent's.
 */
function withTraceAndBound(block: string, state: BlockState): BlockState {
  const { always, on, after, states } = state;
  const traced = (transitions: unknown): unknown => traceAll(block, transitions);
  return {
    ...state,
    always: always === undefined ? undefined : [tooManyTransitions, ...traceAll(block, always)],
    on: on && mapValues<unknown>(on, traced),
    after: after && mapValues<unknown>(after, traced),
    states: states && mapValues<BlockState>(states, (inner) => withTraceAndBound(block, inner)),
  } as BlockState;
}

function traceAll(block: string, transitions: unknown): readonly AnyTransition[] {
  return listOf(transitions as AnyTransition).map((transition) => trace(block, transition));
}

/** Every transition comes out with the same keys in the same order: XState copies them, which is slow where each is of a shape of its own. */
function trace(block: string, { target, reenter = false, guard, meta, actions }: AnyTransition): AnyTransition {
  if (meta?.way === undefined) return { target, reenter, guard, meta, actions };
  const { way, error } = meta;
  const traced: unknown[] = [{ type: 'leave', params: { block, way } }];
  for (const action of listOf(actions)) traced.push(action);
  if (error !== undefined) traced.push(noteException(block, { way, error }));
  return { target, reenter, guard, meta, actions: traced };
}

/** What the walk over a block's transitions needs to know of one; XState's own types tell every event apart. */
interface AnyTransition {
  target?: unknown;
  reenter?: boolean;
  guard?: unknown;
  meta?: { way: string; error?: 'caught' | 'wired' } | undefined;
  actions?: unknown;
}

/** Compiling does this for every state, so without the arrays that `Object.entries` makes. */
function mapValues<Value>(map: Readonly<Record<string, Value>>, change: (value: Value) => unknown): object {
  const changed: Record<string, unknown> = {};
  for (const key in map) if (Object.hasOwn(map, key)) changed[key] = change(map[key] as Value);
  return changed;
}

const tooManyTransitions = {
  ...toState(runState.failed),
  guard: ({ context }: { context: { transitions: number } }) => context.transitions > MAX_HOPS,
  actions: runSetup.assign({ problem: ({ context }) => loopProblem(context.block) }),
};

export function loopProblem(block: string): string {
  return `Block "${block}" is part of a loop that went through ${MAX_HOPS} blocks without waiting for anybody.`;
}

function listOf<Item>(items: Item | readonly Item[] | undefined): readonly Item[] {
  if (items === undefined) return [];
  return isList(items) ? items : [items];
}

function isList<Item>(items: Item | readonly Item[]): items is readonly Item[] {
  return Array.isArray(items);
}

/** Where failure exits lead that the author did not wire: the entry's error text, then the end. */
const onErrorState: BlockState = {
  id: runState.onError,
  entry: runSetup.assign({ visits: ({ context }) => context.visits + 1 }),
  initial: 'deciding',
  states: {
    deciding: {
      always: [
        { ...toState(runState.done), guard: ({ context }) => errorText(context).trim() === '' },
        { target: 'sending' },
      ],
    },
    sending: {
      entry: emitEffect((context) => ({
        kind: 'send-message',
        id: getEffectId(context),
        text: filledErrorText(context),
        quickReplies: [],
      })),
      on: {
        'message.sent': { ...toState(runState.done), guard: isAnswer },
        'message.failed': { ...toState(runState.done), guard: isAnswer },
      },
    },
  },
};

/** In the language of the run, where it is in several. */
function errorText({ onErrorText, variables }: Pick<RunContext, 'onErrorText' | 'variables'>): string {
  return textIn(onErrorText, findLanguage(variables));
}

/** The error text is an entry's setting and was checked by nobody here: what does not parse goes out as written. */
function filledErrorText(context: Pick<RunContext, 'onErrorText' | 'variables'>): string {
  const text = errorText(context);
  const parsed = parseTemplate(text);
  return 'fault' in parsed ? text : fillTemplate(parsed.template, context.variables);
}
