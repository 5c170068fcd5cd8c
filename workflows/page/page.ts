/**
 * The actor that looks after a Page whose send lane is closed: tells the admin, looks for the repair, wakes what waits. It
 * runs only while there is something to do; the next closure starts it again. Runs in the workflow sandbox.
 */
import { condition, continueAsNew, log, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { isContinueAsNewWanted } from '../is-continue-as-new-wanted.ts';
import { pageNotificationSignal, type PageNotification, type PageStart } from '../../contracts/actor-messages.ts';

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

/** Between two looks at a closed Page, doubled each time. News are looked at once. */
const FIRST_LOOK_MS = 60_000;
const LONGEST_LOOK_MS = 60 * 60_000;
/** Pause between two batches of woken conversations. */
const BATCH_PAUSE_MS = 250;
/** A part parked by a worker whose knowledge is a second old is still found. */
const LAST_LOOK_MS = 3000;

interface PageState {
  notifications: PageNotification[];
  isClosed: boolean;
  lookMs: number;
}

/** Workflow `page`. */
export async function page(start: PageStart, carried?: PageState): Promise<void> {
  const state: PageState = carried ?? { notifications: [], isClosed: false, lookMs: FIRST_LOOK_MS };
  setHandler(pageNotificationSignal, (notifications) => void state.notifications.push(notifications));
  for (;;) {
    await condition(() => state.notifications.length > 0, state.isClosed ? state.lookMs : LAST_LOOK_MS);
    const notifications = state.notifications.splice(0);
    for (const item of notifications) if (item.type === 'release') await release(item.partId);
    await look(start.pageId, state, notifications);
    if (!state.isClosed) {
      await wakeAll(start.pageId, state);
      if (state.notifications.length === 0) return;
    }
    if (isContinueAsNewWanted()) await continueAsNew<typeof page>(start, state);
  }
}

async function release(partId: string): Promise<void> {
  const result = await releasePart({ partId });
  log.info('A part that a person let go has its delivery status', { partId, status: result.status });
}

async function look(pageId: string, state: PageState, notifications: readonly PageNotification[]): Promise<void> {
  const isResumed = notifications.some(({ type }) => type === 'resume');
  const { isOpen } = await probePage({ pageId, isResumed });
  const isNewlyClosed = !isOpen && !state.isClosed;
  state.lookMs =
    isOpen || isNewlyClosed || notifications.length > 0 ? FIRST_LOOK_MS : Math.min(state.lookMs * 2, LONGEST_LOOK_MS);
  state.isClosed = !isOpen;
  if (!isNewlyClosed) return;
  try {
    await tellPageClosed({ pageId });
  } catch (error) {
    log.warn('The alert about a closed Page was not taken', { pageId, error });
  }
}

async function wakeAll(pageId: string, state: PageState): Promise<void> {
  let isLastLook = false;
  while (state.notifications.length === 0) {
    const count = await wakeParked({ pageId });
    if (count === 0 && isLastLook) return;
    isLastLook = count === 0;
    await sleep(isLastLook ? LAST_LOOK_MS : BATCH_PAUSE_MS);
  }
}
