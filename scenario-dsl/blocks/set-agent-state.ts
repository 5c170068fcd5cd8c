import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { compileTexts } from './compile-texts.ts';
import { operationBlock } from './operation-block.ts';
import type { SetAgentStateFields } from './set-agent-state-schema.ts';

/** Sets an agent's state. Source: Bright Pattern, Set Agent State; agents have no PIN here, so no Authentication Failed. */
export const setAgentState = operationBlock<SetAgentStateFields>({
  exits: [{ name: 'failed', kind: 'failure', when: 'The agent is not known or not logged in.' }],
  timeoutMs: ({ timeout = '5s' }) => getDurationMs(timeout),
  operation: ({ username, reason, state }) => {
    const fill = compileTexts({ username, ...(reason !== undefined && { reason }) });
    return ({ variables }): Operation => ({ name: 'set-agent-state', state, ...fill(variables) });
  },
});
