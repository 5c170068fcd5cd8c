import type { Execution } from '../temporal/execution.ts';
import { RunNotFoundError } from '../temporal/temporal-service.ts';
import type { ServiceObserver } from '../temporal/service-context.ts';
import { OLDER_ENGINE_VERSION } from './older-actors.ts';
import type { World } from './world.ts';

/** Lets the story and the invariants hear of what Temporal does. */
export function watchService(world: () => World): ServiceObserver {
  return {
    taskFailed: (execution, failure) => takeFailure(world(), execution, failure),
    taskCompleted(execution, process) {
      if (!process?.isOlder || !isOfNewerEngine(execution)) return;
      world().violate('no older worker drives a newer run', `${process.name} takes ${execution.workflowId} further`);
    },
    runClosed: (execution, reason) => takeEnd(world(), execution, reason),
  };
}

function takeFailure(
  world: World,
  execution: Execution,
  { cause, error, process }: Parameters<ServiceObserver['taskFailed']>[1],
): void {
  const { workflowId } = execution;
  const reason = error instanceof Error ? `: ${error.message}` : '';
  world.tell('Temporal', `a task of ${workflowId} failed (${cause})${reason}`);
  world.changes += 1;
  if (cause === 'endless-loop') world.violate('every actor’s loop ends', `${workflowId} turns without end`);
  // An older worker says so where it must not go on with a newer run.
  const isRefusal = cause === 'code' && process?.isOlder === true && isOfNewerEngine(execution);
  if ((cause === 'code' && !isRefusal) || cause === 'nondeterminism') {
    world.violate('no actor fails its task', `${workflowId} (${cause})${reason}`);
  }
  if (cause === 'too-large') world.violate('history and state are bounded', `a task of ${workflowId} is over 4 MB`);
}

function takeEnd(world: World, { workflowId, runId, status }: Execution, reason: string): void {
  world.tell('Temporal', `${workflowId} is ${status}`);
  world.changes += 1;
  if (status === 'failed') world.violate('no actor fails its task', `${workflowId} has failed: ${reason}`);
  if (status === 'terminated' && !world.endedByOperator.has(runId)) {
    world.violate('history and state are bounded', `${workflowId} was terminated by the server: ${reason}`);
  }
}

/** Whether a run, or a conversation in it, is of a later engine than that of the older workers: its start or an answer says so. */
function isOfNewerEngine({ startArgs, activations }: Execution): boolean {
  const answers = activations.flatMap(({ jobs }) =>
    jobs.flatMap((job) =>
      job.type === 'resolve-local-activity' && 'result' in job.outcome ? [job.outcome.result] : [],
    ),
  );
  return [startArgs, ...answers].some((text) => {
    const [, version] = /"engineVersion":(\d+)/.exec(text) ?? [];
    return Number(version) > OLDER_ENGINE_VERSION;
  });
}

/** Does nothing where the run it is about is over. */
export function ifRunning(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    if (!(error instanceof RunNotFoundError)) throw error;
  }
}
