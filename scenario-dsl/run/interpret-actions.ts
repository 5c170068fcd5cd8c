import { isRecord } from '../../contracts/is-record.ts';
import type { Effect } from '../machine/effect.ts';
import type { TakenWay } from '../machine/run-setup.ts';

/** A timer that the machine has armed. `id` is also the type of the event that it sends when it is due. */
export interface Deadline {
  id: string;
  at: number;
}

/** An action as XState's pure transitions give it. */
interface Action {
  type: string;
  params: unknown;
}

/**
 * Turns the actions of a pure transition into data: own effects, ways taken, and timers armed and cancelled.
 * The action types are XState's internals (hence its exact pin); one that we do not know is our bug and throws.
 */
export function interpretActions(
  actions: readonly Action[],
  armed: readonly Deadline[],
  now: number,
): { deadlines: Deadline[]; effects: Effect[]; path: TakenWay[] } {
  let deadlines = [...armed];
  const effects: Effect[] = [];
  const path: TakenWay[] = [];
  for (const { type, params } of actions) {
    if (type === 'effect' && params === undefined) continue;
    if (type === 'effect' && isEffect(params)) effects.push(params);
    else if (type === 'leave' && isTakenWay(params)) path.push(params);
    else if (type === 'xstate.raise' && isAfterTimer(params)) deadlines.push({ id: params.id, at: now + params.delay });
    else if (type === 'xstate.cancel' && isCancel(params)) deadlines = without(deadlines, params.sendId);
    else throw new Error(`XState gave an action "${type}" that the scenario engine does not know.`);
  }
  return { deadlines, effects, path };
}

function without(deadlines: readonly Deadline[], id: string): Deadline[] {
  return deadlines.filter((deadline) => deadline.id !== id);
}

/** Only `emitEffect` makes actions of this type, and its parameter is an Effect. */
function isEffect(params: unknown): params is Effect {
  return isRecord(params) && typeof params['kind'] === 'string' && typeof params['id'] === 'string';
}

function isTakenWay(params: unknown): params is TakenWay {
  return isRecord(params) && typeof params['block'] === 'string' && typeof params['way'] === 'string';
}

/** An `after` being armed: its event is named as its timer, which is what makes a due deadline an event again. */
function isAfterTimer(params: unknown): params is { id: string; delay: number } {
  if (!isRecord(params) || typeof params['id'] !== 'string' || typeof params['delay'] !== 'number') return false;
  return isRecord(params['event']) && params['event']['type'] === params['id'];
}

function isCancel(params: unknown): params is { sendId: string } {
  return isRecord(params) && typeof params['sendId'] === 'string';
}
