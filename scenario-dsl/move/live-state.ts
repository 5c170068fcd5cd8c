import type { CompiledScenario } from '../compile/compile-scenario.ts';
import { runState } from '../machine/run-setup.ts';
import type { ScenarioState } from '../run/step.ts';

type Value = ScenarioState['snapshot']['value'];

/** What a run that stands somewhere waits for, which says what may be done with it there. */
export type Standing =
  /** Over, or saying its last words. */
  | 'ended'
  /** For an answer that comes by itself: of a message on its way, a request, an offer. */
  | 'busy'
  | 'searching'
  /** An agent talks with the customer. */
  | 'with-agent'
  /** For the customer or for the clock. */
  | 'waiting';

/** A timer that a state arms: `delayMs` where it is always as long. */
export interface Timer {
  id: string;
  delayMs: number | undefined;
}

/** What a run waits for in its present state. */
export function standingOf(scenario: CompiledScenario, { snapshot: { value, status } }: ScenarioState): Standing {
  if (status === 'done' || !isInBlock(value)) return 'ended';
  const heard = new Set(activeNodes(scenario, value).flatMap(({ ownEvents }) => ownEvents));
  if (heard.has('chat.ended')) return 'with-agent';
  if (heard.has('agent.reserved')) return 'searching';
  return BUSY.some((type) => heard.has(type)) ? 'busy' : 'waiting';
}

const BUSY = ['message.sent', 'operation.completed', 'offer.accepted'] as const;

/** The state of the same name in another block. Undefined where that block has none, so that no run can be in it. */
export function sameStateIn(scenario: CompiledScenario, value: Value, block: string): Value | undefined {
  const wanted = (typeof value === 'string' ? block : { [block]: Object.values(value)[0] }) as Value;
  try {
    const { value: found } = resolve(scenario, wanted);
    // XState goes on into inner states by itself, past what those do on entry.
    return JSON.stringify(found) === JSON.stringify(wanted) ? wanted : undefined;
  } catch {
    return undefined;
  }
}

/** The timers of a state, in the order of its nodes from the block's own inwards; those of one node by their names. */
export function timersOf(scenario: CompiledScenario, value: Value): Timer[] {
  return activeNodes(scenario, value).flatMap(({ after }) => {
    const timers = after.map(({ eventType, delay }): Timer => {
      return { id: eventType, delayMs: typeof delay === 'number' ? delay : undefined };
    });
    return [...new Map(timers.map((timer) => [timer.id, timer])).values()];
  });
}

function activeNodes(scenario: CompiledScenario, value: Value): ReturnType<typeof resolve>['_nodes'] {
  return resolve(scenario, value)
    ._nodes.filter(({ parent }) => parent !== undefined)
    .toSorted((one, other) => one.path.length - other.path.length);
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- XState's snapshot type cannot be written by hand
function resolve({ machine }: CompiledScenario, value: Value) {
  return machine.resolveState({ value, context: BLANK, status: 'active' });
}

const BLANK = { variables: {}, onErrorText: '', block: '', visits: 0, transitions: 0, earlyReply: null, problem: null };

function isInBlock(value: Value): boolean {
  const block = typeof value === 'string' ? value : Object.keys(value)[0];
  return !Object.values<string | undefined>(runState).includes(block);
}
