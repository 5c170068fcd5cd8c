import './shell.css';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKnownColleagues } from '../shared/data/colleagues.ts';
import { DeskContext } from '../shared/data/desk-context.tsx';
import { createOutboxSender } from '../shared/data/outbox.ts';
import { sessionQuery, useMe } from '../shared/data/session.ts';
import { onKeyDown, useCommand } from '../shared/lib/commands.ts';
import { connectLive } from '../shared/live/connect.ts';
import { useLive } from '../shared/live/live-store.ts';
import { Announcer } from '../shared/ui/announcer.tsx';
import { Toasts } from '../shared/ui/toasts.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { goToLogin } from './go-to-login.ts';
import { HelpDialog } from './help-dialog.tsx';
import { Rail } from './rail.tsx';
import { ReplacedPage } from './replaced-page.tsx';
import { useAttention } from './use-attention.ts';
import { focusNextRegion } from './regions.ts';

/** Everything around the pages: the rail, the one socket, keys, and what is told. */
export function Shell(): ReactNode {
  const { t } = useTranslation();
  const me = useMe();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const attend = useRef<ReturnType<typeof useAttention>>(undefined);
  attend.current = useAttention();
  useKnownColleagues();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const liveState = useLive((live) => live.state);
  const { username, name } = me;
  const desk = useMemo(
    () => ({ sender: createOutboxSender(queryClient, { username, name }) }),
    [queryClient, username, name],
  );

  useEffect(
    () =>
      connectLive({
        queryClient,
        username,
        onEvent: (event) => attend.current?.(event),
        onOpen: desk.sender.flushAll,
        onPrivilegesChanged: () =>
          void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }).then(() => router.invalidate()),
        onLoggedOut: () => goToLogin(queryClient, navigate),
      }),
    [queryClient, username, desk, navigate, router],
  );
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  useCommand('help', () => setIsHelpOpen(true));
  useCommand('palette', () => setIsPaletteOpen(true));
  useCommand('next-region', focusNextRegion);

  if (liveState === 'replaced') return <ReplacedPage />;
  return (
    <DeskContext.Provider value={desk}>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <div className="shell">
        <Rail onSearch={() => setIsPaletteOpen(true)} onHelp={() => setIsHelpOpen(true)} />
        <div className="shell-main">
          <ConnectionBar />
          <Outlet />
        </div>
        <BottomBar />
      </div>
      <HelpDialog isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
      {isPaletteOpen && <CommandPalette onClose={() => setIsPaletteOpen(false)} />}
      <Toasts />
      <Announcer />
    </DeskContext.Provider>
  );
}
