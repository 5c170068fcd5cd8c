import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError } from '../../contracts/app-error.ts';
import { mayDo, type PrivilegeHolder } from '../../contracts/privileges.ts';
import type { AgentState, BreakReason } from '../../contracts/routing.ts';

/** What an agent may choose, as their group says. */
export interface StateChoices {
  states: AgentState[];
  breaks: BreakReason[];
  breakRequired: boolean;
}

/** What whoever holds these privileges may choose in this group; those who monitor may watch others as well. */
export function choicesOf(
  configuration: Pick<ConfigurationSnapshot, 'groups'>,
  holder: PrivilegeHolder,
  group: string,
): StateChoices {
  const { breaks = [], breakRequired = false } = configuration.groups().find(({ name }) => name === group) ?? {};
  const watching: AgentState[] = mayDo(holder, 'monitor-chats') ? ['supervising'] : [];
  return { states: ['ready', 'not-ready', ...watching, 'logged-out'], breaks, breakRequired };
}

interface Choice {
  state: AgentState;
  reason?: string | undefined;
  when?: 'now' | 'chats-ended' | undefined;
}

/** @throws AppError REQUEST_INVALID naming the field and what may stand there */
export function requireAllowedChoice(
  { states, breaks, breakRequired }: StateChoices,
  { state, reason, when = 'now' }: Choice,
): void {
  if (!states.includes(state))
    throw refuse('state', `"${state}" is for supervisors`, `Give one of ${states.join(', ')}.`);
  if (when === 'chats-ended' && state !== 'not-ready' && state !== 'logged-out')
    throw refuse(
      'when',
      `"${state}" follows no end of chats`,
      'Leave it out, or give the state not-ready or logged-out.',
    );
  if (state !== 'not-ready') return;
  const names = breaks.map(({ name }) => name);
  if (reason === undefined && breakRequired)
    throw refuse('reason', 'is missing: Not Ready needs one here', `Give one of ${names.join(', ')}.`);
  if (reason !== undefined && names.length > 0 && !names.includes(reason))
    throw refuse('reason', `"${reason}" is none of the reasons of this group`, `Give one of ${names.join(', ')}.`);
}

function refuse(path: string, message: string, remedy: string): AppError {
  return new AppError('REQUEST_INVALID', { details: [{ path, message, remedy }] });
}
