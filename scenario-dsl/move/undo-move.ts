import type { MoveKind } from '../../contracts/scenario-move.ts';
import type { Variables } from '../expression/variables.ts';
import { getEffectId, type RunContext } from '../machine/run-setup.ts';
import type { ScenarioState } from '../run/step.ts';
import { standingOf } from './live-state.ts';
import { begin, moveRun, withdrawals, type Move, type Moved } from './move-run.ts';

type Value = ScenarioState['snapshot']['value'];

/** What is kept of a run that was moved, so that it can be moved back: all but the variables that the move did not change. */
export interface MoveTrace {
  kind: MoveKind;
  value: Value;
  context: Omit<RunContext, 'variables' | 'onErrorText'>;
  deadlines: ScenarioState['deadlines'];
  /** It was looking for an agent, which was taken back. */
  isSearchLost: boolean;
  /** By name, as JSON; a variable that was not there has none. */
  variables: Record<string, { before?: string; after?: string }>;
  /** How the move left it. */
  left: { value: Value; visits: number; deadlines: ScenarioState['deadlines'] };
}

/** What is to be kept of a run that has been moved. */
export function traceMove(
  { from }: Pick<Move, 'from'>,
  before: ScenarioState,
  { outcome, step: { state: after } }: Exclude<Moved, { outcome: 'refused' }>,
): MoveTrace {
  const { variables, onErrorText: _onErrorText, ...context } = before.snapshot.context;
  const { context: now, value } = after.snapshot;
  return {
    kind: outcome,
    value: before.snapshot.value,
    context,
    deadlines: before.deadlines,
    isSearchLost: outcome !== 'continues' && standingOf(from, before) === 'searching',
    variables: changesOf(variables, now.variables),
    left: { value, visits: now.visits, deadlines: after.deadlines },
  };
}

/**
 * Moves a run back. Where nothing has happened to it since it is as it was before; what it has said meanwhile stays said. Where
 * it has gone on it goes back by the blocks, as any run that is moved.
 */
export function undoMove(move: Move, { state, trace }: { state: ScenarioState; trace: MoveTrace }, now: number): Moved {
  const { block } = state.snapshot.context;
  const standing = standingOf(move.from, state);
  if (standing === 'ended' || !isAsLeft(state, trace)) return moveRun(move, state, now);
  if (trace.kind !== 'continues' && (standing === 'busy' || standing === 'with-agent'))
    return { outcome: 'refused', block, reason: standing };
  if (trace.isSearchLost) return begin(move, { state, block: trace.context.block, now });
  const restored = restore(state, trace);
  return {
    outcome: 'restored',
    block,
    step: {
      state: restored,
      effects: trace.kind === 'continues' ? [] : withdrawals(move.from, state),
      path: [],
      status: 'running',
      block: trace.context.block,
    },
  };
}

function restore({ snapshot: { context } }: ScenarioState, trace: MoveTrace): ScenarioState {
  const { visits, onErrorText } = context;
  const variables = withoutChanges(context.variables, trace.variables);
  const before: RunContext = { ...trace.context, variables, onErrorText };
  // Visits are never counted back: what was said meanwhile has their names.
  const named = visits === before.visits ? before : { ...before, visits, asked: getEffectId(before) };
  return { snapshot: { value: trace.value, context: named, status: 'active' }, deadlines: trace.deadlines };
}

/** A block that it began there it may have asked its question in meanwhile; in the middle of one nothing may have changed. */
function isAsLeft(state: ScenarioState, { kind, left }: MoveTrace): boolean {
  return kind === 'continues' ? isSame(leftOf(state), left) : leftOf(state).visits === left.visits;
}

function leftOf({ snapshot: { value, context }, deadlines }: ScenarioState): MoveTrace['left'] {
  return { value, visits: context.visits, deadlines };
}

function changesOf(before: Variables, after: Variables): MoveTrace['variables'] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const change = { ...asJson('before', before[name]), ...asJson('after', after[name]) };
      return change.before === change.after ? [] : [[name, change] as const];
    }),
  );
}

function asJson<Key extends string>(key: Key, value: unknown): { [key in Key]?: string } {
  return value === undefined ? {} : ({ [key]: JSON.stringify(value) } as { [key in Key]?: string });
}

/** What was set otherwise since then stays. */
function withoutChanges(variables: Variables, changes: MoveTrace['variables']): Variables {
  const restored: Record<string, unknown> = { ...variables };
  for (const [name, { before, after }] of Object.entries(changes)) {
    if (asJson('now', restored[name]).now !== after) continue;
    if (before === undefined) delete restored[name];
    else restored[name] = JSON.parse(before);
  }
  return restored;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
