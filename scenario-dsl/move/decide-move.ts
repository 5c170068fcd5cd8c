import type { BlockMap, ScenarioPin } from '../../contracts/scenario-move.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import type { ScenarioState } from '../run/step.ts';
import { invertMap, planBlocks } from './map-blocks.ts';
import { moveRun, type Moved } from './move-run.ts';
import { undoMove, type MoveTrace } from './undo-move.ts';

/** How a run came to the version that it is on. */
export interface EarlierMove {
  from: ScenarioPin;
  blocks: BlockMap;
  trace: MoveTrace;
}

/** A run that is to go, or is asked what would become of it. `blocks`: where somebody wants it to go. */
export interface Decision {
  from: CompiledScenario;
  to: CompiledScenario;
  pin: ScenarioPin;
  blocks: BlockMap;
  state: ScenarioState;
  earlier: EarlierMove | undefined;
  now: number;
}

/** What a move comes to; back to where it was moved from a run goes as it was, as far as it has not gone on since. */
export function decideMove({ from, to, pin, blocks, state, earlier, now }: Decision): Moved {
  const isBack = earlier !== undefined && isSamePin(earlier.from, pin);
  const given = isBack ? { ...invertMap(earlier.blocks), ...blocks } : blocks;
  const versions = { from, to, blocks: planBlocks(from, to, given) };
  return isBack ? undoMove(versions, { state, trace: earlier.trace }, now) : moveRun(versions, state, now);
}

/** Whether two are the same version, with the same versions of what it starts. */
export function isSamePin(one: ScenarioPin, other: ScenarioPin): boolean {
  return one.version === other.version && keyOfPin(one) === keyOfPin(other);
}

/** A version with its pins as a text: the same for the same. */
export function keyOfPin({ version, scenarios = {} }: ScenarioPin): string {
  return JSON.stringify([version, Object.entries(scenarios).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}
