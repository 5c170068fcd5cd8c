import { isLucky } from '../temporal/random.ts';
import { chooseState, sendCommand } from './agent-desk.ts';
import { lookAtMembers, mayAskOthers, mayHandBack, maySnooze, type SeenInChats } from './chat-habits.ts';
import { nameOf, presenceOf, recordsOf, type Agent, type StoredRecord, type World } from './world.ts';

const LONGEST_REACTION_MS = 6000;
/** Messages with a picture: it leaves by another send lane of the Page. */
const PICTURES = 0.15;
/** Some never learn; after so many ignored offers they stay away. */
const MOST_RETURNS = 3;
/** As long as a click and its consequences take. */
const LEAVING_MS = 60;
const BETWEEN_MESSAGES_MS = 9000;
/** After this nobody begins anything new. */
const WORKDAY_MS = 20 * 60_000;

/** What agents have seen already: each is reacted to once. */
export interface SeenByAgents extends SeenInChats {
  offers: Set<string>;
  chats: Set<string>;
  demotions: Set<string>;
}

/** Lets every agent look at their screen; called after each change of the read model. */
export function lookAtScreens(world: World, seen: SeenByAgents): void {
  for (const record of recordsOf(world)) {
    if (record.state === 'connected') lookAtInvitation(world, record, seen);
    const agent = agentOf(world, record);
    if (!agent || record.state === 'ended') continue;
    const { offer } = record;
    if (record.state === 'offered' && offer && !seen.offers.has(offer.offerId)) {
      seen.offers.add(offer.offerId);
      considerOffer(world, agent, record);
    }
    const chat = `${record._id} ${record.servedBy.length} ${agent.username}`;
    if (record.state === 'connected' && !seen.chats.has(chat)) {
      seen.chats.add(chat);
      beginChat(world, agent, record);
      mayAskOthers(world, agent, record);
      mayHandBack(world, agent, record);
      maySnooze(world, agent, record);
    }
  }
  for (const agent of world.agents) lookAtOwnState(world, agent, seen);
}

/** Somebody is asked into a chat, or is in it. */
function lookAtInvitation(world: World, record: StoredRecord, seen: SeenByAgents): void {
  lookAtMembers(world, record, seen);
  const offer = record.invitation?.offer;
  const asked = world.agents.find(({ username }) => username === offer?.agent);
  if (!offer || !asked || seen.invitations.has(offer.offerId)) return;
  seen.invitations.add(offer.offerId);
  considerOffer(world, asked, { ...record, offer });
}

function agentOf({ agents }: World, { state, offer, agent }: StoredRecord): Agent | undefined {
  const username = state === 'offered' ? offer?.agent : agent?.username;
  return agents.find((candidate) => candidate.username === username);
}

function identityOf({ username, name }: Agent): { username: string; name: string } {
  return { username, name };
}

function considerOffer(world: World, agent: Agent, { _id: conversationId, workflowId, offer }: StoredRecord): void {
  const offerId = offer?.offerId ?? '';
  const next = world.random.stream(`${agent.username} ${world.agents.length} offers`);
  const [decision, delay] = [next(), next()];
  const { accepts, rejects, reactsAfterMs, hasSecondWindow = false } = agent.plan;
  if (decision > accepts + rejects)
    return world.tell(agent.username, `ignores the offer of ${nameOf(world, conversationId)}`);
  const type = decision < accepts ? 'accept' : 'reject';
  const afterMs = reactsAfterMs + delay * LONGEST_REACTION_MS;
  if (hasSecondWindow) logOutBefore(world, agent, afterMs);
  world.scheduler.schedule(afterMs, () => {
    if (!isThere(agent) && !hasSecondWindow) return;
    world.tell(agent.username, `${decision < accepts ? 'accepts' : 'rejects'} ${nameOf(world, conversationId)}`);
    const command = { type, conversationId, agent: identityOf(agent), offerId };
    sendCommand(world, { workflowId, clientId: `${type} ${offerId}`, command }, () => undefined);
    mayLeave(world, agent);
  });
}

/** So shortly before that the news is still on its way. */
function logOutBefore(world: World, agent: Agent, afterMs: number): void {
  const earlierMs = world.random.stream(`${agent.username} second window`)() * LEAVING_MS;
  world.scheduler.schedule(afterMs - earlierMs, () => chooseState(world, agent, 'logged-out'));
  world.scheduler.schedule(afterMs + agent.plan.returnsAfterMs, () => chooseState(world, agent, 'ready'));
}

/** Some close the browser in the moment of their last click. */
function mayLeave(world: World, agent: Agent): void {
  const next = world.random.stream(`${agent.username} leaves`);
  if (!isLucky(next, agent.plan.leaves)) return;
  world.scheduler.schedule(next() * LEAVING_MS, () => chooseState(world, agent, 'logged-out'));
  world.scheduler.schedule(agent.plan.returnsAfterMs, () => chooseState(world, agent, 'ready'));
}

function isThere({ chosen, lostAt }: Agent): boolean {
  return chosen !== 'logged-out' && lostAt === undefined;
}

function beginChat(world: World, agent: Agent, record: StoredRecord): void {
  const next = world.random.stream(`${agent.username} chats`);
  const { says, endsChats } = agent.plan;
  let afterMs = 0;
  for (let n = 1; n <= says; n += 1) {
    afterMs += next() * BETWEEN_MESSAGES_MS;
    world.scheduler.schedule(afterMs, () => say(world, agent, { record, text: `answer ${n}` }));
  }
  // Often in one breath with the last word.
  const pauseMs = isLucky(next, 0.5) ? next() * 30 : next() * BETWEEN_MESSAGES_MS;
  if (isLucky(next, endsChats)) world.scheduler.schedule(afterMs + pauseMs, () => endChat(world, agent, record));
}

function say(world: World, agent: Agent, { record, text }: { record: StoredRecord; text: string }): void {
  if (!isThere(agent) || world.elapsedMs() > WORKDAY_MS) return;
  const { _id: conversationId, workflowId } = record;
  const clientId = `${agent.username} ${conversationId} ${text}`;
  const { barePictures = 0 } = agent.plan;
  const isBare = barePictures > 0 && isLucky(world.random.stream(`${agent.username} bare pictures`), barePictures);
  const isPicture = isBare || isLucky(world.random.stream(`${agent.username} pictures`), PICTURES);
  const attachments = isPicture ? [{ type: 'image', url: 'https://pictures.example/one.png' }] : [];
  const command = { type: 'message', conversationId, agent: identityOf(agent), text: isBare ? '' : text, attachments };
  sendCommand(world, { workflowId, clientId, command }, (answer) => {
    if (!('result' in answer)) return;
    const [{ id: partId }] = JSON.parse(answer.result) as [{ id: string }];
    world.tell(agent.username, `says "${text}" to ${nameOf(world, conversationId)}: taken as ${partId.slice(0, 8)}…`);
    world.acknowledged.push({ partId, conversationId, workflowId, at: world.elapsedMs() });
  });
  mayLeave(world, agent);
}

function endChat(world: World, agent: Agent, { _id: conversationId, workflowId }: StoredRecord): void {
  if (!isThere(agent)) return;
  world.tell(agent.username, `ends the chat with ${nameOf(world, conversationId)}`);
  const command = { type: 'end', conversationId, agent: identityOf(agent) };
  const clientId = `end ${agent.username} ${conversationId}`;
  sendCommand(world, { workflowId, clientId, command }, () => undefined);
}

/** An agent ends every chat on their screen. */
export function endAllChats(world: World, agent: Agent): void {
  for (const record of recordsOf(world)) {
    if (record.state === 'connected' && record.agent?.username === agent.username) endChat(world, agent, record);
  }
}

/** Who was made Not ready for an ignored offer alerts after a while. */
function lookAtOwnState(world: World, agent: Agent, seen: SeenByAgents): void {
  const presence = presenceOf(world, agent.username);
  if (presence?.state !== 'not-ready' || agent.chosen !== 'ready') return;
  const demotion = `${agent.username} ${presence.since}`;
  if (seen.demotions.has(demotion)) return;
  seen.demotions.add(demotion);
  const times = [...seen.demotions].filter((known) => known.startsWith(`${agent.username} `)).length;
  world.tell(agent.username, `is made not ready: ${presence.reason}`);
  if (times > MOST_RETURNS) return;
  world.scheduler.schedule(agent.plan.returnsAfterMs, () => {
    if (agent.chosen === 'ready' && agent.lostAt === undefined) chooseState(world, agent, 'ready');
  });
}
