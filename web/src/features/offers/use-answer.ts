import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, isUnreachable, newClientId, Refusal, unwrap } from '../../shared/client/client.ts';
import { chatsQuery, isInChat } from '../../shared/data/chats.ts';
import { dropOffer, offersQuery, type OfferView } from '../../shared/data/offers.ts';
import { useMe } from '../../shared/data/session.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { serverNow } from '../../shared/lib/clock.ts';

type Answer = 'accept' | 'reject';

/** Between two tries while nobody answers. */
const AGAIN_MS = 1000;
/** An offer that was accepted in its last moment is still asked for after it. */
const ASKED_AFTER_END_MS = 15_000;

/** Accepts or rejects an offer, once: what got no answer is repeated as the same command until there is one. */
export function useAnswer(
  offer: OfferView,
  onAccepted: (conversationId: string) => void,
): { answer: (how: Answer) => Promise<void>; isBusy: boolean } {
  const { t } = useTranslation();
  const { username } = useMe();
  const queryClient = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const { offerId, conversationId } = offer;

  async function answer(how: Answer): Promise<void> {
    if (isBusy) return;
    setIsBusy(true);
    try {
      await sendUntilAnswered(offer, how);
      dropOffer(queryClient, offerId);
      if (how === 'accept') {
        await queryClient.invalidateQueries({ queryKey: chatsQuery.queryKey });
        onAccepted(conversationId);
      }
    } catch (error) {
      void queryClient.invalidateQueries({ queryKey: offersQuery.queryKey });
      // Another window of the same agent was quicker: the chat is theirs all the same.
      if (how === 'accept' && isGone(error) && (await isMine(queryClient, conversationId, username))) {
        onAccepted(conversationId);
      } else {
        tellFailure(t('offer.failed'), error);
      }
    } finally {
      setIsBusy(false);
    }
  }

  return { answer, isBusy };
}

async function sendUntilAnswered({ offerId, conversationId, expiresAt }: OfferView, how: Answer): Promise<void> {
  const request = { params: { id: conversationId }, body: { clientId: newClientId(), offerId } };
  const givesUpAt = Date.parse(expiresAt) + ASKED_AFTER_END_MS;
  for (;;) {
    try {
      if (how === 'accept') unwrap(await call('POST /api/v1/conversations/:id/accept', request));
      else unwrap(await call('POST /api/v1/conversations/:id/reject', request));
      return;
    } catch (error) {
      if (!isUnreachable(error) || serverNow() > givesUpAt) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

const isGone = (error: unknown): boolean => error instanceof Refusal && error.code === 'OFFER_GONE';

async function isMine(queryClient: QueryClient, conversationId: string, username: string): Promise<boolean> {
  const chats = await queryClient.fetchQuery({ ...chatsQuery, staleTime: 0 });
  return chats.some((chat) => chat.id === conversationId && isInChat(chat, username));
}
