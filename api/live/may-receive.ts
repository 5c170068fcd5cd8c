import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { mayDo, overseesOthers, type Privilege } from '../../contracts/privileges.ts';
import type { LiveEvent } from '../../contracts/live-event.ts';

/** Who listens at a socket. */
export interface LiveCaller {
  privileges: ReadonlySet<Privilege>;
  username?: string | undefined;
}

/** Whom an event concerns: the agents named, and those who oversee. */
interface Audience {
  agents: readonly string[];
}

/** What is nobody's own concerns whoever has this privilege. */
const PRIVILEGE_OF: Readonly<Record<string, Privilege>> = {
  'queue.changed': 'see-live-overview',
  'alert.raised': 'handle-alerts',
  'alert.resolved': 'handle-alerts',
};

/** An event and whom it concerns. */
export interface AudibleEvent {
  event: LiveEvent;
  audience: Audience;
}

/** Whether a caller is told an event: agents hear of what concerns them, who oversees others of everything that they may see. */
export function mayReceive(caller: LiveCaller, { event, audience }: AudibleEvent): boolean {
  const { username } = caller;
  const privilege = PRIVILEGE_OF[event.type];
  if (privilege !== undefined) return mayDo(caller, privilege);
  if (overseesOthers(caller)) return true;
  return username !== undefined && audience.agents.includes(username);
}

/** The agents whom a conversation concerns now: they are in it, or it is kept for them or offered to them. */
export function partiesOf(record: ConversationRecord): string[] {
  const { agent, participants = [], offer, invitation, heldAgents = [], state } = record;
  const inChat = agent && state !== 'ended' ? [agent, ...participants.map((each) => each.agent)] : [];
  const offered = [offer, invitation?.offer].flatMap((open) => (open ? [open.agent] : []));
  return [...inChat.map(({ username }) => username), ...offered, ...heldAgents];
}
