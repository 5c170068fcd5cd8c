import { randomUUID } from 'node:crypto';
import type { LiveEvent } from '../../contracts/live-event.ts';
import { callUntilAnswered } from './call-until-answered.ts';
import { openLiveStream } from './open-live-stream.ts';
import type { RunningStack } from './running-stack.ts';
import { until } from './until.ts';

type OfferEvent = LiveEvent<'offer.made'>['data'];

/** A user's desk as a screen has it: told everything by its socket, and commands over HTTP, repeated until they are answered. */
export interface LiveDesk {
  readonly username: string;
  setState(state: 'ready' | 'not-ready' | 'logged-out'): Promise<void>;
  /** The next offer that the socket tells, or that is there when it comes back. */
  untilOffered(kind?: OfferEvent['kind']): Promise<OfferEvent>;
  /** Waits for an offer and takes it; one that ran out while a process was down comes again. */
  acceptNext(kind?: OfferEvent['kind']): Promise<OfferEvent>;
  command(conversationId: string, verb: string, body?: object): Promise<void>;
  /** The status of a command that is asked for once. */
  tryCommand(conversationId: string, verb: string, body?: object): Promise<number>;
  close(): void;
}

/** Opens the socket of a user who is logged in. */
export function openLiveDesk(stack: RunningStack, { username, token }: { username: string; token: string }): LiveDesk {
  const offers = new Map<string, OfferEvent>();
  async function takeOffers(): Promise<void> {
    const { body } = await stack.call('GET', '/api/v1/agents/me/offers', { token });
    for (const offer of body.items ?? []) offers.set(offer.offerId, { ...offer, agent: username });
  }
  const client = openLiveStream(
    { url: stack.url, token },
    {
      onEvent: (event) => {
        if (event.type === 'offer.made') offers.set(event.data.offerId, event.data);
        if (event.type === 'offer.gone') offers.delete(event.data.offerId);
      },
      onReset: () => {
        // Where the api is away its socket ends as well, and what is offered comes by the next one.
        void takeOffers().catch(() => undefined);
      },
    },
  );

  const untilAnswered = (method: string, route: string, body: object): Promise<void> =>
    callUntilAnswered(stack, method, { route, body, token });
  const desk: LiveDesk = {
    username,
    setState: (state) => untilAnswered('PUT', '/api/v1/agents/me/state', { state }),
    untilOffered: (kind = 'chat') =>
      until(
        `an offer of a ${kind} to ${username}`,
        () => [...offers.values()].find((offer) => offer.kind === kind),
        90_000,
      ),
    async acceptNext(kind) {
      for (;;) {
        const offer = await desk.untilOffered(kind);
        offers.delete(offer.offerId);
        try {
          await desk.command(offer.conversationId, 'accept', { offerId: offer.offerId });
          return offer;
        } catch (error) {
          if (!String(error).includes('OFFER_GONE')) throw error;
        }
      }
    },
    command: (conversationId, verb, body = {}) =>
      untilAnswered('POST', routeOf(conversationId, verb), { clientId: randomUUID(), ...body }),
    async tryCommand(conversationId, verb, body = {}) {
      const withId = { clientId: randomUUID(), ...body };
      return (await stack.call('POST', routeOf(conversationId, verb), { body: withId, token })).status;
    },
    close: () => client.close(),
  };
  return desk;
}

const routeOf = (conversationId: string, verb: string): string => `/api/v1/conversations/${conversationId}/${verb}`;
