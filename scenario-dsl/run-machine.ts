import { assign } from 'xstate';
import {
  customerLeft,
  emitEffect,
  getEffectId,
  isAnswer,
  runSetup,
  runState,
  toState,
  type BlockState,
  type RunEvent,
  type RunInput,
} from './run-setup.ts';
import { fillTemplate, parseTemplate } from './template.ts';
import { withVariable } from './variables.ts';

/** So many blocks in a row without a person, an agent or a clock moving the run on are a loop. */
export const maxHops = 1000;

/** What XState's own throw-away actors begin with. */
const noInput: RunInput = { variables: {}, onErrorText: '' };

export type RunMachine = ReturnType<typeof createRunMachine>;

/** Builds a scenario's machine from the states of its blocks, keyed by block id. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- XState's machine type cannot be written by hand
export function createRunMachine(firstBlock: string, blocks: Record<string, BlockState>) {
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
      hops: 0,
      earlyReply: null,
      problem: null,
    }),
    on: {
      'customer.left': toState(runState.done),
      'run.stop': {
        ...toState(runState.failed),
        actions: assign({ problem: ({ event }) => event.problem }),
      },
    },
    states: {
      [runState.idle]: { on: { 'run.begin': toState(firstBlock) } },
      ...blocks,
      [runState.onError]: onErrorState,
      [runState.done]: { id: runState.done, type: 'final' },
      [runState.failed]: { id: runState.failed, type: 'final' },
    },
    // A backstop only: `maxHops` stops a scenario's own loops, so getting here is a fault of this engine.
    options: { maxIterations: 10 * maxHops },
  });
}

/** What happens to a block's state in the machine: it counts its visits, and loops through it are bounded. */
export function asBlockState(id: string, state: BlockState): BlockState {
  const beginVisit = runSetup.assign({
    block: id,
    visits: ({ context }) => context.visits + 1,
    hops: ({ context }) => context.hops + 1,
    earlyReply: null,
  });
  return { ...withLoopBound(withTrace(id, state)), id, entry: [beginVisit, ...listOf(state.entry)] };
}

/** Lets the end of the customer's side lead to a block instead of ending the run; the agent's side is cleared first. */
export function withCustomerLeft(state: BlockState, catchBlock: string): BlockState {
  const caught = {
    ...toState({ state: catchBlock, name: customerLeft, isCaught: true }),
    actions: emitEffect((context, event) => ({
      kind: 'end-chat',
      id: getEffectId(context),
      cause: event.type === 'customer.left' ? event.cause : '',
    })),
  };
  return { ...state, on: { ...state.on, 'customer.left': caught } };
}

/** What was caught, for the blocks that deal with it. */
function noteException(block: string, way: string): ReturnType<typeof runSetup.assign> {
  return runSetup.assign({
    variables: ({ context, event }) =>
      withVariable(context.variables, ['exception'], {
        outcome: way === customerLeft ? 'Disconnect' : 'Error',
        block,
        exit: way,
        reason: getReason(event),
      }),
  });
}

function getReason(event: RunEvent): string {
  if (event.type === 'customer.left') return event.cause;
  return 'reason' in event ? (event.reason ?? '') : '';
}

/** Makes every transition that leaves the block say so: the run's path, for tests, reports and coverage. */
function withTrace(block: string, state: BlockState): BlockState {
  const trace = (transition: AnyTransition): AnyTransition => {
    const { way, isCaught } = transition.meta ?? {};
    if (way === undefined) return transition;
    const note = isCaught ? [noteException(block, way)] : [];
    return {
      ...transition,
      actions: [{ type: 'leave', params: { block, way } }, ...listOf(transition.actions), ...note],
    };
  };
  const traceAll = (transitions: unknown): unknown => listOf(transitions as AnyTransition).map(trace);
  const traceEach = (map: object): object =>
    Object.fromEntries(Object.entries(map).map(([event, transitions]) => [event, traceAll(transitions)]));
  return {
    ...state,
    ...(state.always === undefined ? {} : { always: traceAll(state.always) }),
    ...(state.on === undefined ? {} : { on: traceEach(state.on) }),
    ...(state.after === undefined ? {} : { after: traceEach(state.after) }),
    ...(state.states === undefined ? {} : { states: mapStates(state.states, (inner) => withTrace(block, inner)) }),
  } as BlockState;
}

/** What the walk over a block's transitions needs to know of one; XState's own types tell every event apart. */
interface AnyTransition {
  meta?: { way: string; isCaught?: boolean };
  actions?: unknown;
}

function mapStates(
  states: NonNullable<BlockState['states']>,
  change: (state: BlockState) => BlockState,
): Record<string, BlockState> {
  return Object.fromEntries(Object.entries(states).map(([name, inner]) => [name, change(inner as BlockState)]));
}

/** Prepends a way out to every immediate transition, since an inner one is taken before its parent's. */
function withLoopBound(state: BlockState): BlockState {
  const bounded = { ...state };
  if (state.always !== undefined) bounded.always = [tooManyHops, ...listOf(state.always)];
  if (state.states !== undefined) bounded.states = mapStates(state.states, withLoopBound);
  return bounded;
}

const tooManyHops = {
  ...toState(runState.failed),
  guard: ({ context }: { context: { hops: number } }) => context.hops > maxHops,
  actions: runSetup.assign({ problem: ({ context }) => loopProblem(context.block) }),
};

export function loopProblem(block: string): string {
  return `Block "${block}" is part of a loop that went through ${maxHops} blocks without waiting for anybody.`;
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
        { ...toState(runState.done), guard: ({ context }) => context.onErrorText.trim() === '' },
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

/** The error text is an entry's setting and was checked by nobody here: what does not parse goes out as written. */
function filledErrorText({
  onErrorText,
  variables,
}: {
  onErrorText: string;
  variables: Record<string, unknown>;
}): string {
  const parsed = parseTemplate(onErrorText);
  return 'fault' in parsed ? onErrorText : fillTemplate(parsed.template, variables);
}
