/**
 * The actor that looks after a Page whose send lane is closed: tells the admin, looks for the repair, wakes what waits. It
 * runs only while there is something to do; the next closure starts it again. Runs in the workflow sandbox.
 */
import { continueAsNew, log, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { pageNotificationSignal, type PageNotification, type PageStart } from '../../contracts/actor-messages.ts';
import { ENGINE_VERSION, requireKnownEngine } from '../../contracts/engine-version.ts';
import { createDeadlineTimer } from '../deadline-timer.ts';
import { isContinueAsNewWanted } from '../is-continue-as-new-wanted.ts';
import { surviveCancellation } from '../survive-cancellation.ts';
import { createTurnGuard } from '../turn-guard.ts';

const { probePage, wakeParked, releasePart } = proxyActivities<Activities>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '1s', maximumInterval: '30s', backoffCoefficient: 2 },
});
/** An alert that nobody takes must not keep the actor from its work. */
const { tellPageClosed } = proxyActivities<Activities>({
  startToCloseTimeout: '20s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '20s', backoffCoefficient: 2 },
});

/** Between two probes of a closed Page, doubled each time. A notification has it probed at once. */
const FIRST_PROBE_MS = 60_000;
const LONGEST_PROBE_MS = 60 * 60_000;
/** Pause between two batches of woken conversations. */
const BATCH_PAUSE_MS = 250;
/** A part parked by a worker whose knowledge is a second old is still found. */
const LAST_LOOK_MS = 3000;

/** Carried through continue-as-new. */
interface PageState {
  notifications: PageNotification[];
  isClosed: boolean;
  probeMs: number;
  /** The next batch of parked parts found none: one more look, and the actor is done. */
  isLastLook: boolean;
}

/** A running Page actor: the carried state and what exists only while this run lives. */
interface Page {
  readonly pageId: string;
  readonly state: PageState;
  /** When it looks next, whatever is said; epoch milliseconds. */
  lookAt: number;
  /** Parts that a person let go and that are on their way: nothing waits for them but the end of the run. */
  releasing: number;
}

/** Workflow `page`. */
export async function page(start: PageStart, carried?: PageState): Promise<void> {
  requireKnownEngine(start.engineVersion ?? ENGINE_VERSION);
  const state = carried ?? { notifications: [], isClosed: false, probeMs: FIRST_PROBE_MS, isLastLook: false };
  setHandler(pageNotificationSignal, (notification) => void state.notifications.push(notification));
  await surviveCancellation(
    () => run({ pageId: start.pageId, state, lookAt: Date.now(), releasing: 0 }),
    () => log.warn('Somebody asked to cancel the actor of a Page: it goes on, because parts wait for it'),
  );
}

/** A turn: what was said, a probe of the Page, a batch of what waits where it is open. */
async function run(running: Page): Promise<void> {
  const { state } = running;
  const waitForWork = createDeadlineTimer();
  const guardTurn = createTurnGuard('Page actor');
  for (;;) {
    guardTurn();
    await waitForWork(() => hasWork(running), running.lookAt);
    const notifications = state.notifications.splice(0);
    for (const notification of notifications)
      if (notification.type === 'release') release(running, notification.partId);
    const isDue = Date.now() >= running.lookAt;
    if (notifications.length > 0 || (state.isClosed && isDue)) await probe(running, notifications);
    if (!state.isClosed && (await isDone(running))) return;
    // Nothing may be awaited between this look and the end of the run.
    if (isContinueAsNewWanted() && running.releasing === 0) await goOnAsNew(running);
  }
}

function hasWork({ state, releasing }: Page): boolean {
  return state.notifications.length > 0 || (isContinueAsNewWanted() && releasing === 0);
}

function goOnAsNew({ pageId, state }: Page): Promise<never> {
  return continueAsNew<typeof page>({ pageId, engineVersion: ENGINE_VERSION }, state);
}

/** A person lets one part go. It may wait long for a held lane: the actor goes on meanwhile. */
function release(running: Page, partId: string): void {
  running.releasing += 1;
  void releasePart({ partId })
    .then(({ status }) => log.info('A part that a person let go has its delivery status', { partId, status }))
    .catch((error: unknown) => log.warn('A part that a person let go could not be sent', { partId, error }))
    .finally(() => {
      running.releasing -= 1;
      // The turn sees whether this was all.
      running.lookAt = Math.min(running.lookAt, Date.now());
    });
}

async function probe(running: Page, notifications: readonly PageNotification[]): Promise<void> {
  const { pageId, state } = running;
  const isResumed = notifications.some(({ type }) => type === 'resume');
  const { isOpen } = await probePage({ pageId, isResumed });
  const isNewlyClosed = !isOpen && !state.isClosed;
  const isFresh = isOpen || isNewlyClosed || notifications.length > 0;
  state.probeMs = isFresh ? FIRST_PROBE_MS : Math.min(state.probeMs * 2, LONGEST_PROBE_MS);
  state.isClosed = !isOpen;
  state.isLastLook = false;
  running.lookAt = isOpen ? Date.now() : Date.now() + state.probeMs;
  if (!isNewlyClosed) return;
  try {
    await tellPageClosed({ pageId });
  } catch (error) {
    log.warn('The alert about a closed Page was not taken', { pageId, error });
  }
}

/** Wakes a batch of what waits for the open Page. True: nothing waits any more, and nothing is under way. */
async function isDone(running: Page): Promise<boolean> {
  const { pageId, state } = running;
  if (Date.now() < running.lookAt || state.notifications.length > 0) return false;
  const count = await wakeParked({ pageId });
  if (state.notifications.length > 0) return false;
  if (count === 0 && state.isLastLook) {
    running.lookAt = Infinity;
    return running.releasing === 0;
  }
  state.isLastLook = count === 0;
  running.lookAt = Date.now() + (state.isLastLook ? LAST_LOOK_MS : BATCH_PAUSE_MS);
  return false;
}
