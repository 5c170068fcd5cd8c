import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TabList } from '../../shared/ui/tab-list.tsx';
import { useActions, useBuilder } from './builder-context.tsx';
import type { BuilderTab } from './model/builder-store.ts';
import type { Autosave } from './model/use-autosave.ts';
import { PropertiesPane } from './panes/properties-pane.tsx';
import { TestsPane } from './panes/tests-pane.tsx';
import { TryPane } from './panes/try-pane.tsx';

const YamlPane = lazy(async () => ({ default: (await import('./panes/yaml-pane.tsx')).YamlPane }));
const VersionsPane = lazy(async () => ({ default: (await import('./panes/versions-pane.tsx')).VersionsPane }));

/** Beside the canvas: what is selected, the text, the versions, a try. */
export function Inspector({ autosave }: { autosave: Autosave }): ReactNode {
  const { t } = useTranslation('builder');
  const tab = useBuilder((state) => state.tab);
  const { set } = useActions();
  const tabs = (['properties', 'yaml', 'versions', 'try', 'tests'] as const).map((value) => ({
    value,
    label: t(`tabs.${value}`),
  }));
  return (
    <aside
      className={`insp ${tab === 'yaml' || tab === 'versions' ? 'wide' : ''}`}
      aria-label={t('inspector')}
      data-region
    >
      <TabList<BuilderTab>
        id="insp"
        label={t('inspector')}
        value={tab}
        tabs={tabs}
        onChange={(chosen) => set({ tab: chosen, ...(chosen !== 'try' && chosen !== 'tests' && { marks: undefined }) })}
      />
      <div
        className="insp-body scroll"
        role="tabpanel"
        id="insp-panel"
        aria-labelledby={`insp-${tab}-tab`}
        tabIndex={0}
      >
        <Suspense fallback={<span className="skel" aria-hidden="true" />}>
          {tab === 'properties' && <PropertiesPane />}
          {tab === 'yaml' && <YamlPane />}
          {tab === 'versions' && <VersionsPane autosave={autosave} />}
          {tab === 'try' && <TryPane />}
          {tab === 'tests' && <TestsPane />}
        </Suspense>
      </div>
    </aside>
  );
}
