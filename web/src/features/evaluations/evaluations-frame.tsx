import './evaluations.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { SupervisorTabs } from '../../shared/ui/supervisor-tabs.tsx';

/** What one looks at: evaluations of agents, what is to be graded, the rules that say so, one's own evaluations. */
export type EvaluationsView = 'agents' | 'to-grade' | 'rules' | 'own';

/** Which view is open, of which; none to choose from for who sees their own alone. */
export interface ViewChoice {
  chosen: EvaluationsView;
  views: readonly EvaluationsView[];
  onChoose: (view: EvaluationsView) => void;
}

/** The page of evaluations around one of its views. */
export function EvaluationsFrame({
  view: { chosen, views, onChoose },
  isBusy = false,
  children,
}: {
  view: ViewChoice;
  isBusy?: boolean;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  return (
    <main className="evals" id="main" data-region aria-label={t('title')} aria-busy={isBusy}>
      <header className="sbar">
        {views.length > 0 ? (
          <>
            <h1 className="visually-hidden">{t('title')}</h1>
            <SupervisorTabs />
          </>
        ) : (
          <h1>{t('mine')}</h1>
        )}
      </header>
      {views.length > 0 && (
        <div className="evals-filters">
          <Segmented
            label={t('title')}
            value={chosen}
            choices={views.map((value) => ({ value, label: t(`views.${value}`) }))}
            onChange={onChoose}
          />
        </div>
      )}
      {children}
    </main>
  );
}
