import './supervision.css';
import { IconArrowsMaximize, IconArrowsMinimize, IconAntennaBars5 } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { overviewQuery, type LiveOverview } from '../../shared/data/overview.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { useLive } from '../../shared/live/live-store.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { LoadFailed } from '../../shared/ui/load-failed.tsx';
import { SupervisorTabs } from '../../shared/ui/supervisor-tabs.tsx';
import type { ChatMode } from './agent-bar.tsx';
import { AgentsCard } from './agents-card.tsx';
import { ChoiceMenu } from './choice-menu.tsx';
import { narrowToTeam } from './narrow-to-team.ts';
import { QueueCard } from './queue-card.tsx';
import { ServicesCard } from './services-card.tsx';
import { Wallboard } from './wallboard.tsx';

/** Services, agents and the queue as they are now. `onLookInto`: opens a chat to be in it so. */
export function SupervisionPage({
  onLookInto,
}: {
  onLookInto: (conversationId: string, mode: ChatMode) => void;
}): ReactNode {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const page = useRef<HTMLElement>(null);
  const { data: overview, error, refetch } = useQuery(overviewQuery);
  const [team, setTeam] = useState('');
  const isFull = useIsFull();
  const shown = overview && narrowToTeam(overview, team);
  const refresh = (): void => void queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey });
  return (
    <main className="sup" id="main" ref={page} aria-label={t('supervision.title')} data-region aria-busy={!overview}>
      <header className="sbar">
        <h1 className="visually-hidden">{t('supervision.title')}</h1>
        <SupervisorTabs />
        <div className="end row">
          <LiveMark />
          {overview && <TeamMenu teams={overview.teams} value={team} onChange={setTeam} />}
          <FullScreenButton isFull={isFull} page={page} />
        </div>
      </header>
      {shown && isFull ? (
        <Wallboard overview={shown} />
      ) : shown ? (
        <div className="live">
          <div className="l">
            <ServicesCard services={shown.services} since={shown.since} />
            <AgentsCard overview={shown} onLookInto={onLookInto} onChanged={refresh} />
          </div>
          <QueueCard overview={shown} onChanged={refresh} />
        </div>
      ) : error ? (
        <div className="lone">
          <LoadFailed title={t('supervision.failedTitle')} message={error.message} onRetry={() => void refetch()} />
        </div>
      ) : (
        <div className="live" aria-hidden="true">
          <div className="l">
            <div className="card skel sup-skeleton" />
            <div className="card skel sup-skeleton" />
          </div>
          <div className="card skel sup-skeleton" />
        </div>
      )}
    </main>
  );
}

function LiveMark(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const state = useLive((live) => live.state);
  return (
    <>
      {state === 'open' && (
        <span className="state st-ready xs hide-phone">
          <Icon of={IconAntennaBars5} size={14} />
          {t('supervision.live')}
        </span>
      )}
      <span className="xs muted num hide-phone">{formats.time(now)}</span>
    </>
  );
}

/** Whether a screen on the wall shows the page. */
function useIsFull(): boolean {
  const [isFull, setIsFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const update = (): void => setIsFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, []);
  return isFull;
}

/** Nothing to choose where there are no teams. */
function TeamMenu({
  teams,
  value,
  onChange,
}: {
  teams: LiveOverview['teams'];
  value: string;
  onChange: (team: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  if (teams.length === 0) return null;
  const choices = [
    { value: '', label: t('supervision.allTeams') },
    ...teams.map(({ name }) => ({ value: name, label: name })),
  ];
  return (
    <ChoiceMenu
      className="btn outline"
      label={t('supervision.teams')}
      value={value}
      choices={choices}
      onChange={onChange}
    />
  );
}

/** For a screen on the wall. */
function FullScreenButton({ isFull, page }: { isFull: boolean; page: RefObject<HTMLElement | null> }): ReactNode {
  const { t } = useTranslation();
  return (
    <IconButton
      className="md bordered"
      icon={isFull ? IconArrowsMinimize : IconArrowsMaximize}
      label={isFull ? t('supervision.leaveFullScreen') : t('supervision.fullScreen')}
      onClick={() => void (isFull ? document.exitFullscreen() : page.current?.requestFullscreen())}
    />
  );
}
