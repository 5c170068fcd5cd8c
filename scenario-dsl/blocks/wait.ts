import { getDurationMs, LONGEST_DURATION_MS } from '../../contracts/duration.ts';
import { readMoment } from '../expression/calendar.ts';
import { getTimeZone } from '../expression/place.ts';
import { toInstant } from '../expression/zones.ts';
import { runSetup, toState, type BlockState, type RunContext } from '../machine/run-setup.ts';
import type { BlockBehaviour, BlockWiring } from './block-behaviour.ts';
import { compileValues } from './compile-values.ts';
import type { WaitFields } from './wait-schema.ts';

/**
 * Lets time pass, or waits until a moment. The customer's messages do not shorten it; the last one is `$(item.message)` afterwards.
 * Source: Bright Pattern guide, Wait (seconds there, decimals allowed); `until` is ours.
 */
export const wait: BlockBehaviour<WaitFields> = {
  exits: ({ until }) =>
    until === undefined
      ? []
      : [
          {
            name: 'invalid',
            kind: 'failure',
            when: 'What "until" names is no moment, or one that is more than 30d away.',
            needs: 'until',
          },
        ],
  ways: (fields) => {
    if (fields.until !== undefined) {
      return [
        { way: 'next', by: 'clock', maxMs: LONGEST_DURATION_MS },
        { way: 'next', by: 'scenario' },
        { way: 'invalid', by: 'scenario' },
      ];
    }
    const ms = getForMs(fields);
    return [{ way: 'next', by: 'clock', minMs: ms, maxMs: ms }];
  },
  state: (fields, wiring) =>
    fields.until === undefined
      ? { after: { [getForMs(fields)]: toState(wiring.next) } }
      : untilState(fields.until, wiring),
};

function getForMs(fields: WaitFields): number {
  return fields.for === undefined ? 0 : getDurationMs(fields.for);
}

/** How long it lasts is worked out once, as it begins; a moment that has passed takes no timer. */
function untilState(until: string, wiring: BlockWiring): BlockState {
  const momentIn = compileValues(until, '');
  return {
    entry: runSetup.assign({
      waitMs: ({ context, event }) =>
        getWaitMs(momentIn(context.variables), { now: event.now ?? 0, timeZone: getTimeZone(context.variables) }),
    }),
    always: [
      { ...toState(wiring.exit('invalid')), guard: ({ context }) => hasNoMoment(context) },
      { ...toState(wiring.next), guard: ({ context }) => (context.waitMs ?? 0) <= 0 },
    ],
    after: { untilMoment: toState(wiring.next) },
  };
}

function hasNoMoment({ waitMs }: RunContext): boolean {
  return waitMs === null;
}

function getWaitMs(value: unknown, { now, timeZone }: { now: number; timeZone: string }): number | null {
  const moment = readMoment(value, timeZone);
  if (!moment) return null;
  const at = moment.hasTime ? moment.ms : toInstant(timeZone, moment.ms);
  const ms = at - now;
  return ms > LONGEST_DURATION_MS ? null : ms;
}
