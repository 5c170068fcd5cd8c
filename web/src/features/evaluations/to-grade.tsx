import { IconClipboardCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ASSIGNMENT_STATES, type AssignmentState } from '../../../../contracts/evaluation-assignment.ts';
import { assignmentListQuery, type AssignmentView } from '../../shared/data/assignments.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { DueChip } from './due-chip.tsx';
import { StateChip } from './evaluation-head.tsx';

/** What is to be graded, due first: by oneself, or by everybody. */
export function ToGrade({
  me,
  onOpen,
}: {
  /** User name of whoever looks. */
  me: string;
  onOpen: (assignment: AssignmentView) => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const [by, setBy] = useState<'me' | 'all'>('me');
  const [state, setState] = useState<AssignmentState>('open');
  const query = useInfiniteQuery(assignmentListQuery({ state, evaluator: by === 'me' ? me : undefined }));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="evals-filters">
        <Segmented
          label={t('toGrade.by')}
          value={by}
          choices={(['me', 'all'] as const).map((value) => ({ value, label: t(`toGrade.${value}`) }))}
          onChange={setBy}
        />
        <Segmented
          label={t('toGrade.state')}
          value={state}
          choices={ASSIGNMENT_STATES.map((value) => ({ value, label: t(`toGrade.${value}`) }))}
          onChange={setState}
        />
      </div>
      <section className="card evals-card" aria-busy={query.isFetching}>
        {query.isPending ? (
          <div className="skel evals-skeleton" />
        ) : items.length === 0 ? (
          <EmptyState icon={IconClipboardCheck} title={t('toGrade.emptyTitle')}>
            {t('toGrade.emptyText')}
          </EmptyState>
        ) : (
          <ul className="eval-list">
            {items.map((assignment) => (
              <Line key={assignment.id} assignment={assignment} onOpen={onOpen} />
            ))}
          </ul>
        )}
        {query.hasNextPage && (
          <button type="button" className="btn outline" onClick={() => void query.fetchNextPage()}>
            {t('loadMore')}
          </button>
        )}
      </section>
    </>
  );
}

function Line({
  assignment,
  onOpen,
}: {
  assignment: AssignmentView;
  onOpen: (assignment: AssignmentView) => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const { agent, form, service, from, evaluator, rule, assignedBy, evaluation } = assignment;
  const origin = rule === undefined ? t('assignedBy', { name: assignedBy?.name }) : t('byRule', { rule });
  const about = [form, service, formats.moment(from), origin].filter((each) => each !== undefined);
  return (
    <li>
      <button type="button" className="eval-line" onClick={() => onOpen(assignment)}>
        <span className="grow">
          <b className="med">{agent.name}</b>
          <span className="xs secondary">{about.join(' · ')}</span>
        </span>
        <span className="xs secondary">{t('evaluatorIs', { name: evaluator.name })}</span>
        {evaluation && <StateChip state={evaluation.state} />}
        <DueChip assignment={assignment} />
      </button>
    </li>
  );
}
