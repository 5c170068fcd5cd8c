import { readMoment, writeMoment } from '../expression/calendar.ts';
import { getTimeZone } from '../expression/place.ts';
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

/** Sets `$(item.continuationUserId)` and `$(item.continuationAt)`: who talks with the customer, or has done so until now. */
export function withLastAgent(variables: Variables, username: string, now: number): Variables {
  const at = writeMoment({ ms: now, hasTime: true }) ?? '';
  return withVariable(
    withVariable(variables, ['item', 'continuationUserId'], username),
    ['item', 'continuationAt'],
    at,
  );
}

/** Who last talked with the customer, no longer ago than that. */
export function findLastAgent(
  variables: Variables,
  { withinMs, now }: { withinMs: number; now: number },
): string | undefined {
  const username = findVariable(variables, ['item', 'continuationUserId']);
  const talked = readMoment(findVariable(variables, ['item', 'continuationAt']), getTimeZone(variables));
  if (typeof username !== 'string' || username === '' || !talked) return undefined;
  return now - talked.ms <= withinMs ? username : undefined;
}

/** What a scenario knows whose customer an agent has handed to it: all of the one before, but nobody is reserved any more. */
export function variablesAfterChat(variables: Variables, username: string, now: number): Variables {
  return withLastAgent(withVariable(variables, ['destination'], ''), username, now);
}
