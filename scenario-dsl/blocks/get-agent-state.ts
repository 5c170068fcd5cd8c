import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { withVariable } from '../expression/variables.ts';
import { compileTexts } from './compile-texts.ts';
import type { GetAgentStateFields } from './get-agent-state-schema.ts';
import { operationBlock } from './operation-block.ts';

/** Looks what an agent is doing. Source: Bright Pattern, Get Agent State, exits No Data and Logged Out. */
export const getAgentState = operationBlock<GetAgentStateFields>({
  exits: [
    { name: 'logged-out', kind: 'outcome', when: 'The agent is not logged in.' },
    { name: 'no-data', kind: 'outcome', when: 'There is no agent of that name.' },
    { name: 'failed', kind: 'failure', when: 'The state could not be had.' },
  ],
  timeoutMs: ({ timeout = '5s' }) => getDurationMs(timeout),
  operation: ({ username }) => {
    const fill = compileTexts({ username });
    return ({ variables }): Operation => ({ name: 'get-agent-state', ...fill(variables) });
  },
  keep:
    () =>
    (variables, { outcome, values }) =>
      outcome === 'done'
        ? withVariable(
            withVariable(variables, ['agentState'], values['state']),
            ['notReadyReason'],
            values['reason'] ?? '',
          )
        : variables,
  exitOf:
    () =>
    ({ values }) =>
      values['state'] === 'logged-out' ? 'logged-out' : undefined,
  sets: () => ['agentState', 'notReadyReason'],
});
