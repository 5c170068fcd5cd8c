import { activityInfo, heartbeat } from '@temporalio/activity';
import type { Operation, OperationResult } from '../contracts/operation.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { OperationFailure, type OperationHandler, type OperationRequest } from './operations/operation-handler.ts';
import { operationTable } from './operations/operation-table.ts';

/** Below the heartbeat time-out of 2 s, with room for a busy process. */
const HEARTBEAT_INTERVAL_MS = 500;

/**
 * Carries out what a block asks of the world. Gives its outcome; thrown is what Temporal is to try again. The log names
 * operation and outcome, never what was asked or answered.
 */
export function createRunOperation(
  deps: ActivityDependencies,
): (request: OperationRequest) => Promise<OperationResult> {
  return async function runOperation(request) {
    const { attempt: number, isLocal, scheduledTimestampMs } = activityInfo();
    const deadlineAt = scheduledTimestampMs + request.timeoutMs;
    const beating = isLocal ? undefined : setInterval(() => heartbeat(), HEARTBEAT_INTERVAL_MS);
    try {
      const result = await handlerOf(request)(deps, request, { number, deadlineAt });
      note(deps, request, result);
      return result;
    } catch (error) {
      if (!(error instanceof OperationFailure)) throw error;
      const result: OperationResult = { outcome: 'failed', reason: error.message, values: {} };
      note(deps, request, result);
      return result;
    } finally {
      clearInterval(beating);
    }
  };
}

/** Loses the tie between an operation's name and its fields, which TypeScript cannot carry through a look-up. */
function handlerOf({ operation }: OperationRequest): OperationHandler<Operation['name']> {
  return operationTable[operation.name] as unknown as OperationHandler<Operation['name']>;
}

function note(
  { logger, metrics }: ActivityDependencies,
  { operation: { name }, conversationId }: OperationRequest,
  { outcome }: OperationResult,
): void {
  metrics.operations.inc({ operation: name, outcome });
  logger.debug({ conversationId, operation: name, outcome }, 'operation carried out');
}
