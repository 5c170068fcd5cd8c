/** Workflows that answer as the real actors do, for tests of the api's calls. */
import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import {
  acceptOfferUpdate,
  agentStateSignal,
  customerEventsSignal,
  endChatUpdate,
  sendAgentMessageUpdate,
  threadOwnerSignal,
} from '../../../workflows/messages.ts';

/** Takes events until the chat is ended; gives the keys it saw and who owned the thread. */
export async function conversation(): Promise<{ keys: string[]; owners: string[] }> {
  const keys: string[] = [];
  const owners: string[] = [];
  let isEnded = false;
  setHandler(customerEventsSignal, (events) => void keys.push(...events.map(({ key }) => key)));
  setHandler(threadOwnerSignal, ({ owner }) => void owners.push(owner));
  setHandler(sendAgentMessageUpdate, ({ clientId }) => ({ id: `part of ${clientId}`, at: 5 }));
  setHandler(acceptOfferUpdate, ({ conversationId }) => ({ conversationId }), {
    validator: (_command): void => {
      throw ApplicationFailure.nonRetryable('gone', 'OFFER_GONE');
    },
  });
  setHandler(endChatUpdate, ({ conversationId }) => {
    isEnded = true;
    return { conversationId };
  });
  await condition(() => isEnded);
  return { keys, owners };
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
