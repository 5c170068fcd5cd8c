import type { DispatcherMessage } from '../contracts/dispatcher-message.ts';
import type { ActivityDependencies } from './dependencies.ts';

export interface DispatcherMail {
  group: string;
  messages: DispatcherMessage[];
}

/** Takes a conversation's messages to the dispatcher of its group, and starts that where it does not run. */
export function createTellDispatcher({ actors }: ActivityDependencies): (mail: DispatcherMail) => Promise<void> {
  return async function tellDispatcher({ group, messages }) {
    await actors.tellDispatcher(group, messages);
  };
}
