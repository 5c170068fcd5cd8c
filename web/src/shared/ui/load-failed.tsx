import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';

/** What stands where something should, and did not load: why, and the way to try again. */
export function LoadFailed({
  title,
  message,
  onRetry,
}: {
  title: string;
  message: string;
  onRetry: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const retry = (
    <button type="button" className="btn outline" onClick={onRetry}>
      {t('app.retry')}
    </button>
  );
  return (
    <EmptyState icon={IconAlertTriangle} title={title} action={retry}>
      {message}
    </EmptyState>
  );
}
