import './builder.css';
import { IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnreachable } from '../../shared/client/client.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { BuilderContext, type BuilderContextValue } from './builder-context.tsx';
import { CanaryBar } from './canary/canary-bar.tsx';
import { Canvas } from './canvas/canvas.tsx';
import { Inspector } from './inspector.tsx';
import { startLanguage } from './language/language.ts';
import { createBuilderStore } from './model/builder-store.ts';
import { openScenario, type OpenedScenario } from './model/scenario-data.ts';
import { useAutosave } from './model/use-autosave.ts';
import { useEditLock } from './model/use-edit-lock.ts';
import { LockBar } from './lock-bar.tsx';
import { Palette } from './palette.tsx';
import { ProblemsBar } from './panes/problems-bar.tsx';
import { addBuilderTexts } from './texts.ts';
import { Toolbar } from './toolbar.tsx';

addBuilderTexts();

/** The Scenario Builder of one scenario: palette, canvas, and beside them what is selected, the text, its versions, a try. */
export function BuilderPage({ name, onLeave }: { name: string; onLeave: () => void }): ReactNode {
  const { t } = useTranslation('builder');
  // A text that is edited is not loaded anew under the hands; whoever takes over asks for it.
  const [turn, setTurn] = useState(0);
  const opened = useQuery({
    queryKey: ['opened-scenario', name, turn],
    queryFn: () => openScenario(name),
    staleTime: Infinity,
    gcTime: 0,
    retry: (count, error) => isUnreachable(error) && count < 2,
  });
  if (opened.data)
    return (
      <Builder
        key={`${name} ${turn}`}
        name={name}
        opened={opened.data}
        onLeave={onLeave}
        onReload={() => setTurn(turn + 1)}
      />
    );
  return (
    <main className="build-wait" id="main" aria-busy={opened.isPending}>
      {opened.isError && (
        <EmptyState
          icon={IconSitemap}
          title={t('notThere', { name })}
          action={
            <button type="button" className="btn primary" onClick={onLeave}>
              {t('allScenarios')}
            </button>
          }
        >
          {t('notThereMore')}
        </EmptyState>
      )}
    </main>
  );
}

function Builder({
  name,
  opened,
  onLeave,
  onReload,
}: {
  name: string;
  opened: OpenedScenario;
  onLeave: () => void;
  onReload: () => void;
}): ReactNode {
  const context = useContextOf(name, opened);
  const { store } = context;
  const autosave = useAutosave(name, store, opened);
  const lock = useEditLock(name, (isYours) => store.setState({ isReadOnly: !isYours }));
  const tidy = useRef(() => undefined as void);
  return (
    <BuilderContext.Provider value={context}>
      <Layout>
        <Toolbar autosave={autosave} onLeave={onLeave} onTidy={() => tidy.current()} />
        <LockBar lock={lock} autosave={autosave} onReload={onReload} />
        <CanaryBar />
        <Palette />
        <Canvas tidyRef={tidy} />
        <ProblemsBar />
        <Inspector autosave={autosave} />
      </Layout>
    </BuilderContext.Provider>
  );
}

function Layout({ children }: { children: ReactNode }): ReactNode {
  return <div className="build">{children}</div>;
}

/** One text, and two threads with the language in them. */
function useContextOf(name: string, opened: OpenedScenario): BuilderContextValue {
  const [threads] = useState(() => [startLanguage(), startLanguage()] as const);
  const context = useMemo(() => {
    const [edits, checks] = threads;
    const languages = { edits: edits.language, checks: checks.language };
    return { name, languages, store: createBuilderStore(opened.source, languages, Date.now) };
  }, [name, opened.source, threads]);
  useEffect(() => {
    const { open, close } = context.store.getState();
    open();
    return close;
  }, [context]);
  return context;
}
