import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '../temporal/client-api.ts';
import { RunNotFoundError, type TemporalService } from '../temporal/temporal-service.ts';
import type { WorkerProcess } from '../temporal/worker-process.ts';

interface Definition {
  name: string;
}

/**
 * A Temporal client as the code of one process has it: of the SDK's what our activities call. `onSignal` hears of what one
 * actor says to another.
 */
export function createSimulatedClient(
  service: TemporalService,
  process: WorkerProcess,
  onSignal: (workflowId: string, args: readonly unknown[]) => void,
): Client {
  const call = <Result>(label: string, apply: () => Result): Promise<Result> =>
    process.effect(`temporal.${label}`, () => translated(apply));
  const getHandle = (workflowId: string): object => ({
    signal: ({ name }: Definition, ...args: unknown[]) =>
      call(`signal ${name} of ${workflowId}`, () => {
        service.signal(workflowId, name, args);
        onSignal(workflowId, args);
      }),
    describe: () =>
      call(`describe ${workflowId}`, () => {
        if (!service.context.current.has(workflowId)) throw new RunNotFoundError(workflowId);
        return { status: { name: service.isRunning(workflowId) ? 'RUNNING' : 'COMPLETED' } };
      }),
    query: async ({ name }: Definition, ...args: unknown[]) => {
      await call(`query ${name}`, () => service.isRunning(workflowId));
      return service.query(workflowId, name, args).catch(rethrow);
    },
  });
  const signalWithStart = (
    workflowType: string,
    {
      workflowId,
      args,
      signal,
      signalArgs,
    }: { workflowId: string; args: unknown[]; signal: Definition; signalArgs: unknown[] },
  ): Promise<void> =>
    call(`signalWithStart ${signal.name} of ${workflowId}`, () => {
      service.signalWithStart({ workflowId, workflowType, args, signal: signal.name, signalArgs });
      onSignal(workflowId, signalArgs);
    });
  return { workflow: { getHandle, signalWithStart }, withDeadline } as unknown as Client;
}

/** Deadlines are of real time, which a simulated world has not. */
function withDeadline<Result>(_at: number, run: () => Promise<Result>): Promise<Result> {
  return run();
}

function translated<Result>(apply: () => Result): Result {
  try {
    return apply();
  } catch (error) {
    return rethrow(error);
  }
}

function rethrow(error: unknown): never {
  throw error instanceof RunNotFoundError ? new WorkflowNotFoundError(error.message) : error;
}
