import type { TestOutcome } from '../../../scenario-dsl/testing/run-tests.ts';
import type { TraceEntry } from '../../../scenario-dsl/testing/simulated-chat.ts';

/** Effects and timers of tests as lines that a person can compare: when, what, of which visit, with which arguments. */
export function formatEffects(outcomes: readonly TestOutcome[]): string {
  return outcomes.map(({ name, trace }) => [`# ${name}`, ...trace.flatMap(formatEntry), ''].join('\n')).join('\n');
}

function formatEntry({ at, effects, timers }: TraceEntry): string[] {
  const time = `${at} ms`.padStart(14);
  return [
    ...effects.map(({ kind, id, ...rest }) => `${time}  ${kind} ${id} ${JSON.stringify(rest)}`),
    ...timers.map((timer) => `${time}  timer ${timer.id.replace('xstate.after.', '')} at ${timer.at} ms`),
  ];
}
