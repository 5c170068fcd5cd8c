import type { TimerKind } from '../../contracts/conversation-timer.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import type { ScenarioState } from './step.ts';

type ScenarioTimerKind = Extract<TimerKind, 'wait' | 'question' | 'operation' | 'search' | 'offer'>;

const BY_TYPE: Partial<Record<string, ScenarioTimerKind>> = {
  wait: 'wait',
  'find-agent': 'search',
  'connect-chat': 'offer',
};

/** A timer of a run as people see it. `isBrief`: over before anybody could do something about it. */
export interface ScenarioTimer {
  id: string;
  at: number;
  kind: ScenarioTimerKind;
  isBrief: boolean;
}

/** What the world is given to answer is mostly shorter than this; how long the customer may be silent amid an answer always. */
const BRIEF_MS = 60_000;

/** What a run waits for by the clock, in the order in which it was armed. All of it is its current block's. */
export function describeTimers(
  { blocks }: Pick<CompiledScenario, 'blocks'>,
  { snapshot: { context }, deadlines }: ScenarioState,
): ScenarioTimer[] {
  const type = blocks.find(({ id }) => id === context.block)?.type ?? '';
  return deadlines.map(({ id, at }) => {
    const isGathering = /\.gathering(\.|$)/.test(id);
    const kind = BY_TYPE[type] ?? (isGathering || id.endsWith('.waiting') ? 'question' : 'operation');
    const isBrief = isGathering || (kind === 'operation' && delayOf(id) < BRIEF_MS);
    return { id, at, kind, isBrief };
  });
}

/** XState names a timer by how long it is: `xstate.after.<milliseconds>.<state>`. Infinity where that is worked out. */
function delayOf(id: string): number {
  const delay = Number(/^xstate\.after\.(\d+)\./.exec(id)?.[1] ?? Number.NaN);
  return Number.isNaN(delay) ? Infinity : delay;
}
