// What a person does to a run by hand. Pure: the same for the conversation itself and for one who only looks what it would come to.
import { LONGEST_DURATION_MS } from '../../contracts/duration.ts';
import type { Surgery, SurgeryRefusal } from '../../contracts/surgery.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
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

/** What it comes to. Never throws because of what is asked; a run that is refused is as it was. */
export function operateRun(scenario: CompiledScenario, state: ScenarioState, surgery: Surgery, now: number): Operated {
  const standing = standingOf(scenario, state);
  if (standing === 'ended') return refuse('ended');
  switch (surgery.kind) {
    case 'go-to-block': {
      if (standing === 'busy' || standing === 'with-agent') return refuse(standing);
      return goToBlock(scenario, state, surgery.block, now);
    }
    case 'set-variable':
      return setVariable(state, surgery);
    case 'fire-timer': {
      const timer = state.deadlines.find(({ id }) => id === surgery.timer);
      if (!timer) return refuse('no-timer');
      const due = retimed(state, timer.id, Math.min(timer.at, now));
      return {
        outcome: 'done',
        step: step(scenario, due, { type: 'deadline', id: timer.id }, now),
        before: iso(timer.at),
        after: iso(now),
      };
    }
    case 'put-off-timer': {
      const timer = state.deadlines.find(({ id }) => id === surgery.timer);
      if (!timer) return refuse('no-timer');
      const at = now + LONGEST_DURATION_MS;
      return { outcome: 'done', step: staying(retimed(state, timer.id, at)), before: iso(timer.at), after: iso(at) };
    }
  }
}

function goToBlock(scenario: CompiledScenario, state: ScenarioState, block: string, now: number): Operated {
  if (!scenario.blocks.some(({ id }) => id === block)) return refuse('no-block');
  const moved = begin({ from: scenario, to: scenario }, { state, block, now });
  return moved.outcome === 'refused' ? refuse('would-fail') : { outcome: 'done', step: moved.step };
}

function setVariable(state: ScenarioState, { name, value }: Extract<Surgery, { kind: 'set-variable' }>): Operated {
  if (NOT_SETTABLE.has(name)) return refuse('not-settable');
  const { snapshot } = state;
  const { [name]: old, ...others } = snapshot.context.variables;
  const variables = value === null ? others : { ...others, [name]: value };
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
