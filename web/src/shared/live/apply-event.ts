import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { LiveEvent } from '../../../../contracts/live-event.ts';
import { myStateQuery } from '../data/agent-state.ts';
import { chatsQuery, conversationQuery, storeConversation, wrapUpsQuery } from '../data/chats.ts';
import { messagesQuery, storeMessage, storeReceipt } from '../data/messages.ts';
import { refreshAlerts } from '../data/alerts.ts';
import { refreshOverview } from '../data/overview.ts';
import { dropOffer, offersQuery, storeOffer } from '../data/offers.ts';
import { askAgain } from './ask-again.ts';
import { markTyping } from './typing.ts';

/** Writes what an event tells into what is loaded: screens are drawn from there. */
export function applyEvent(queryClient: QueryClient, event: LiveEvent, username: string): void {
  write(queryClient, event, username);
  for (const queryKey of keysOf(event, username)) askAgain(queryClient, queryKey);
}

/** What is loaded once and kept by events, as far as this one changes it. */
function keysOf(event: LiveEvent, username: string): readonly QueryKey[] {
  switch (event.type) {
    case 'conversation.changed':
      return [conversationQuery(event.data.id).queryKey, chatsQuery.queryKey];
    case 'message.added':
    case 'message.changed':
    case 'receipt':
      return [messagesQuery(event.data.conversationId).queryKey];
    case 'offer.made':
    case 'offer.gone':
      return [offersQuery.queryKey];
    case 'agent.state':
      return event.data.username === username ? [myStateQuery.queryKey] : [];
    case 'typing':
    case 'history':
    case 'agent.history':
    case 'queue.changed':
    case 'alert.raised':
    case 'alert.resolved':
    case 'session.replaced':
      return [];
  }
}

// oxlint-disable-next-line complexity -- one line for each kind of event
function write(queryClient: QueryClient, event: LiveEvent, username: string): void {
  switch (event.type) {
    case 'conversation.changed':
      storeConversation(queryClient, event.data, username);
      refreshOverview(queryClient);
      return;
    case 'message.added':
    case 'message.changed':
      storeMessage(queryClient, event.data.conversationId, event.data.message);
      return;
    case 'receipt':
      storeReceipt(queryClient, event.data);
      return;
    case 'typing':
      if (event.data.agent !== username) markTyping(event.data);
      return;
    case 'offer.made':
      if (event.data.agent === username) storeOffer(queryClient, event.data);
      return;
    case 'offer.gone':
      dropOffer(queryClient, event.data.offerId);
      return;
    case 'agent.state':
      if (event.data.username === username) queryClient.setQueryData(myStateQuery.queryKey, event.data);
      refreshOverview(queryClient);
      return;
    case 'history':
      applyHistory(queryClient, event);
      return;
    case 'agent.history':
      if (event.data.type.startsWith('after-work'))
        void queryClient.invalidateQueries({ queryKey: wrapUpsQuery.queryKey });
      return;
    case 'queue.changed':
      refreshOverview(queryClient);
      return;
    case 'alert.raised':
    case 'alert.resolved':
      refreshAlerts(queryClient);
      return;
    case 'session.replaced':
      return;
  }
}

/** What changed that is asked for elsewhere. */
function applyHistory(queryClient: QueryClient, { data: { type, conversationId } }: LiveEvent<'history'>): void {
  if (type === 'connected' || type === 'left') void queryClient.invalidateQueries({ queryKey: ['my-day'] });
  void queryClient.invalidateQueries({ queryKey: ['events', conversationId] });
}
