// What a person does to a run by hand. Pure: the same for the conversation itself and for one who only looks what it would come to.
import { LONGEST_DURATION_MS } from '../../contracts/duration.ts';
import type { Surgery, SurgeryRefusal } from '../../contracts/surgery.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import { findVariable, parseVariablePath, withoutVariable, withVariable } from '../expression/variables.ts';
import { step, type ScenarioState, type StepResult } from '../run/step.ts';
import { standingOf } from './live-state.ts';
import { begin } from './move-run.ts';

/** `step`: the run afterwards, as a step would give it. `before`, `after`: as `SurgeryAnswer` has them. */
export type Operated =
  | { outcome: 'done'; step: StepResult; before?: string; after?: string }
  | { outcome: 'refused'; reason: SurgeryRefusal };

/** These are the world's or the machine's: what would be set is overwritten, or believed by nobody. */
const NOT_SETTABLE = new Set([
  'item',
  'now',
  'today',
  'exception',
  'customer',
  'page',
  'entry',
  'service',
  'agent',
  'queue',
]);

/** A run at a moment. */
interface LiveRun {
  scenario: CompiledScenario;
  state: ScenarioState;
  now: number;
}

/** What it comes to. Never throws because of what is asked; a run that is refused is as it was. */
export function operateRun(run: LiveRun, surgery: Surgery): Operated {
  const standing = standingOf(run.scenario, run.state);
  if (standing === 'ended') return refuse('ended');
  if (surgery.kind === 'set-variable') return setVariable(run.state, surgery);
  if (surgery.kind !== 'go-to-block') return changeTimer(run, surgery);
  if (standing === 'busy' || standing === 'with-agent') return refuse(standing);
  return goToBlock(run, surgery.block);
}

function changeTimer({ scenario, state, now }: LiveRun, surgery: Extract<Surgery, { timer: string }>): Operated {
  const { timer } = surgery;
  const armed = state.deadlines.find(({ id }) => id === timer);
  if (!armed) return refuse('no-timer');
  const at = turnedTo(surgery, armed.at, now);
  const changed = retimed(state, timer, at);
  const left =
    surgery.kind === 'fire-timer' ? step(scenario, changed, { type: 'deadline', id: timer }, now) : staying(changed);
  return { outcome: 'done', step: left, before: iso(armed.at), after: iso(at) };
}

/** When a timer is due afterwards; no wait is for ever. */
export function turnedTo(surgery: Extract<Surgery, { timer: string }>, at: number, now: number): number {
  if (surgery.kind === 'fire-timer') return Math.min(at, now);
  const latest = now + LONGEST_DURATION_MS;
  return surgery.seconds === undefined ? latest : Math.min(latest, Math.max(at, now) + surgery.seconds * 1000);
}

function goToBlock({ scenario, state, now }: LiveRun, block: string): Operated {
  if (!scenario.blocks.some(({ id }) => id === block)) return refuse('no-block');
  const moved = begin({ from: scenario, to: scenario }, { state, block, now });
  return moved.outcome === 'refused' ? refuse('would-fail') : { outcome: 'done', step: moved.step };
}

function setVariable(state: ScenarioState, { name, value }: Extract<Surgery, { kind: 'set-variable' }>): Operated {
  const path = parseVariablePath(name);
  if (!path || NOT_SETTABLE.has(path[0] ?? '')) return refuse('not-settable');
  const { snapshot } = state;
  const old = findVariable(snapshot.context.variables, path);
  const variables =
    value === null
      ? withoutVariable(snapshot.context.variables, path)
      : withVariable(snapshot.context.variables, path, value);
  const changed = { ...state, snapshot: { ...snapshot, context: { ...snapshot.context, variables } } };
  return {
    outcome: 'done',
    step: staying(changed),
    ...(old !== undefined && { before: JSON.stringify(old) }),
    ...(value !== null && { after: JSON.stringify(value) }),
  };
}

function retimed(state: ScenarioState, timer: string, at: number): ScenarioState {
  const deadlines = state.deadlines.map((deadline) => (deadline.id === timer ? { ...deadline, at } : deadline));
  return { ...state, deadlines };
}

function staying(state: ScenarioState): StepResult {
  return { state, effects: [], path: [], status: 'running', block: state.snapshot.context.block };
}

function refuse(reason: SurgeryRefusal): Operated {
  return { outcome: 'refused', reason };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
