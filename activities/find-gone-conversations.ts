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
      if (workflowId === undefined || !(await deps.actors.isRunning(workflowId))) gone.push(conversationId);
    }
    return gone;
  };
}
