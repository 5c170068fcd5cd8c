import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useColleagueName } from '../../shared/data/colleagues.ts';
import { useMe } from '../../shared/data/session.ts';
import { tell } from '../../shared/data/toasts.ts';

/** Tells whoever asked somebody into the chat what became of it. */
export function useInvitationOutcome({ lastInvitation: last }: ConversationView, onChooseAgain: () => void): void {
  const { t } = useTranslation();
  const { username } = useMe();
  const nameOf = useColleagueName();
  const toldOf = useRef(last?.id);
  useEffect(() => {
    if (!last || last.id === toldOf.current) return;
    toldOf.current = last.id;
    if (last.by.username !== username) return;
    const { agent, service, entry } = last.to;
    const name = last.answeredBy?.name ?? (agent === undefined ? (service ?? entry ?? '') : nameOf(agent));
    const words = {
      accepted: t('conversation.outcomeAccepted', { name }),
      rejected: t('conversation.outcomeRejected', { name }),
      'no-answer': t('conversation.outcomeNoAnswer', { name }),
      'no-agents': t('conversation.outcomeNoAgents'),
      cancelled: t('conversation.outcomeCancelled'),
      'chat-ended': t('conversation.outcomeGone'),
    }[last.outcome];
    const isLost = last.outcome === 'rejected' || last.outcome === 'no-answer' || last.outcome === 'no-agents';
    tell({
      kind: isLost ? 'danger' : 'success',
      title: words,
      ...(isLost && { action: { label: t('conversation.chooseAgain'), act: onChooseAgain } }),
    });
  }, [last, username, nameOf, onChooseAgain, t]);
}
