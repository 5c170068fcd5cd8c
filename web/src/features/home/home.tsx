import { IconCircleCheck, IconCoffee, IconEye, IconLock, IconMessages, IconPower } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChooseState, useMyState } from '../../shared/data/agent-state.ts';
import { useMe } from '../../shared/data/session.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';

/** The middle while no chat is open: what happens next, and the one useful thing to do. */
export function Home({ hasChats }: { hasChats: boolean }): ReactNode {
  const { t } = useTranslation();
  const { isSimulated } = useMe();
  return (
    <main className="conv home" id="main" data-region>
      <div className="home-middle">
        {hasChats ? (
          <EmptyState icon={IconMessages} title={t('home.noneTitle')}>
            {t('home.noneText')}
          </EmptyState>
        ) : (
          <ByState />
        )}
        {!hasChats && isSimulated && (
          <div className="home-try">
            <p>{t('home.try')}</p>
            <a className="btn outline" href="/simulator" target="_blank" rel="noreferrer">
              {t('app.openSimulator')}
            </a>
          </div>
        )}
      </div>
    </main>
  );
}

function ByState(): ReactNode {
  const { t } = useTranslation();
  const { services } = useMe();
  const state = useMyState();
  if (!state) return null;
  switch (state.state) {
    case 'ready':
      return (
        <EmptyState icon={IconCircleCheck} title={t('home.readyTitle')}>
          {services.length > 0 ? t('home.readyText', { services: services.join(', ') }) : t('home.readyTextPlain')}
        </EmptyState>
      );
    case 'supervising':
      return (
        <EmptyState icon={IconEye} title={t('home.supervisingTitle')} action={<GoReady />}>
          {t('home.supervisingText')}
        </EmptyState>
      );
    case 'logged-out':
      return (
        <EmptyState icon={IconPower} title={t('home.loggedOutTitle')} action={<GoReady />}>
          {t('home.loggedOutText')}
        </EmptyState>
      );
    case 'not-ready':
      return (
        <EmptyState
          icon={IconCoffee}
          title={state.reason === undefined ? t('home.notReadyTitle') : t('home.breakTitle', { reason: state.reason })}
          action={<GoReady />}
        >
          {t('home.notReadyText')}
        </EmptyState>
      );
  }
}

function GoReady(): ReactNode {
  const { t } = useTranslation();
  const choose = useChooseState();
  return (
    <button
      type="button"
      className="btn primary"
      aria-disabled={choose.isPending}
      onClick={() => choose.mutate({ state: 'ready' }, { onError: (error) => tellFailure(t('state.refused'), error) })}
    >
      <Icon of={IconCircleCheck} />
      {t('home.goReady')}
    </button>
  );
}

/** For those who take no chats. */
export function NoDesk(): ReactNode {
  const { t } = useTranslation();
  return (
    <main className="lone" id="main" data-region>
      <EmptyState icon={IconLock} title={t('home.noDeskTitle')}>
        {t('home.noDeskText')}
      </EmptyState>
    </main>
  );
}
