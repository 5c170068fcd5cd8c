/** Workflows that answer as the real actors do, for tests of the api's calls. */
import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import {
  agentCommandUpdate,
  agentStateSignal,
  customerEventsSignal,
  threadOwnerSignal,
} from '../../../contracts/actor-messages.ts';

/** Takes events until the chat is ended; gives the keys it saw and who owned the thread. */
export async function conversation(): Promise<{ keys: string[]; owners: string[] }> {
  const keys: string[] = [];
  const owners: string[] = [];
  let isEnded = false;
  setHandler(customerEventsSignal, (events) => {
    // A fault of ours: each attempt of the task fails, until the time that the event names.
    if (events.some(({ key, at }) => key === 'poison' && Date.now() < at)) throw new Error('poisoned');
    keys.push(...events.map(({ key }) => key));
  });
  setHandler(threadOwnerSignal, ({ owner }) => void owners.push(owner));
  setHandler(
    agentCommandUpdate,
    ({ type, clientId, conversationId }) => {
      if (type === 'message') return { id: `part of ${clientId}`, at: 5 };
      isEnded = true;
      return { conversationId };
    },
    {
      validator: ({ type }): void => {
        if (type === 'accept') throw ApplicationFailure.nonRetryable('gone', 'OFFER_GONE');
      },
    },
  );
  await condition(() => isEnded);
  return { keys, owners };
}

/** Goes on until somebody ends it. */
export async function scenarioMove(): Promise<void> {
  await condition(() => false);
}

/** Ends with the first state it is told. */
export async function dispatcher(): Promise<string> {
  let state = '';
  setHandler(agentStateSignal, (change) => {
    state = change.state;
  });
  await condition(() => state !== '');
  return state;
}
