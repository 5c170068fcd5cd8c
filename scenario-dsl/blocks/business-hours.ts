import { getDurationMs } from '../../contracts/duration.ts';
import { toOpeningTimes } from '../../contracts/hours.ts';
import type { Operation } from '../../contracts/operation.ts';
import { getTimeZone } from '../expression/place.ts';
import { withVariable } from '../expression/variables.ts';
import type { BusinessHoursFields } from './business-hours-schema.ts';
import { compileTexts } from './compile-texts.ts';
import { operationBlock } from './operation-block.ts';

const DEFAULT_TIMEOUT = '10s';

/** Goes on when it is open, leaves by `closed` when it is not; `$(hours.nextChangeAt)` is when that changes. */
export const businessHours = operationBlock<BusinessHoursFields>({
  exits: [
    { name: 'closed', kind: 'outcome', when: 'It is not open now.' },
    { name: 'failed', kind: 'failure', when: 'The hours could not be looked up: no hours of that name, no such zone.' },
  ],
  timeoutMs: ({ timeout }) => getDurationMs(timeout ?? DEFAULT_TIMEOUT),
  operation: ({ open, closedOn = [], hours, timeZone }) => {
    const schedule = open && {
      open: open.map(toOpeningTimes),
      closedOn,
    };
    const fill = compileTexts({
      ...(hours !== undefined && { hours }),
      ...(timeZone !== undefined && { timeZone }),
    });
    return ({ variables }): Operation => ({
      name: 'check-business-hours',
      // Hours of the configuration have a zone of their own, or the deployment's.
      ...(schedule && { timeZone: getTimeZone(variables), schedule }),
      ...fill(variables),
    });
  },
  keep:
    () =>
    (variables, { outcome, values }) =>
      outcome === 'done'
        ? withVariable(variables, ['hours'], { isOpen: values['isOpen'], nextChangeAt: values['nextChangeAt'] ?? '' })
        : variables,
  exitOf:
    () =>
    ({ values }) =>
      values['isOpen'] === true ? undefined : 'closed',
  sets: () => ['hours.isOpen', 'hours.nextChangeAt'],
});
