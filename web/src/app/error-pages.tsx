import { IconAlertTriangle, IconMapQuestion, IconServerOff } from '@tabler/icons-react';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnreachable } from '../shared/client/client.ts';
import { EmptyState } from '../shared/ui/empty-state.tsx';

/** An address that leads nowhere. */
export function NotFoundPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <main className="lone">
      <EmptyState
        icon={IconMapQuestion}
        title={t('errors.notFoundTitle')}
        action={
          <Link to="/" className="btn outline">
            {t('errors.toStart')}
          </Link>
        }
      >
        {t('errors.notFoundText')}
      </EmptyState>
    </main>
  );
}

const TRY_AGAIN_MS = 4000;

/** A fault of the console, or a server that does not answer: then it is tried again. */
export function CrashPage({ error, reset }: ErrorComponentProps): ReactNode {
  const { t } = useTranslation();
  const isGone = isUnreachable(error);
  useEffect(() => {
    if (!isGone) return undefined;
    const timer = setTimeout(() => location.reload(), TRY_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isGone]);
  if (isGone) {
    return (
      <main className="lone">
        <EmptyState
          icon={IconServerOff}
          title={t('errors.goneTitle')}
          action={
            <button type="button" className="btn outline" onClick={() => location.reload()}>
              {t('app.retry')}
            </button>
          }
        >
          {t('errors.goneText')}
        </EmptyState>
      </main>
    );
  }
  return (
    <main className="lone">
      <EmptyState
        icon={IconAlertTriangle}
        title={t('errors.crashTitle')}
        action={
          <button
            type="button"
            className="btn outline"
            onClick={() => {
              reset();
              location.reload();
            }}
          >
            {t('errors.reload')}
          </button>
        }
      >
        {t('errors.crashText')} <code className="mono">{error instanceof Error ? error.message : String(error)}</code>
      </EmptyState>
    </main>
  );
}

const SHOWN_AFTER_MS = 200;

/** Shown while it is asked who is logged in, where that takes long. */
export function WaitingPage(): ReactNode {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="lone" aria-busy="true" aria-label={t('app.loading')}>
      {isShown && <span className="skel wide-skeleton" />}
    </main>
  );
}
