// Takes a run from one version of a scenario to another. Pure: the same for a conversation that is moved and for one that is only
// looked at, to say beforehand what would become of it.
import type { BlockMap, MoveKind, MoveRefusal } from '../../contracts/scenario-move.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import type { ScenarioBlock } from '../document/document.ts';
import type { Variables } from '../expression/variables.ts';
import { getEffectId, type RunContext } from '../machine/run-setup.ts';
import type { Deadline } from '../run/interpret-actions.ts';
import { enterBlock, type Effect, type ScenarioState, type StepResult } from '../run/step.ts';
import { sameStateIn, standingOf, timersOf, type Timer } from './live-state.ts';
import { isGoneOnIn } from './map-blocks.ts';

/** The two versions, and where runs go, as `planBlocks` completes it. */
export interface Move {
  from: CompiledScenario;
  to: CompiledScenario;
  blocks: BlockMap;
}

/** `block`: where the run was. `step`: the run under the new version, as a step would give it. */
export type Moved =
  { outcome: MoveKind; block: string; step: StepResult } | { outcome: 'refused'; block: string; reason: MoveRefusal };

/** What would become of a run, or has: its state is never one that the new version does not have. */
export function moveRun(move: Move, state: ScenarioState, now: number): Moved {
  const { from, to, blocks } = move;
  const { block } = state.snapshot.context;
  const standing = standingOf(from, state);
  if (standing === 'ended') return refuse(block, 'ended');
  const wanted = Object.hasOwn(blocks, block) ? blocks[block] : undefined;
  if (wanted === null) return refuse(block, 'left-out');
  const target = to.blocks.find(({ id }) => id === wanted);
  if (!target) return refuse(block, 'no-block');
  const continued = continueIn(move, { state, target, now });
  if (continued) return { outcome: 'continues', block, step: continued };
  if (standing === 'busy' || standing === 'with-agent') return refuse(block, standing);
  return begin(move, { state, block: target.id, now });
}

function refuse(block: string, reason: MoveRefusal): Moved {
  return { outcome: 'refused', block, reason };
}

/** Enters a block anew. A search for an agent is taken back: what the block asks for is asked then, at the old place in the queue. */
export function begin(
  { from, to }: Pick<Move, 'from' | 'to'>,
  { state, block: target, now }: { state: ScenarioState; block: string; now: number },
): Moved {
  const { context } = state.snapshot;
  const { block } = context;
  const { talk: _talk, turns: _turns, ...kept } = takenOver(context, { from, to });
  const left = enterBlock(to, { context: kept, block: target }, now);
  if (left.status === 'failed') return refuse(block, 'would-fail');
  const effects = [...withdrawals(from, state), ...left.effects];
  const path = [{ block, way: MOVED }, ...left.path];
  return { outcome: 'begins', block, step: { ...left, effects, path } };
}

/** The way by which a run leaves a block that a person takes it out of. */
const MOVED = 'moved';

/** What a run that leaves its block asks the world to forget. */
export function withdrawals(from: CompiledScenario, state: ScenarioState): Effect[] {
  if (standingOf(from, state) !== 'searching') return [];
  return [{ kind: 'cancel-find-agent', id: getEffectId(state.snapshot.context) }];
}

/** The run goes on in the middle of the block, with its timers as that block has them; undefined where the block has no such state. */
function continueIn(
  { from, to }: Pick<Move, 'from' | 'to'>,
  { state, target, now }: { state: ScenarioState; target: ScenarioBlock; now: number },
): StepResult | undefined {
  const { snapshot, deadlines } = state;
  const block = from.blocks.find(({ id }) => id === snapshot.context.block);
  const value = sameStateIn(to, snapshot.value, target.id);
  if (!block || value === undefined || !isGoneOnIn(block, target, standingOf(from, state))) return undefined;
  const timers = retime({ before: timersOf(from, snapshot.value), after: timersOf(to, value), deadlines, now });
  if (!timers) return undefined;
  const visit = getEffectId(snapshot.context);
  const taken = { ...takenOver(snapshot.context, { from, to }), block: target.id };
  // What it has asked the world is answered under the name by which it was asked.
  const { asked: _asked, ...named } = taken;
  const context = getEffectId(named) === visit ? named : { ...named, asked: visit };
  return {
    state: { snapshot: { value, context, status: 'active' }, deadlines: timers },
    effects: [],
    path: [],
    status: 'running',
    block: target.id,
  };
}

interface Timers {
  before: readonly Timer[];
  after: readonly Timer[];
  deadlines: readonly Deadline[];
  now: number;
}

/** Undefined where one cannot be known. */
function retime({ before, after, deadlines, now }: Timers): Deadline[] | undefined {
  const retimed = after.map((timer, index) => {
    const old = before[index];
    const armed = old && deadlines.find(({ id }) => id === old.id);
    const at = armed ? armed.at + longerBy(old, timer) : now + (timer.delayMs ?? Number.NaN);
    return { id: timer.id, at };
  });
  return retimed.some(({ at }) => Number.isNaN(at)) ? undefined : retimed;
}

/** Each timer counts from when it was armed, as long as the new version says; one that waits until a moment waits until that one. */
function longerBy(before: Timer, after: Timer): number {
  if (before.delayMs === undefined && after.delayMs === undefined) return 0;
  return (after.delayMs ?? Number.NaN) - (before.delayMs ?? Number.NaN);
}

/** What the run remembers, as the new version knows it: its rules, its time zone and its languages. */
function takenOver(context: RunContext, { from, to }: Pick<Move, 'from' | 'to'>): RunContext {
  const { heard = [], ...rest } = context;
  const variables = withPlace(context.variables, { from: from.place, to: to.place });
  const fitting = heard.length === 0 ? [] : (to.rules?.listFitting(variables) ?? []);
  return { ...rest, transitions: 0, variables, ...(fitting.length > 0 && { heard: fitting }) };
}

/** What only one of the two says of where its customers are. What was set otherwise meanwhile stays. */
function withPlace(variables: Variables, place: { from: Variables; to: Variables }): Variables {
  const changed: Record<string, unknown> = { ...variables };
  for (const key of new Set([...Object.keys(place.from), ...Object.keys(place.to)])) {
    if (JSON.stringify(variables[key]) !== JSON.stringify(place.from[key])) continue;
    if (Object.hasOwn(place.to, key)) changed[key] = place.to[key];
    else delete changed[key];
  }
  return changed;
}
