import { WorkflowNotFoundError } from '@temporalio/client';
import type { ActivityDependencies } from './dependencies.ts';

/** Gives those conversations that hold something of a dispatcher but do not run: ended, erased or terminated. */
export function createFindGoneConversations(
  deps: ActivityDependencies,
): (request: { conversationIds: string[] }) => Promise<string[]> {
  return async function findGoneConversations({ conversationIds }) {
    const workflows = await deps.readModel.conversations.findRunningWorkflows(conversationIds);
    const gone: string[] = [];
    for (const conversationId of conversationIds) {
      const workflowId = workflows.get(conversationId);
      if (workflowId === undefined || !(await isRunning(deps, workflowId))) gone.push(conversationId);
    }
    return gone;
  };
}

async function isRunning({ temporal }: ActivityDependencies, workflowId: string): Promise<boolean> {
  try {
    return (await temporal.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
