/** What stands in the place of `@temporalio/workflow` while actors run in a simulated world. */
import { defineQuery, defineSignal, defineUpdate, type MessageDefinition } from './message-definition.ts';
import { CancellationScope, scopeWithin } from './cancellation-scope.ts';
import { toMs } from './duration.ts';
import { ActivityFailure, ApplicationFailure, CancelledFailure, isCancellation, TimeoutFailure } from './failures.ts';
import { encode } from './payload.ts';
import { ContinueAsNewRequest, currentInstance, type WorkflowInstance } from './workflow-instance.ts';
import type { ActivityOptions } from './workflow-job.ts';

export {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  TimeoutFailure,
};

export type { Workflow } from '@temporalio/workflow';

type Handler = (...args: unknown[]) => unknown;

export function setHandler(
  { type, name }: MessageDefinition,
  handle: Handler,
  options?: { validator?: (...args: unknown[]) => void },
): void {
  const instance = currentInstance();
  if (type === 'query') instance.queryHandlers.set(name, handle);
  if (type === 'signal') instance.signalHandlers.set(name, handle);
  if (type === 'update') instance.updateHandlers.set(name, { handle, validate: options?.validator });
  instance.dispatchBuffered(name);
}

export function workflowInfo(): object {
  const instance = currentInstance();
  instance.noteLook();
  const { workflowId, runId, workflowType } = instance.identity;
  return { workflowId, runId, workflowType, memo: {}, ...instance.info };
}

export function uuid4(): string {
  const { random } = currentInstance().identity;
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(8)}${hex(4)}`;
}

export function continueAsNew(...args: unknown[]): Promise<never> {
  return Promise.reject(new ContinueAsNewRequest(args));
}

export function sleep(duration: string | number): Promise<void> {
  return startTimer(currentInstance(), toMs(duration) ?? 0).fired;
}

export function condition(isMet: () => boolean): Promise<void>;
export function condition(isMet: () => boolean, timeout: string | number): Promise<boolean>;
export function condition(isMet: () => boolean, timeout?: string | number): Promise<void | boolean> {
  const instance = currentInstance();
  instance.noteLook();
  if (timeout === undefined) return waitFor(instance, isMet).met;
  return waitWithin(instance, isMet, toMs(timeout) ?? 0);
}

/** As the SDK: a condition that is met calls its timer off, a timer that fires forgets the condition. */
async function waitWithin(instance: WorkflowInstance, isMet: () => boolean, timeoutMs: number): Promise<boolean> {
  if (isMet()) return true;
  const timer = startTimer(instance, timeoutMs);
  const waiting = waitFor(instance, isMet);
  try {
    return await Promise.race([waiting.met.then(() => true), timer.fired.then(() => false)]);
  } finally {
    timer.cancel();
    waiting.forget();
  }
}

function waitFor(instance: WorkflowInstance, isMet: () => boolean): { met: Promise<void>; forget: () => void } {
  if (isMet()) return { met: Promise.resolve(), forget: () => undefined };
  const scope = scopeWithin(instance.rootScope);
  let forget: (() => void) | undefined;
  const met = new Promise<void>((resolve, reject) => {
    if (scope.consideredCancelled) return reject(new CancelledFailure('Cancellation scope cancelled'));
    const waiting = { isMet, resolve };
    instance.conditions.add(waiting);
    const stop = scope.onCancel((error) => {
      instance.conditions.delete(waiting);
      reject(error);
    });
    forget = () => {
      stop();
      instance.conditions.delete(waiting);
    };
  });
  return { met, forget: () => forget?.() };
}

function startTimer(instance: WorkflowInstance, ms: number): { fired: Promise<void>; cancel: () => void } {
  const scope = scopeWithin(instance.rootScope);
  if (scope.consideredCancelled) {
    return { fired: Promise.reject(new CancelledFailure('Cancellation scope cancelled')), cancel: () => undefined };
  }
  const seq = instance.nextSeq();
  instance.commands.push({ type: 'start-timer', seq, ms: Math.max(1, ms) });
  let cancel: (() => void) | undefined;
  const fired = new Promise<void>((resolve, reject) => {
    const stop = scope.onCancel((error) => {
      cancel?.();
      reject(error);
    });
    cancel = () => {
      stop();
      if (instance.timers.delete(seq)) instance.commands.push({ type: 'cancel-timer', seq });
    };
    instance.timers.set(seq, { name: 'timer', reject, resolve: () => (stop(), resolve()) });
  });
  return { fired, cancel: () => cancel?.() };
}

interface GivenOptions {
  startToCloseTimeout?: string | number;
  scheduleToCloseTimeout?: string | number;
  heartbeatTimeout?: string | number;
  retry?: {
    initialInterval?: string | number;
    maximumInterval?: string | number;
    backoffCoefficient?: number;
    maximumAttempts?: number;
  };
}

function toOptions({
  startToCloseTimeout,
  scheduleToCloseTimeout,
  heartbeatTimeout,
  retry = {},
}: GivenOptions): ActivityOptions {
  const initialMs = toMs(retry.initialInterval) ?? 1000;
  return {
    startToCloseMs: toMs(startToCloseTimeout),
    scheduleToCloseMs: toMs(scheduleToCloseTimeout),
    heartbeatMs: toMs(heartbeatTimeout),
    retry: {
      initialMs,
      maximumMs: toMs(retry.maximumInterval) ?? initialMs * 100,
      coefficient: retry.backoffCoefficient ?? 2,
      maximumAttempts: retry.maximumAttempts ?? Infinity,
    },
  };
}

export function proxyActivities(options: GivenOptions): Record<string, Handler> {
  return proxy(toOptions(options), 'activities');
}

export function proxyLocalActivities(options: GivenOptions): Record<string, Handler> {
  return proxy(toOptions(options), 'localActivities');
}

function proxy(options: ActivityOptions, kind: 'activities' | 'localActivities'): Record<string, Handler> {
  return new Proxy<Record<string, Handler>>(
    {},
    {
      get:
        (_target, name) =>
        (...args: unknown[]) =>
          schedule(kind, options, { name: String(name), args }),
    },
  );
}

function schedule(
  kind: 'activities' | 'localActivities',
  options: ActivityOptions,
  { name, args }: { name: string; args: unknown[] },
): Promise<unknown> {
  const instance = currentInstance();
  const scope = scopeWithin(instance.rootScope);
  const isLocal = kind === 'localActivities';
  return new Promise((resolve, reject) => {
    if (scope.consideredCancelled) return reject(new ActivityFailure(name, new CancelledFailure('cancelled')));
    const seq = instance.nextSeq();
    const type = isLocal ? 'schedule-local-activity' : 'schedule-activity';
    instance.commands.push({ type, seq, name, args: encode(args), options });
    // The failure comes at once, as for `cancellationType: TRY_CANCEL`.
    const stop = scope.onCancel((cause) => {
      if (!instance[kind].delete(seq)) return;
      instance.commands.push({ type: isLocal ? 'cancel-local-activity' : 'cancel-activity', seq });
      reject(new ActivityFailure(name, cause));
    });
    const done =
      (settle: (value: unknown) => void) =>
      (value: unknown): void => {
        stop();
        settle(value);
      };
    instance[kind].set(seq, { name, resolve: done(resolve), reject: done(reject) });
  });
}

const quiet = (): void => undefined;
/** Nobody reads the logs of a simulated world: its story is told by what happens. */
export const log = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
