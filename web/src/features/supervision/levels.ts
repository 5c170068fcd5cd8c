import { LONG_WAIT_TARGETS } from '../../../../contracts/supervision.ts';
import type { ServiceFigures } from '../../shared/data/overview.ts';

/** How far a figure is over what it should be. */
export type Level = 'amber' | 'red';

/** Which figures of a service want to be looked at. */
interface Levels {
  waiting?: Level | undefined;
  longestWait?: Level | undefined;
  ready?: Level | undefined;
  inTime?: Level | undefined;
  gaveUp?: Level | undefined;
}

/** So many wait for each who is ready before it is marked. */
const MANY_WAIT = 3;
/** Of those who were taken or gave up. */
const MANY_GAVE_UP = 0.05;

/** How long whoever waits longest has waited at `at` (epoch ms); undefined where nobody waits. */
export function longestWaitMs({ now: { waitingSince } }: ServiceFigures, at: number): number | undefined {
  return waitingSince === undefined ? undefined : at - Date.parse(waitingSince);
}

/** Judges by the service's own target. `waitedMs`: of who has waited longest. */
export function levelsOf({ now, day, target }: ServiceFigures, waitedMs: number | undefined): Levels {
  const longestWait = levelOfWait(waitedMs, target.withinMs);
  const isShort = now.waiting > 0 && now.agentsReady === 0;
  const gone = day.gaveUp + day.handled;
  return {
    waiting: now.waiting >= MANY_WAIT * Math.max(1, now.agentsReady) ? 'amber' : undefined,
    longestWait,
    ready: isShort ? (longestWait === 'red' ? 'red' : 'amber') : undefined,
    inTime: day.inTimePercent !== undefined && day.inTimePercent < target.percent ? 'red' : undefined,
    gaveUp: gone > 0 && day.gaveUp / gone > MANY_GAVE_UP ? 'amber' : undefined,
  };
}

function levelOfWait(waitedMs: number | undefined, targetMs: number): Level | undefined {
  if (waitedMs === undefined || waitedMs < targetMs) return undefined;
  return waitedMs >= LONG_WAIT_TARGETS * targetMs ? 'red' : 'amber';
}
