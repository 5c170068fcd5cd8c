import { randomUUID } from 'node:crypto';
import { callUntilAnswered } from './call-until-answered.ts';
import type { HttpResponse, RunningStack } from './running-stack.ts';
import type { SimulatedCustomer, SimulatedPage } from './simulated-page.ts';
import { until } from './until.ts';

/** What a conversation looks like over the API. */
interface ConversationLook {
  id: string;
  state: string;
  owner: string;
  block: string;
}

/** An agent's side of the API. Commands are repeated with the same `clientId` until they are answered. */
export interface AgentDesk {
  setState(state: 'ready' | 'not-ready' | 'logged-out'): Promise<HttpResponse>;
  /** Waits for an offer and accepts it; gives the conversation's id. */
  acceptNext(): Promise<string>;
  say(conversationId: string, text: string): Promise<void>;
  end(conversationId: string): Promise<void>;
}

/** Creates the desk of a Page's agent. */
export function createAgentDesk(stack: RunningStack, { agent }: SimulatedPage): AgentDesk {
  const command = (conversationId: string, verb: string, body: object = {}): Promise<void> =>
    callUntilAnswered(stack, 'POST', {
      route: `/api/v1/conversations/${conversationId}/${verb}`,
      body: { clientId: randomUUID(), ...body },
      token: agent.token,
    });
  return {
    setState: (state) => stack.call('PUT', '/api/v1/agents/me/state', { body: { state }, token: agent.token }),
    async acceptNext() {
      for (;;) {
        const offer = await until(
          'an offer',
          async () => {
            const answer = await stack
              .call('GET', '/api/v1/agents/me/offers', { token: agent.token })
              .catch(() => undefined);
            return answer?.body.items?.[0];
          },
          60_000,
        );
        try {
          await command(offer.conversationId, 'accept', { offerId: offer.offerId });
          return offer.conversationId;
        } catch (error) {
          // It ran out while a process was down, which makes its agent Not Ready: another comes when they are Ready again.
          if (!String(error).includes('OFFER_GONE')) throw error;
          await callUntilAnswered(stack, 'PUT', {
            route: '/api/v1/agents/me/state',
            body: { state: 'ready' },
            token: agent.token,
          });
        }
      }
    },
    say: (conversationId, text) => command(conversationId, 'messages', { text }),
    end: (conversationId) => command(conversationId, 'end'),
  };
}

/** The latest conversation of a customer as the API gives it. */
export async function latestConversation(
  stack: RunningStack,
  { pageId }: SimulatedPage,
  { psid }: SimulatedCustomer,
): Promise<ConversationLook | undefined> {
  const { body } = await stack.call('GET', `/api/v1/conversations?pageId=${pageId}&psid=${psid}`);
  return body.items?.[0];
}
