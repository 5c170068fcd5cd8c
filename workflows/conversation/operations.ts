import {
  ActivityFailure,
  CancellationScope,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import type { Operation, OperationResult } from '../../contracts/operation.ts';
import type { OperationEffect } from '../../scenario-dsl/effect.ts';
import { openConversation, type Actor } from './actor.ts';
import { track } from './track.ts';

/** How long after the block's time an attempt may still be under way: nobody waits for it, it only ends. */
const MARGIN_MS = 2000;
/** A look into our own configuration or at our own actors takes milliseconds. */
const LOOK_MS = 5000;
/** A bot is given a key by which it knows a repeated question. */
const BOT_ATTEMPTS = 2;

/**
 * Starts what a block asks of the world; the answer comes as `operation.completed`. What leaves our house is an ordinary
 * activity, seen by the server and given to another worker when this one dies; a look at home is a local one.
 */
export function startOperation(actor: Actor, { id, operation, timeoutMs }: OperationEffect): void {
  const { id: conversationId, context } = openConversation(actor);
  const { pageId, psid } = actor.state;
  const { entry, service } = context;
  const { runOperation } = isOutside(operation) ? outside(operation, timeoutMs) : atHome(timeoutMs);
  const scope = new CancellationScope();
  actor.operations.set(id, scope);
  track(actor, async () => {
    const request = { conversationId, effectId: id, pageId, psid, entry, operation, timeoutMs };
    const result = await outcomeOf(() =>
      scope.run(() => runOperation({ ...request, ...(service !== undefined && { service }) })),
    );
    actor.operations.delete(id);
    if (result) actor.answers.push({ effectId: id, result });
  });
}

/** Nobody waits for them any more: the conversation is over, and the next one must not wait for them either. */
export function abandonOperations(actor: Actor): void {
  for (const scope of actor.operations.values()) scope.cancel();
}

function isOutside({ name }: Operation): boolean {
  return name === 'fetch-url' || name === 'ask-a-bot';
}

type Runner = Pick<Activities, 'runOperation'>;

function outside(operation: Operation, timeoutMs: number): Runner {
  const maximumAttempts = attemptsOf(operation);
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

/**
 * How often it may be begun. Undefined: as often as a worker dies, since asking again changes nothing. What may have done
 * something is begun once more only where the author allows it.
 */
function attemptsOf(operation: Operation): number | undefined {
  if (operation.name !== 'fetch-url') return BOT_ATTEMPTS;
  const isRepeatable = !['POST', 'PATCH'].includes(operation.method);
  return isRepeatable ? undefined : 1 + operation.retries;
}

function atHome(timeoutMs: number): Runner {
  return proxyLocalActivities<Activities>({
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
