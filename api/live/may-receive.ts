import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { overseesOthers } from '../../contracts/privileges.ts';
import type { Role } from '../../contracts/configuration-schema.ts';
import type { LiveEvent } from '../../contracts/live-event.ts';

/** Who listens at a socket. */
export interface LiveCaller {
  role: Role;
  username?: string | undefined;
}

/** Whom an event concerns: the agents named, and those who oversee. */
interface Audience {
  agents: readonly string[];
}

/** An event and whom it concerns. */
export interface AudibleEvent {
  event: LiveEvent;
  audience: Audience;
}

/** Whether a caller is told an event: agents hear of what concerns them, supervisors and admins of everything. */
export function mayReceive({ role, username }: LiveCaller, { audience }: AudibleEvent): boolean {
  if (overseesOthers(role)) return true;
  return username !== undefined && audience.agents.includes(username);
}

/** The agents whom a conversation concerns now: they are in it, or it is kept for them or offered to them. */
export function partiesOf(record: ConversationRecord): string[] {
  const { agent, participants = [], offer, invitation, heldAgents = [], state } = record;
  const inChat = agent && state !== 'ended' ? [agent, ...participants.map((each) => each.agent)] : [];
  const offered = [offer, invitation?.offer].flatMap((open) => (open ? [open.agent] : []));
  return [...inChat.map(({ username }) => username), ...offered, ...heldAgents];
}
