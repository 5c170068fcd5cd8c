import { findVariable, withVariable, type Variables } from '../expression/variables.ts';
import type { Agent } from '../machine/scenario-event.ts';

/** Sets `$(agent.username)` and `$(agent.name)`. */
export function withAgent(variables: Variables, { username, name }: Agent): Variables {
  return withVariable(variables, ['agent'], { username, name });
}

/** The agent of that user name, if it is the one the run knows. */
export function findAgentNamed(variables: Variables, username: string): Agent | undefined {
  if (findVariable(variables, ['agent', 'username']) !== username) return undefined;
  const name = findVariable(variables, ['agent', 'name']);
  return { username, name: typeof name === 'string' ? name : username };
}
