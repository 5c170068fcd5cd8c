import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertsPage as Alerts } from '../features/supervision/alerts-page.tsx';
import { superviseChat } from '../features/supervision/watch-bar.tsx';
import { tellFailure } from '../shared/data/toasts.ts';

/** Alerts of services; the chat that one is about is looked into. */
export function AlertsPage(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const lookInto = (id: string): void => {
    superviseChat(id, 'monitor')
      .then(() => navigate({ to: '/supervision/$id', params: { id } }))
      .catch((error: unknown) => tellFailure(t('supervision.watch.failed'), error));
  };
  return <Alerts onLookInto={lookInto} />;
}
