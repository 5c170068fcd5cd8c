import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatMode } from '../features/supervision/agent-bar.tsx';
import { SupervisionPage } from '../features/supervision/supervision-page.tsx';
import { superviseChat } from '../features/supervision/watch-bar.tsx';
import { tellFailure } from '../shared/data/toasts.ts';

/** The live overview; a chat that is looked into opens on a page of its own. */
export function OverviewPage(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const lookInto = (id: string, mode: ChatMode): void => {
    superviseChat(id, mode)
      .then(() => navigate({ to: '/supervision/$id', params: { id } }))
      .catch((error: unknown) => tellFailure(t('supervision.watch.failed'), error));
  };
  return <SupervisionPage onLookInto={lookInto} />;
}
