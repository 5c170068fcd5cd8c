import { isLucky, pickOne } from '../temporal/random.ts';
import { sendCommand } from './agent-desk.ts';
import { nameOf, type Agent, type StoredRecord, type World } from './world.ts';

/** How agents deal with each other in a chat: whom they ask in, and what those who were asked do there. */
const BEFORE_ASKING_MS = 6000;
const STAY_MS = 15_000;
const LONGEST_SLEEP_MS = 90_000;

/** What agents have done already about a chat with several of them. */
export interface SeenInChats {
  invitations: Set<string>;
  members: Set<string>;
}

/** Whoever likes to ask others in does so once in a chat: another agent, or anybody of the service. */
export function mayAskOthers(world: World, agent: Agent, record: StoredRecord): void {
  const next = world.random.stream(`${agent.username} asks others`);
  if (!isLucky(next, agent.plan.asksOthers ?? 0)) return;
  const kind = pickOne(next, ['transfer', 'consult', 'conference'] as const);
  const other = pickOne(next, world.agents);
  const to = isLucky(next, 0.5) || other === agent ? { service: 'help' } : { agent: other.username };
  world.scheduler.schedule(next() * BEFORE_ASKING_MS, () => {
    world.tell(agent.username, `asks ${JSON.stringify(to)} into the chat with ${nameOf(world, record._id)}: ${kind}`);
    give({ world, agent, record }, { type: 'invite', key: 'invite', kind, to });
  });
  if (isLucky(next, 0.15)) {
    const cancelsAfterMs = (1 + next()) * BEFORE_ASKING_MS;
    world.scheduler.schedule(cancelsAfterMs, () =>
      give({ world, agent, record }, { type: 'cancelInvitation', key: 'cancel' }),
    );
  }
}

/** Whoever likes to ask others in hands some customers back to the scenario instead, once in a conversation. */
export function mayHandBack(world: World, agent: Agent, record: StoredRecord): void {
  const next = world.random.stream(`${agent.username} hands back`);
  if (!isLucky(next, (agent.plan.asksOthers ?? 0) / 3)) return;
  const message = isLucky(next, 0.5) ? { message: 'has been here' } : {};
  world.scheduler.schedule(next() * BEFORE_ASKING_MS, () => {
    world.tell(agent.username, `hands ${nameOf(world, record._id)} to the scenario of the entry`);
    give(
      { world, agent, record },
      { type: 'transferToScenario', key: 'hand back', to: { entry: 'entry' }, ...message },
    );
  });
}

/** Ids of conversations that somebody has put away: they come back on top of what their holder has then. */
export function everPutAway(world: World): Set<string> {
  const known = putAway.get(world) ?? new Set<string>();
  putAway.set(world, known);
  return known;
}

const putAway = new WeakMap<World, Set<string>>();

/** Whoever likes to put chats away does so once in a chat; some go on with it by themselves. */
export function maySnooze(world: World, agent: Agent, record: StoredRecord): void {
  const next = world.random.stream(`${agent.username} snoozes`);
  if (!isLucky(next, agent.plan.snoozes ?? 0)) return;
  const [afterMs, sleepMs] = [next() * BEFORE_ASKING_MS, next() * LONGEST_SLEEP_MS];
  world.scheduler.schedule(afterMs, () => {
    world.tell(
      agent.username,
      `puts the chat with ${nameOf(world, record._id)} away for ${Math.round(sleepMs / 1000)} s`,
    );
    everPutAway(world).add(record._id);
    const until = new Date(world.scheduler.now + sleepMs).toISOString();
    give({ world, agent, record }, { type: 'snooze', key: 'snooze', until });
  });
  if (!isLucky(next, 0.3)) return;
  world.scheduler.schedule(afterMs + next() * sleepMs, () => {
    world.tell(agent.username, `goes on with ${nameOf(world, record._id)}`);
    give({ world, agent, record }, { type: 'wake', key: 'wake' });
  });
}

/** Whoever came into a chat says something to the others, and leaves after a while; a consultation is ended by who asked. */
export function lookAtMembers(world: World, record: StoredRecord, seen: SeenInChats): void {
  for (const { agent: member, role } of record.participants ?? []) {
    const key = `${record._id} ${member.username} ${role}`;
    const agent = world.agents.find(({ username }) => username === member.username);
    if (!agent || seen.members.has(key)) continue;
    seen.members.add(key);
    const next = world.random.stream(`${member.username} in chats`);
    give({ world, agent, record }, { type: 'innerMessage', key: `hello ${role}`, text: 'here I am' });
    const staysMs = next() * STAY_MS;
    const holder = world.agents.find(({ username }) => username === record.agent?.username);
    if (role === 'consulted' && holder && isLucky(next, 0.7)) {
      const outcome = pickOne(next, ['transfer', 'conference', 'return'] as const);
      world.scheduler.schedule(staysMs, () => {
        world.tell(holder.username, `ends the consultation with ${member.username}: ${outcome}`);
        give({ world, agent: holder, record }, { type: 'finishConsult', key: `finish ${member.username}`, outcome });
      });
    } else if (isLucky(next, 0.8)) {
      world.scheduler.schedule(staysMs, () => {
        world.tell(member.username, `leaves the chat with ${nameOf(world, record._id)}`);
        give({ world, agent, record }, { type: 'leave', key: `leave ${role}` });
      });
    }
  }
}

function give(
  { world, agent: { username, name }, record }: { world: World; agent: Agent; record: StoredRecord },
  { key, ...command }: { type: string; key: string } & Record<string, unknown>,
): void {
  const { _id: conversationId, workflowId } = record;
  const clientId = `${key} ${username} ${conversationId}`;
  const issued = { ...command, conversationId, agent: { username, name } };
  sendCommand(world, { workflowId, clientId, command: issued }, () => undefined);
}
