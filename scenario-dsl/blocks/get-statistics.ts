import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { withVariable } from '../expression/variables.ts';
import { compileTexts } from './compile-texts.ts';
import type { GetStatisticsFields } from './get-statistics-schema.ts';
import { operationBlock } from './operation-block.ts';

/** Looks at queue and agents; times are seconds. Source: Bright Pattern, Get Statistics (its fields are not public). */
export const getStatistics = operationBlock<GetStatisticsFields>({
  exits: [{ name: 'failed', kind: 'failure', when: 'The numbers could not be had.' }],
  timeoutMs: ({ timeout = '5s' }) => getDurationMs(timeout),
  operation: ({ service, skills = [] }) => {
    const fill = compileTexts({ skills, ...(service !== undefined && { service }) });
    return ({ variables }): Operation => ({ name: 'get-statistics', ...fill(variables) });
  },
  keep:
    () =>
    (variables, { outcome, values }) => {
      if (outcome !== 'done') return variables;
      const { position, waiting, ewtSeconds, oldestWaitingSeconds, agentsReady, agentsLoggedIn } = values;
      const queue = { position, waiting, ewt: ewtSeconds, oldestWaiting: oldestWaitingSeconds };
      const agents = { ready: agentsReady, loggedIn: agentsLoggedIn };
      return withVariable(withVariable(variables, ['queue'], queue), ['agents'], agents);
    },
  sets: () => [
    'queue.position',
    'queue.waiting',
    'queue.ewt',
    'queue.oldestWaiting',
    'agents.ready',
    'agents.loggedIn',
  ],
});
