// The scenario engine's door: pure functions of (scenario, state, event, now). They run in the workflow sandbox, the api,
// the browser, the CLI and tests, so nothing here reads a clock, draws a random number or keeps anything between calls.
import { initialTransition, transition, type SnapshotFrom } from 'xstate';
import { ENGINE_VERSION } from '../../contracts/engine-version.ts';
import type { SettingText } from '../../contracts/setting-text.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import { loopProblem, MAX_HOPS, type RunMachine } from '../compile/run-machine.ts';
import { withNow } from '../expression/place.ts';
import type { Effect } from '../machine/effect.ts';
import { runState, type RunContext, type RunEvent, type TakenWay, type TimerName } from '../machine/run-setup.ts';
import type { ScenarioEvent } from '../machine/scenario-event.ts';
import { hearMessage, hearOpening, takeHeard, withoutVisit } from './hear-words.ts';
import { interpretActions, type Deadline } from './interpret-actions.ts';
import { withItem, withReferral, withWindowEnd } from './item-variables.ts';

export type { Effect, ScenarioEvent };

/** What a run starts with. `onErrorText` is sent when a failure exit that the author did not wire is taken. */
export interface ScenarioInput {
  variables: Record<string, unknown>;
  onErrorText?: SettingText;
  /** Of the run that a workflow is in: what it decided before, it decides again. This one where left out. */
  engineVersion?: number;
}

/** A run between two steps. Plain JSON: it survives any storage, and any other version of the process. */
export interface ScenarioState {
  snapshot: {
    value: SnapshotFrom<RunMachine>['value'];
    context: RunContext;
    status: 'active' | 'done';
  };
  /** `at` is in milliseconds since 1970; each becomes a `deadline` event when it is due. */
  deadlines: Deadline[];
}

export interface StepResult {
  state: ScenarioState;
  /** In the order in which they are to be started. */
  effects: Effect[];
  /** The blocks that this step left, each with the way it left by. */
  path: TakenWay[];
  /** `failed` is the scenario's own fault (an endless loop); `problem` says which. Neither `done` nor `failed` goes on. */
  status: 'running' | 'done' | 'failed';
  /** The current block; after the end the last one. */
  block: string;
  problem?: string;
}

/** Starts a run at the scenario's first block. The customer's first message is `variables.item.message`. */
export function startScenario(scenario: CompiledScenario, input: ScenarioInput, now: number): StepResult {
  const idle = begin(scenario, input, now);
  const context = hearOpening(scenario.rules, idle.context, idle.context.variables);
  const snapshot = scenario.machine.resolveState({ value: idle.value, context, status: 'active' });
  return advance(scenario, { snapshot, deadlines: [], event: { type: 'run.begin' } }, now);
}

/**
 * Starts a run that goes on where one of another scenario has stopped: its effects are counted on from `visits`, the blocks
 * that were entered so far, as their ids must not come twice in one conversation. Nobody has said anything yet that the
 * scenario has to hear; `$(item.message)` is what the customer said last.
 */
export function startNextScenario(
  scenario: CompiledScenario,
  input: ScenarioInput & { visits: number },
  now: number,
): StepResult {
  const idle = begin(scenario, input, now);
  const context = { ...idle.context, visits: input.visits };
  const snapshot = scenario.machine.resolveState({ value: idle.value, context, status: 'active' });
  return advance(scenario, { snapshot, deadlines: [], event: { type: 'run.begin' } }, now);
}

function begin(scenario: CompiledScenario, input: ScenarioInput, now: number): SnapshotFrom<RunMachine> {
  const [idle] = initialTransition(scenario.machine, {
    variables: withNow({ ...input.variables, ...scenario.place }, now),
    onErrorText: input.onErrorText ?? '',
    engineVersion: input.engineVersion ?? ENGINE_VERSION,
  });
  return idle;
}

/**
 * Tells a run what has happened. An event that nobody waits for changes nothing but `$(item.…)`; after the end nothing at all.
 * Never throws because of what a scenario, a customer or an agent did.
 */
// oxlint-disable-next-line max-params -- the engine's one verb, by its nature a function of these four
export function step(scenario: CompiledScenario, state: ScenarioState, event: ScenarioEvent, now: number): StepResult {
  if (state.snapshot.status === 'done') return describe(state, { effects: [], path: [] });
  const runEvent = toRunEvent(state, event, now);
  if (!runEvent) return describe(state, { effects: [], path: [] });
  const { value } = state.snapshot;
  const prepared = withClock(prepareContext(state.snapshot.context, runEvent), now);
  const { context, event: heard } = hearMessage(scenario.rules, { context: prepared, value }, runEvent);
  const snapshot = scenario.machine.resolveState({ value, context, status: 'active' });
  const deadlines = state.deadlines.filter(({ id }) => id !== runEvent.type);
  return advance(scenario, { snapshot, deadlines, event: stopLoop(context, heard) }, now);
}

/**
 * Goes on at the beginning of a block, whatever the run did before: its timers are gone, what it knows stays. For a run that
 * comes from another version of the scenario.
 */
export function enterBlock(
  scenario: CompiledScenario,
  { context, block }: { context: RunContext; block: string },
  now: number,
): StepResult {
  const machine = scenario.entrances();
  const snapshot = machine.resolveState({ value: runState.idle, context: withClock(context, now), status: 'active' });
  return advance({ ...scenario, machine }, { snapshot, deadlines: [], event: { type: 'run.enter', block } }, now);
}

interface Advance {
  snapshot: SnapshotFrom<RunMachine>;
  deadlines: Deadline[];
  event: RunEvent;
}

/** One pure XState transition, with its actions turned into effects and deadlines; two where words were waiting to be heard. */
function advance(scenario: CompiledScenario, run: Advance, now: number): StepResult {
  const { machine, rules } = scenario;
  const [next, actions] = transition(machine, run.snapshot, { ...run.event, now });
  if (next.status !== 'active' && next.status !== 'done') {
    throw new Error(`The machine of a scenario ended with status "${next.status}".`);
  }
  const { deadlines, ...output } = interpretActions(actions, run.deadlines, now);
  const { value, status } = next;
  const heard = status === 'done' ? undefined : takeHeard(rules, next);
  const context = heard?.context ?? next.context;
  if (heard?.rule === undefined) {
    return describe({ snapshot: { value, context, status }, deadlines: status === 'done' ? [] : deadlines }, output);
  }
  const event = { type: 'run.anywhere', rule: heard.rule } as const;
  const snapshot = machine.resolveState({ value, context, status });
  const left = advance(scenario, { snapshot, deadlines, event }, now);
  return {
    ...left,
    effects: withoutVisit([...output.effects, ...left.effects], context),
    path: [...output.path, ...left.path],
  };
}

type Output = Pick<StepResult, 'effects' | 'path'>;

function describe(state: ScenarioState, { effects, path }: Output): StepResult {
  const { status, context } = state.snapshot;
  const result = { state, effects, path, block: context.block };
  if (context.problem !== null) return { ...result, status: 'failed', problem: context.problem };
  return { ...result, status: status === 'done' ? 'done' : 'running' };
}

/**
 * A due deadline is the event of the timer it was armed for. One that is no longer armed is nothing, and so is one that is
 * not due yet: it was meant for an earlier visit to the same block.
 */
function toRunEvent(state: ScenarioState, event: ScenarioEvent, now: number): RunEvent | undefined {
  if (event.type !== 'deadline') return event;
  const deadline = state.deadlines.find(({ id }) => id === event.id);
  return deadline && deadline.at <= now && isTimerName(deadline.id) ? { type: deadline.id } : undefined;
}

function isTimerName(id: string): id is TimerName {
  return id.startsWith('xstate.after.');
}

function prepareContext(context: RunContext, event: RunEvent): RunContext {
  const transitions = isAnswerOfMachinery(event) ? context.transitions : 0;
  if (event.type === 'window.closing') {
    return { ...context, transitions, variables: withWindowEnd(context.variables, event.until) };
  }
  if (event.type === 'customer.referred') {
    return { ...context, transitions, variables: withReferral(context.variables, event.referral) };
  }
  if (event.type !== 'customer.message') return { ...context, transitions };
  return { ...context, transitions, variables: withItem(context.variables, event.message) };
}

/** `$(now)` and `$(today)` are those of the event: the same whenever it is told again. */
function withClock(context: RunContext, now: number): RunContext {
  return { ...context, variables: withNow(context.variables, now) };
}

/** These answers come by themselves, so a loop that lives on them alone is endless: it would send without pause. */
function isAnswerOfMachinery({ type }: RunEvent): boolean {
  return machinery.has(type);
}

const machinery = new Set<RunEvent['type']>([
  'message.sent',
  'message.failed',
  'agent.none',
  'agent.queue-limit',
  'queue.changed',
  'operation.completed',
]);

function stopLoop(context: RunContext, event: RunEvent): RunEvent {
  return context.transitions < MAX_HOPS ? event : { type: 'run.stop', problem: loopProblem(context.block) };
}
