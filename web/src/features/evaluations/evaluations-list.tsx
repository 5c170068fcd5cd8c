import './evaluations.css';
import { IconClipboardCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EVALUATION_STATES, type EvaluationState } from '../../../../contracts/evaluation.ts';
import { evaluationListQuery, type EvaluationView } from '../../shared/data/evaluations.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { SupervisorTabs } from '../../shared/ui/supervisor-tabs.tsx';
import { StateChip } from './evaluation-head.tsx';

/** Evaluations, changed last first: one's own, or of the agents whom one looks after. */
export function EvaluationsList({
  whose,
  onWhose,
  canChoose,
  onOpen,
}: {
  whose: 'own' | 'agents';
  onWhose: (whose: 'own' | 'agents') => void;
  /** Whoever grades others and has chats of their own sees both. */
  canChoose: boolean;
  onOpen: (evaluation: EvaluationView) => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const [state, setState] = useState<EvaluationState>();
  const query = useInfiniteQuery(evaluationListQuery(whose, state));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const states = EVALUATION_STATES.filter((each) => whose === 'agents' || each !== 'draft');
  return (
    <main className="evals" id="main" data-region aria-label={t('title')} aria-busy={query.isFetching}>
      <header className="sbar">
        {whose === 'agents' || canChoose ? (
          <>
            <h1 className="visually-hidden">{t('title')}</h1>
            <SupervisorTabs />
          </>
        ) : (
          <h1>{t('mine')}</h1>
        )}
      </header>
      <div className="evals-filters">
        {canChoose && (
          <Segmented
            label={t('title')}
            value={whose}
            choices={[
              { value: 'agents', label: t('title') },
              { value: 'own', label: t('mine') },
            ]}
            onChange={onWhose}
          />
        )}
        <Segmented
          label={t('states.all')}
          value={state ?? 'all'}
          choices={(['all', ...states] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
          onChange={(value) => setState(value === 'all' ? undefined : value)}
        />
      </div>
      <section className="card evals-card">
        {query.isPending ? (
          <div className="skel evals-skeleton" />
        ) : items.length === 0 ? (
          <EmptyState icon={IconClipboardCheck} title={t('emptyTitle')}>
            {whose === 'own' ? t('emptyOwn') : t('emptyAgents')}
          </EmptyState>
        ) : (
          <ul className="eval-list">
            {items.map((evaluation) => (
              <Line key={evaluation.id} evaluation={evaluation} onOpen={onOpen} />
            ))}
          </ul>
        )}
        {query.hasNextPage && (
          <button type="button" className="btn outline" onClick={() => void query.fetchNextPage()}>
            {t('loadMore')}
          </button>
        )}
      </section>
    </main>
  );
}

function Line({
  evaluation,
  onOpen,
}: {
  evaluation: EvaluationView;
  onOpen: (evaluation: EvaluationView) => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const { agent, form, score, state, from, service } = evaluation;
  const about = [t('version', { name: form.name, version: form.version }), service, formats.moment(from)];
  return (
    <li>
      <button type="button" className="eval-line" onClick={() => onOpen(evaluation)}>
        <span className="grow">
          <b className="med">{agent.name}</b>
          <span className="xs secondary">{about.filter((each) => each !== undefined).join(' · ')}</span>
        </span>
        <StateChip state={state} />
        <span className="num med">{score === null ? t('noScore') : t('score', { score })}</span>
      </button>
    </li>
  );
}
