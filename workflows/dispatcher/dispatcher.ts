/**
 * The dispatcher actor: matches the waiting conversations of one routing group with its agents.
 * Signals only; the whole inbox is taken and matched once per wake-up. Its history holds conversationIds, no customer.
 */
import { continueAsNew, proxyLocalActivities, setHandler, uuid4 } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { ENGINE_VERSION, requireKnownEngine } from '../../contracts/engine-version.ts';
import type { AgentStateRecord, RoutingDecision } from '../../contracts/routing-decision.ts';
import {
  agentStatusQuery,
  agentStateSignal,
  configurationSignal,
  dispatcherMessagesSignal,
  presenceSignal,
  queueQuery,
  queueStatisticsQuery,
  type RoutingNotification,
  type DispatcherStart,
} from '../../contracts/actor-messages.ts';
import { createDeadlineTimer } from '../deadline-timer.ts';
import { isContinueAsNewWanted } from '../is-continue-as-new-wanted.ts';
import { createDispatcherState, requireKnownState, type DispatcherState } from './dispatcher-state.ts';
import { match, type Match } from './match.ts';
import { describeAgent, describeSnapshot, describeQueue, expectedWaitMs, noteAssignment } from './statistics.ts';
import { nextDeadlineAt, takeDueDeadlines, takeItem, type Consequence, type DispatcherItem } from './take-message.ts';

const { loadGroup, deliverNotifications, findGoneConversations } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '8s',
  localRetryThreshold: '5s',
  retry: { initialInterval: '200ms', maximumInterval: '20s', backoffCoefficient: 2 },
});

/** How often the dispatcher asks whether the holders of its slots still exist (a terminated one says no goodbye). */
const SWEEP_MS = 10 * 60_000;
/** Conversations told or asked about in one local activity. */
const PIECE = 100;

interface Outgoing {
  notifications: RoutingNotification[];
  decisions: RoutingDecision[];
  agentStates: AgentStateRecord[];
}

/** Workflow `dispatcher`. `carried`: the state of the run before, where there was one. */
export async function dispatcher(start: DispatcherStart, carried?: DispatcherState): Promise<void> {
  requireKnownEngine(start.engineVersion ?? ENGINE_VERSION);
  const state = carried ? requireKnownState(carried) : createDispatcherState(start.group);
  const inbox: DispatcherItem[] = [];
  setHandler(dispatcherMessagesSignal, (messages) => {
    inbox.push(...messages.map((message) => ({ type: 'message', message }) as const));
  });
  setHandler(agentStateSignal, (change) => void inbox.push({ type: 'agent-state', change }));
  setHandler(presenceSignal, (change) => void inbox.push({ type: 'presence', change }));
  setHandler(queueStatisticsQuery, (question) => describeQueue(state, question, Date.now()));
  setHandler(queueQuery, (limit) => describeSnapshot(state, limit));
  setHandler(agentStatusQuery, (username) => describeAgent(state, username));
  setHandler(configurationSignal, (configuration) => void inbox.push({ type: 'configuration', configuration }));

  if (!carried) await loadKnownWorld(state);
  const waitForWork = createDeadlineTimer();
  let sweepAt = Date.now() + SWEEP_MS;
  for (;;) {
    await waitForWork(() => inbox.length > 0 || isContinueAsNewWanted(), Math.min(nextDeadlineAt(state), sweepAt));
    await takeRound(state, inbox);
    if (Date.now() >= sweepAt) {
      await releaseGone(state, inbox);
      sweepAt = Date.now() + SWEEP_MS;
    }
    // Nothing is in flight here; what came meanwhile is in the inbox and is taken before the run continues as new.
    if (isContinueAsNewWanted() && inbox.length === 0)
      await continueAsNew<typeof dispatcher>({ group: start.group, engineVersion: ENGINE_VERSION }, state);
  }
}

async function loadKnownWorld(state: DispatcherState): Promise<void> {
  const { engineVersion, configuration, agentStates } = await loadGroup({ group: state.group });
  requireKnownEngine(engineVersion);
  state.revision = configuration.revision;
  state.agents = Object.fromEntries(configuration.agents.map((agent) => [agent.username, agent]));
  for (const { username, state: known, reason, since } of agentStates) {
    state.agentStatuses[username] = { state: known, since, idleSince: since, ...(reason !== undefined && { reason }) };
  }
}

/** One wake-up: everything in the inbox, what is due, one matching, and one activity that tells everybody. */
async function takeRound(state: DispatcherState, inbox: DispatcherItem[]): Promise<void> {
  const now = Date.now();
  const consequences = inbox.splice(0).flatMap((item) => takeItem(state, item, now));
  consequences.push(...takeDueDeadlines(state, now));
  const outgoing: Outgoing = { notifications: [], decisions: [], agentStates: [] };
  for (const consequence of consequences) announce(state, outgoing, consequence);
  for (const matched of match(state, now)) {
    if (matched.outcome === 'reserved') noteAssignment(state, now);
    announceMatch(state, outgoing, matched);
  }
  tellPositions(state, outgoing, now);
  if (outgoing.notifications.length + outgoing.decisions.length + outgoing.agentStates.length === 0) return;
  // In pieces that a local activity finishes in time, also after a burst of thousands.
  for (const piece of inPieces(outgoing)) inbox.push(...(await deliverNotifications(piece)).map(toRelease));
}

function inPieces({ notifications, decisions, agentStates }: Outgoing): Outgoing[] {
  const count = Math.max(1, Math.ceil(Math.max(notifications.length, decisions.length, agentStates.length) / PIECE));
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [index * PIECE, (index + 1) * PIECE];
    return {
      notifications: notifications.slice(from, to),
      decisions: decisions.slice(from, to),
      agentStates: agentStates.slice(from, to),
    };
  });
}

async function releaseGone(state: DispatcherState, inbox: DispatcherItem[]): Promise<void> {
  const holders = Object.keys(state.assignments);
  for (let from = 0; from < holders.length; from += PIECE) {
    const gone = await findGoneConversations({ conversationIds: holders.slice(from, from + PIECE) });
    inbox.push(...gone.map(toRelease));
  }
}

function toRelease(conversationId: string): DispatcherItem {
  return { type: 'message', message: { type: 'release', conversationId, reason: 'ended' } };
}

function announce(state: DispatcherState, outgoing: Outgoing, consequence: Consequence): void {
  if (consequence.type === 'agent-state') {
    const { agentStatus, username } = consequence;
    const { state: agentState, since, reason } = agentStatus;
    outgoing.agentStates.push({ username, state: agentState, since, ...(reason !== undefined && { reason }) });
    return;
  }
  const { conversationId, type } = consequence;
  if (consequence.type === 'queue-limit') {
    outgoing.notifications.push({ type: 'queue-limit', conversationId, requestId: consequence.requestId });
    decide(state, outgoing, { conversationId, outcome: type, reason: `the queue of ${state.waiting.length} is full` });
    return;
  }
  const { agent, requestId } = consequence.assignment;
  const notifications = { conversationId, requestId };
  if (consequence.type === 'expired') outgoing.notifications.push({ ...notifications, type: 'expired' });
  else outgoing.notifications.push({ ...notifications, type: 'agent-lost', agent, cause: consequence.cause });
  decide(state, outgoing, {
    conversationId,
    outcome: type,
    agent,
    reason:
      consequence.type === 'expired' ? 'nobody confirmed the reservation' : `the agent is gone: ${consequence.cause}`,
  });
}

function announceMatch(state: DispatcherState, outgoing: Outgoing, matched: Match): void {
  const { conversationId, requestId } = matched.request;
  outgoing.notifications.push(
    matched.outcome === 'reserved'
      ? { type: 'reserved', conversationId, requestId, agent: matched.agent }
      : { type: 'no-agents', conversationId, requestId },
  );
  decide(state, outgoing, {
    conversationId,
    outcome: matched.outcome,
    reason: matched.reason,
    ...(matched.outcome === 'reserved' && { agent: matched.agent.username }),
  });
}

function decide(
  state: DispatcherState,
  outgoing: Outgoing,
  decision: Pick<RoutingDecision, 'conversationId' | 'outcome' | 'agent' | 'reason'>,
): void {
  outgoing.decisions.push({ ...decision, id: uuid4(), group: state.group, at: Date.now() });
}

/** Tells a conversation its place on entering the queue and whenever it has halved: news, not noise. */
function tellPositions(state: DispatcherState, outgoing: Outgoing, now: number): void {
  state.waiting.forEach((waiting, index) => {
    const position = index + 1;
    if (waiting.announcedPosition !== undefined && position > waiting.announcedPosition / 2) return;
    waiting.announcedPosition = position;
    const { conversationId, requestId } = waiting;
    const ewtMs = expectedWaitMs(state, position, now);
    outgoing.notifications.push({
      type: 'position',
      conversationId,
      requestId,
      position,
      waiting: state.waiting.length,
      ewtMs,
    });
  });
}
