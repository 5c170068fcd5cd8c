import { withLastAgent } from '../blocks/agent-variables.ts';
import { withVariable, type Variables } from '../expression/variables.ts';

/** What a scenario knows whose customer an agent has handed to it: all of the one before, but nobody is reserved any more. */
export function variablesAfterChat(variables: Variables, username: string, now: number): Variables {
  return withLastAgent(withVariable(variables, ['destination'], ''), username, now);
}
