import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ASSIGNMENT_STATES, type AssignmentState } from '../../../../contracts/evaluation-assignment.ts';
import { assignmentListQuery, type AssignmentView } from '../../shared/data/assignments.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { DueChip } from './due-chip.tsx';
import { StateChip } from './evaluation-head.tsx';
import { ListCard } from './list-card.tsx';

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
      <ListCard
        query={query}
        items={items}
        empty={{ title: t('toGrade.emptyTitle'), text: t('toGrade.emptyText') }}
        line={(assignment) => <Line key={assignment.id} assignment={assignment} onOpen={onOpen} />}
      />
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
