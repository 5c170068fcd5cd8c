import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveEvent } from '../../../contracts/live-event.ts';
import { chatsQuery, isInChat } from '../shared/data/chats.ts';
import { useCustomerName } from '../shared/data/names.ts';
import { useMe } from '../shared/data/session.ts';
import { useSettings } from '../shared/data/settings.ts';
import { playTone } from '../shared/lib/tones.ts';
import { announce } from '../shared/ui/announcer.tsx';
import { useAttentionCount } from './use-unread-total.ts';

/** Draws attention to offers and messages: by ear, by the system, to screen readers, in the title. */
export function useAttention(): (event: LiveEvent) => void {
  const { t } = useTranslation();
  const { username } = useMe();
  const queryClient = useQueryClient();
  const router = useRouter();
  const nameOf = useCustomerName();
  useTitle();

  return useCallback(
    (event: LiveEvent) => {
      if (event.type === 'offer.made' && event.data.agent === username) {
        playTone('offer');
        const { offerId, service = '', firstWords } = event.data;
        notify(t('offer.label', { name: nameOf(event.data) }), firstWords?.text ?? service, offerId);
      }
      if (event.type === 'message.added' && event.data.message.direction === 'in') {
        const { conversationId, message } = event.data;
        const chat = queryClient.getQueryData(chatsQuery.queryKey)?.find(({ id }) => id === conversationId);
        if (!chat || !isInChat(chat, username)) return;
        const isShown = router.state.location.pathname === `/chats/${conversationId}` && document.hasFocus();
        if (isShown) return;
        playTone('message');
        announce(t('chats.announce', { name: nameOf(chat) }));
        notify(nameOf(chat), message.text ?? '', conversationId);
      }
      if (event.type === 'alert.raised') attendToAlert(t('supervision.alerts.notice'), event.data);
      if (event.type === 'offer.gone' && event.data.agent === username && event.data.why === 'ignored') {
        announce(t('state.noAnswer'), 'assertive');
      }
    },
    [username, queryClient, router, nameOf, t],
  );
}

/** What is the matter with services is told; what is with Pages, operators look for themselves. */
function attendToAlert(title: string, alert: LiveEvent<'alert.raised'>['data']): void {
  if (alert.group === undefined) return;
  announce(alert.message);
  notify(title, alert.message, `${alert.kind} ${alert.conversationId ?? alert.service ?? ''}`);
}

/** Tells the system, where it was asked for and the page is not in front. */
function notify(title: string, body: string, tag: string): void {
  const isWanted = useSettings.getState().notifications && !document.hasFocus();
  if (!isWanted || !('Notification' in window) || Notification.permission !== 'granted') return;
  const notification = new Notification(title, { body, tag });
  notification.addEventListener('click', () => {
    window.focus();
    notification.close();
  });
}

function useTitle(): void {
  const { t } = useTranslation();
  const count = useAttentionCount();
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${t('app.name')}` : t('app.name');
    if ('setAppBadge' in navigator) void navigator.setAppBadge(count).catch(() => undefined);
  }, [count, t]);
}
