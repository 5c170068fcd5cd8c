import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ChatMode } from '../features/supervision/agent-bar.tsx';
import { superviseChat } from '../features/supervision/watch-bar.tsx';
import { tellFailure } from '../shared/data/toasts.ts';

/** Enters a chat as a supervisor, and opens it on a page of its own; a refusal is told. */
export function useLookInto(): (conversationId: string, mode: ChatMode) => void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (id, mode) => {
    superviseChat(id, mode)
      .then(() => navigate({ to: '/supervision/$id', params: { id } }))
      .catch((error: unknown) => tellFailure(t('supervision.watch.failed'), error));
  };
}
