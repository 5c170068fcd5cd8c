import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EVALUATION_STATES, type EvaluationState } from '../../../../contracts/evaluation.ts';
import { evaluationListQuery, type EvaluationView } from '../../shared/data/evaluations.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { StateChip } from './evaluation-head.tsx';
import { ListCard } from './list-card.tsx';
import { EvaluationsFrame, type ViewChoice } from './evaluations-frame.tsx';

/** Evaluations, changed last first: one's own, or of the agents whom one looks after. */
export function EvaluationsList({
  whose,
  view,
  onOpen,
}: {
  whose: 'own' | 'agents';
  view: ViewChoice;
  onOpen: (evaluation: EvaluationView) => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const [state, setState] = useState<EvaluationState>();
  const query = useInfiniteQuery(evaluationListQuery(whose, state));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const states = EVALUATION_STATES.filter((each) => whose === 'agents' || each !== 'draft');
  return (
    <EvaluationsFrame view={view} isBusy={query.isFetching}>
      <div className="evals-filters">
        <Segmented
          label={t('states.all')}
          value={state ?? 'all'}
          choices={(['all', ...states] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
          onChange={(value) => setState(value === 'all' ? undefined : value)}
        />
      </div>
      <ListCard
        query={query}
        items={items}
        empty={{ title: t('emptyTitle'), text: whose === 'own' ? t('emptyOwn') : t('emptyAgents') }}
        line={(evaluation) => <Line key={evaluation.id} evaluation={evaluation} onOpen={onOpen} />}
      />
    </EvaluationsFrame>
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
