import {
  ActivityFailure,
  CancellationScope,
  isCancellation,
  log,
  proxyActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { Operation, OperationResult } from '../../contracts/operation.ts';
import { OPERATIONS } from '../../contracts/operations.ts';
import type { OperationEffect } from '../../scenario-dsl/machine/effect.ts';
import { proxyLocalActivities } from '../proxy-local-activities.ts';
import { openConversation, type Actor } from './actor.ts';
import { askLocally } from './ask-locally.ts';
import { track } from './track.ts';

/** How long after the block's time an attempt may still be under way: nobody waits for it, it only ends. */
const MARGIN_MS = 2000;
/** A look into our own configuration or at our own actors takes milliseconds. */
const LOOK_MS = 5000;
/** Begun once more only where the author allows it: they may have done something. */
const UNREPEATABLE_METHODS = new Set(['POST', 'PATCH']);

/**
 * Starts what a block asks of the world; the answer comes as `operation.completed`. The table of operations says
 * whether it is an ordinary activity or a local one.
 */
export function startOperation(actor: Actor, { id, operation, timeoutMs }: OperationEffect): void {
  const { id: conversationId, context } = openConversation(actor);
  const { pageId, psid } = actor.state;
  const { entry, service } = context;
  const { runOperation } = chooseRunner(operation, timeoutMs);
  const isLocal = OPERATIONS[operation.name].runs === 'local';
  const scope = new CancellationScope();
  actor.operations.set(id, scope);
  track(actor, async () => {
    const request = { conversationId, effectId: id, pageId, psid, entry, operation, timeoutMs };
    const run = () => scope.run(() => runOperation({ ...request, ...(service !== undefined && { service }) }));
    const result = await outcomeOf(() => (isLocal ? askLocally(actor, run) : run()));
    actor.operations.delete(id);
    if (result) actor.answers.push({ effectId: id, result });
  });
}

/** Nobody waits for them any more: the conversation is over, and the next one must not wait for them either. */
export function abandonOperations(actor: Actor): void {
  for (const scope of actor.operations.values()) scope.cancel();
}

type Runner = Pick<Activities, 'runOperation'>;

function chooseRunner(operation: Operation, timeoutMs: number): Runner {
  const row = OPERATIONS[operation.name];
  if (row.runs === 'local') return runLocally(timeoutMs);
  return runAsActivity(timeoutMs, countAttempts(row.attempts, operation));
}

/** `maximumAttempts` undefined: as often as a worker dies. */
function runAsActivity(timeoutMs: number, maximumAttempts: number | undefined): Runner {
  return proxyActivities<Activities>({
    startToCloseTimeout: timeoutMs + MARGIN_MS,
    scheduleToCloseTimeout: timeoutMs + MARGIN_MS,
    heartbeatTimeout: '2s',
    retry: {
      initialInterval: '500ms',
      maximumInterval: '5s',
      backoffCoefficient: 2,
      ...(maximumAttempts !== undefined && { maximumAttempts }),
    },
  });
}

function countAttempts(attempts: number | 'unlimited' | 'by-method', operation: Operation): number | undefined {
  if (typeof attempts === 'number') return attempts;
  if (attempts === 'unlimited' || !('retries' in operation)) return undefined;
  return UNREPEATABLE_METHODS.has(operation.method) ? 1 + operation.retries : undefined;
}

function runLocally(timeoutMs: number): Runner {
  return proxyLocalActivities({
    startToCloseTimeout: LOOK_MS,
    scheduleToCloseTimeout: timeoutMs + MARGIN_MS,
    localRetryThreshold: LOOK_MS,
    retry: { initialInterval: '200ms', maximumInterval: '5s', backoffCoefficient: 2 },
  });
}

/** What became of it, also where no worker could say; nothing where it was abandoned. */
async function outcomeOf(run: () => Promise<OperationResult>): Promise<OperationResult | undefined> {
  try {
    return await run();
  } catch (error) {
    if (isCancellation(error)) return undefined;
    if (!(error instanceof ActivityFailure)) throw error;
    log.warn('An operation could not be carried out', { error });
    return describeFailure(error);
  }
}

function describeFailure({ cause }: ActivityFailure): OperationResult {
  if (cause instanceof TimeoutFailure && cause.timeoutType !== 'HEARTBEAT') {
    return { outcome: 'timeout', reason: 'No answer came in time.', values: {} };
  }
  const reason =
    cause instanceof TimeoutFailure
      ? 'The worker died meanwhile; whether the request was carried out is not known.'
      : 'The operation could not be carried out.';
  return { outcome: 'failed', reason, values: {} };
}
