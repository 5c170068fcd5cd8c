import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { proxyLocalActivities } from '../proxy-local-activities.ts';

/**
 * The conversation's way to the world. Look-ups and read-model writes are local activities: a few milliseconds, and
 * tried until the database is back. Sends are ordinary ones: seen by the server, retried elsewhere when a worker dies.
 */
const local = proxyLocalActivities({
  startToCloseTimeout: '5s',
  // While the database is gone the long pauses become timers: an open workflow task would fill the history.
  localRetryThreshold: '5s',
  retry: { initialInterval: '200ms', maximumInterval: '20s', backoffCoefficient: 2 },
});

/** Of records, which a conversation writes all the time: once, and not for long. */
export const { recordProgress: recordBriefly } = proxyLocalActivities({
  startToCloseTimeout: '1s',
  scheduleToCloseTimeout: '1s',
  retry: { maximumAttempts: 1 },
});

const sending = proxyActivities<Activities>({
  // An upload takes its time; a worker that dies is found by its heartbeat.
  startToCloseTimeout: '90s',
  heartbeatTimeout: '2s',
  // A day: what could not be said within the messaging window is not said any more.
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '500ms', maximumInterval: '15s', backoffCoefficient: 2 },
});

export const { findQueue, findScenarioTarget, openConversationContext, loadScenario, loadStartedScenarios } = local;
export const { sendPart } = sending;
/** Ordinary, so that what a dispatcher hears is history before; tried until it has heard. */
export const { tellDispatchers } = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '200ms', maximumInterval: '20s', backoffCoefficient: 2 },
});
/** What operators hear, within minutes or not at all. */
export const { raiseAlert, resolveAlert } = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '20s', backoffCoefficient: 2 },
});
/**
 * What an actor cannot carry, and records of so much that writing them takes long: ordinary. A workflow task that waits for
 * local activities is played again from its beginning when it is not over in time, and a burst's never was.
 */
export const {
  spillEvents,
  readSpilledEvents,
  forgetSpilledEvents,
  recordProgress: recordLargeProgress,
} = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '200ms', maximumInterval: '20s', backoffCoefficient: 2 },
});
/** For a part whose time is over: only its row is written, for as long as it takes. */
export const { sendPart: giveUpPart } = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '500ms', maximumInterval: '30s', backoffCoefficient: 2 },
});
