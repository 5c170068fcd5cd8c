import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { ERASED_REASON } from './actor-runs.ts';

/** Temporal deletes beside the call, after a run's last tasks: seconds on a busy server. */
const MAX_ROUNDS = 60;
const PAUSE_MS = 500;
const GRPC_NOT_FOUND = 5;
/** Of a run that is asked to be deleted again. */
const ASK_AGAIN_ROUNDS = 20;

/**
 * Ends the workflow with this id and deletes every run of it with its history. Resolves once Temporal knows none any
 * more; gives the number of runs deleted.
 * @throws Error where runs are still there after some seconds: do it again
 */
export async function deleteRuns(client: Client, workflowId: string): Promise<number> {
  const askedIn = new Map<string, number>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    await terminate(client, workflowId);
    const runIds = await listRunIds(client, workflowId);
    for (const runId of runIds) {
      if (round < (askedIn.get(runId) ?? -Infinity) + ASK_AGAIN_ROUNDS) continue;
      await deleteRun(client, { workflowId, runId });
      askedIn.set(runId, round);
    }
    // The list lags behind what happened a moment ago, and deletion behind the call: both have to say that it is over.
    if (runIds.length === 0 && !(await isKnown(client, workflowId))) return askedIn.size;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error('Temporal still knows runs of this customer: erase again in a moment');
}

async function deleteRun(client: Client, workflowExecution: { workflowId: string; runId: string }): Promise<void> {
  try {
    const { namespace } = client.options;
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
  } catch (error) {
    // Gone already, and only the list does not know it yet.
    if (!isGrpcServiceError(error)) throw error;
    const code: number = error.code;
    if (code !== GRPC_NOT_FOUND) throw error;
  }
}

async function terminate(client: Client, workflowId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate(ERASED_REASON);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

async function isKnown(client: Client, workflowId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Run ids that Temporal's visibility knows, running and closed. */
export async function listRunIds(client: Client, workflowId: string): Promise<string[]> {
  const quoted = workflowId.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const runIds: string[] = [];
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${quoted}"` })) runIds.push(runId);
  return runIds;
}
