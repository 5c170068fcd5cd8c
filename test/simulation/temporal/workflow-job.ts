import type { Payload } from './payload.ts';

/** Why an activity or a local activity came to nothing, as an actor sees it. */
export interface ActivityProblem {
  kind: 'application' | 'timeout' | 'cancelled';
  message: string;
  type?: string;
  details?: unknown[];
  timeoutType?: 'START_TO_CLOSE' | 'SCHEDULE_TO_CLOSE' | 'HEARTBEAT';
}

/** What an activity came to: its answer, absent for none, or why there is none. */
export type ActivityOutcome = { result: Payload } | { problem: ActivityProblem };

/** Something that a workflow task brings to an actor. */
export type Job =
  | { type: 'start'; args: Payload }
  | { type: 'signal'; name: string; args: Payload }
  | { type: 'update'; id: string; name: string; args: Payload }
  | { type: 'cancel' }
  | { type: 'fire-timer'; seq: number }
  | { type: 'resolve-activity'; seq: number; outcome: ActivityOutcome }
  | { type: 'resolve-local-activity'; seq: number; outcome: ActivityOutcome };

/** How an activity is to be tried; milliseconds. */
export interface ActivityOptions {
  startToCloseMs: number | undefined;
  scheduleToCloseMs: number | undefined;
  heartbeatMs: number | undefined;
  retry: { initialMs: number; maximumMs: number; coefficient: number; maximumAttempts: number };
}

/** Why an update was not carried out. */
export interface UpdateRefusal {
  message: string;
  type?: string;
}

export type UpdateOutcome = { result: Payload } | { refusal: UpdateRefusal };

/** Something that an actor wants of Temporal. */
export type Command =
  | { type: 'schedule-activity'; seq: number; name: string; args: Payload; options: ActivityOptions }
  | { type: 'cancel-activity'; seq: number }
  | { type: 'schedule-local-activity'; seq: number; name: string; args: Payload; options: ActivityOptions }
  | { type: 'cancel-local-activity'; seq: number }
  | { type: 'start-timer'; seq: number; ms: number }
  | { type: 'cancel-timer'; seq: number }
  | { type: 'accept-update'; id: string }
  | { type: 'reject-update'; id: string; refusal: UpdateRefusal }
  | { type: 'complete-update'; id: string; outcome: UpdateOutcome }
  | { type: 'continue-as-new'; args: Payload }
  | { type: 'complete' }
  | { type: 'fail'; message: string }
  | { type: 'cancelled' };

/** One go of an actor's code: what it was given and when, and what it wanted. */
export interface Activation {
  now: number;
  info: RunInfo;
  jobs: Job[];
  commands: readonly Command[];
}

/** What an actor may ask about its run. */
export interface RunInfo {
  historyLength: number;
  historySize: number;
  continueAsNewSuggested: boolean;
}

/** Commands that end a run. */
export function isClosing(command: Command): boolean {
  return ['continue-as-new', 'complete', 'fail', 'cancelled'].includes(command.type);
}
