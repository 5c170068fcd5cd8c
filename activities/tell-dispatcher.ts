import { DISPATCHER_WORKFLOW, dispatcherMessagesSignal } from '../workflows/messages.ts';
import { dispatcherWorkflowId } from '../adapters/temporal/workflow-id.ts';
import type { DispatcherMessage } from '../contracts/dispatcher-message.ts';
import { ACTOR_OPTIONS } from '../contracts/task-queues.ts';
import type { ActivityDependencies } from './dependencies.ts';

export interface DispatcherMail {
  group: string;
  messages: DispatcherMessage[];
}

/** Takes a conversation's messages to the dispatcher of its group, and starts that where it does not run. */
export function createTellDispatcher({ temporal }: ActivityDependencies): (mail: DispatcherMail) => Promise<void> {
  return async function tellDispatcher({ group, messages }) {
    await temporal.workflow.signalWithStart(DISPATCHER_WORKFLOW, {
      workflowId: dispatcherWorkflowId(group),
      ...ACTOR_OPTIONS,
      args: [{ group }],
      signal: dispatcherMessagesSignal,
      signalArgs: [messages],
    });
  };
}
