/**
 * The dispatcher actor: matches the waiting conversations of one routing group with its agents.
 * Signals only; the whole inbox is taken and matched once per wake-up. What it decides goes into its state, and from an
 * outbox to those whom it concerns by ordinary activities: a task that is tried again has told nobody anything yet.
 * Its history holds conversationIds, no customer.
 */
import { continueAsNew, log, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import {
  afterWorkSignal,
  agentStateSignal,
  agentStatusQuery,
  deskQuery,
  configurationSignal,
  presenceSignal,
  queueQuery,
  queueStatisticsQuery,
  routingIntentsSignal,
  routingQuery,
  waitReasonsQuery,
  type DispatcherStart,
} from '../../contracts/actor-messages.ts';
import { ENGINE_VERSION, requireKnownEngine } from '../../contracts/engine-version.ts';
import { LAST_INTENT } from '../../contracts/routing-intent.ts';
import { createDeadlineTimer } from '../deadline-timer.ts';
import { isContinueAsNewWanted } from '../is-continue-as-new-wanted.ts';
import { proxyLocalActivities } from '../proxy-local-activities.ts';
import { surviveCancellation } from '../survive-cancellation.ts';
import { createTurnGuard } from '../turn-guard.ts';
import { countLoad } from './capacity.ts';
import { decideRound } from './decide-round.ts';
import { nextPiece, withoutPiece } from './deliver-outbox.ts';
import { createDispatcherState, requireKnownState, type DispatcherState } from './dispatcher-state.ts';
import { describeDesk } from './describe-desk.ts';
import { explainRouting, explainWaits } from './explain-routing.ts';
import { loadKnownWorld } from './load-known-world.ts';
import { readinessDueAt } from './readiness.ts';
import { describeAgent, describeQueue, describeSnapshot } from './statistics.ts';
import { listGone, nextDeadlineAt, type DispatcherItem } from './take-item.ts';

const { loadGroup } = proxyLocalActivities({
  startToCloseTimeout: '8s',
  localRetryThreshold: '5s',
  retry: { initialInterval: '200ms', maximumInterval: '20s', backoffCoefficient: 2 },
});
const { deliverNotifications, findGoneConversations, findPresentAgents } = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '200ms', maximumInterval: '20s', backoffCoefficient: 2 },
});

/** How often the dispatcher asks whether the holders of its slots still exist (a terminated one says no goodbye). */
const SWEEP_MS = 10 * 60_000;
/** The same while somebody waits for one. */
const SWEEP_FOR_WAITING_MS = 60_000;
/** Conversations asked about in one activity. */
const SWEEP_PIECE = 100;

/** A running dispatcher: the carried state and what exists only while this run lives. */
interface Dispatcher {
  readonly state: DispatcherState;
  isDelivering: boolean;
  isSweeping: boolean;
  /** Agents whose lease is being looked up. */
  readonly checked: Set<string>;
}

/** Workflow `dispatcher`. `carried`: the state of the run before, where there was one. */
export async function dispatcher(start: DispatcherStart, carried?: DispatcherState): Promise<void> {
  requireKnownEngine(start.engineVersion ?? ENGINE_VERSION);
  const state = carried ? requireKnownState(carried) : createDispatcherState(start.group);
  registerHandlers(state);
  await surviveCancellation(
    async () => {
      if (!carried) await loadKnownWorld(state, loadGroup);
      state.sweptAt ??= Date.now();
      await run({ state, isDelivering: false, isSweeping: false, checked: new Set() });
    },
    () => log.warn('Somebody asked to cancel a dispatcher: it goes on, because nobody else serves its group'),
  );
}

function registerHandlers(state: DispatcherState): void {
  const receive = (...items: DispatcherItem[]): void => void state.inbox.push(...items);
  setHandler(routingIntentsSignal, (intents) =>
    receive(...intents.map((intent) => ({ type: 'intent', intent }) as const)),
  );
  setHandler(agentStateSignal, (change) => receive({ type: 'agent-state', change }));
  setHandler(presenceSignal, (change) => receive({ type: 'presence', change }));
  setHandler(configurationSignal, (configuration) => receive({ type: 'configuration', configuration }));
  setHandler(queueStatisticsQuery, (question) => describeQueue(state, question, Date.now()));
  setHandler(afterWorkSignal, (change) => receive({ type: 'after-work', change }));
  setHandler(queueQuery, (limit) => describeSnapshot(state, limit, Date.now()));
  setHandler(agentStatusQuery, (username) =>
    describeAgent(state, username, { loads: countLoad(state), now: Date.now() }),
  );
  setHandler(deskQuery, (question) => describeDesk(state, question, Date.now()));
  setHandler(waitReasonsQuery, (ids) => explainWaits(state, ids, Date.now()));
  setHandler(routingQuery, (conversationId) => explainRouting(state, conversationId, Date.now()));
}

async function run(running: Dispatcher): Promise<never> {
  const { state } = running;
  const waitForWork = createDeadlineTimer();
  const guardTurn = createTurnGuard('dispatcher');
  for (;;) {
    guardTurn();
    decideRound(state, Date.now());
    const isClosing = isContinueAsNewWanted();
    if (!isClosing) deliver(running);
    checkGone(running);
    if (!isClosing && Date.now() >= sweepDueAt(state)) sweep(running);
    if (isClosing && isQuiet(running)) await goOnAsNew(state);
    await waitForWork(() => hasWork(running), deadlineOf(running));
  }
}

/** What the run before had not told yet is told by the next. */
function goOnAsNew(state: DispatcherState): Promise<never> {
  return continueAsNew<typeof dispatcher>({ group: state.group, engineVersion: ENGINE_VERSION }, state);
}

function isQuiet({ isDelivering, isSweeping, checked }: Dispatcher): boolean {
  return !isDelivering && !isSweeping && checked.size === 0;
}

function hasWork(running: Dispatcher): boolean {
  const { state, isDelivering } = running;
  if (state.inbox.length > 0) return true;
  if (isContinueAsNewWanted()) return isQuiet(running);
  return !isDelivering && nextPiece(state.outbox) !== undefined;
}

function deadlineOf({ state, checked, isSweeping }: Dispatcher): number {
  // Nothing that a closing run does not do may be due: its loop would turn without end.
  const isSweepOff = isSweeping || isContinueAsNewWanted();
  return Math.min(
    nextDeadlineAt(state, { checked, now: Date.now() }),
    readinessDueAt(state, Date.now()),
    isSweepOff ? Infinity : sweepDueAt(state),
  );
}

/** Tells what was decided, in order, one piece at a time; tried until it was told. */
function deliver(running: Dispatcher): void {
  const { state } = running;
  const piece = running.isDelivering ? undefined : nextPiece(state.outbox);
  if (!piece) return;
  running.isDelivering = true;
  void deliverNotifications({ group: state.group, ...piece }).then((gone) => {
    running.isDelivering = false;
    state.outbox = withoutPiece(state.outbox, piece);
    state.inbox.push(...gone.map(toDeparture));
  });
}

/** Looks up who is really gone of those whose grace is over. */
function checkGone({ state, checked }: Dispatcher): void {
  const asked = listGone(state, Date.now()).filter((username) => !checked.has(username));
  if (asked.length === 0) return;
  for (const username of asked) checked.add(username);
  const asOf = Object.fromEntries(
    asked.map((username) => [username, state.agentStatuses[username]?.presenceAt ?? 0] as const),
  );
  void findPresentAgents({ usernames: asked }).then((present) => {
    for (const username of asked) checked.delete(username);
    state.inbox.push({ type: 'presence-checked', asked, present, asOf });
  });
}

/** When the holders of slots are asked about next; never while there are none. */
function sweepDueAt({ assignments, waiting, sweptAt = 0 }: DispatcherState): number {
  if (Object.keys(assignments).length === 0) return Infinity;
  return sweptAt + (waiting.length > 0 ? SWEEP_FOR_WAITING_MS : SWEEP_MS);
}

/** Frees the slots of conversations that ended without a word. */
function sweep(running: Dispatcher): void {
  const { state } = running;
  running.isSweeping = true;
  const askAll = async (): Promise<void> => {
    const holders = Object.keys(state.assignments);
    for (let from = 0; from < holders.length; from += SWEEP_PIECE) {
      const gone = await findGoneConversations({ conversationIds: holders.slice(from, from + SWEEP_PIECE) });
      state.inbox.push(...gone.map(toDeparture));
    }
  };
  void askAll().then(() => {
    running.isSweeping = false;
    // By the inbox, so that the loop turns: it waits for a moment that was reckoned while no other look was due.
    state.inbox.push({ type: 'swept' });
  });
}

function toDeparture(conversationId: string): DispatcherItem {
  return { type: 'intent', intent: { conversationId, number: LAST_INTENT, held: [], releases: [] } };
}
