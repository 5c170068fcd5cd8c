import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../shared/client/client.ts';
import type { AssignmentView } from '../../shared/data/assignments.ts';
import type { ConversationEvaluations } from '../../shared/data/evaluations.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Field } from '../../shared/ui/field.tsx';
import { DueChip } from './due-chip.tsx';
import { Problem } from './evaluation-head.tsx';

const WEEK_MS = 7 * 24 * 3_600_000;

type Evaluators = ConversationEvaluations['evaluators'];

const two = (value: number): string => String(value).padStart(2, '0');

/** A day as a field of dates has it, by the clock of this machine. */
function dayOf(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The last moment of a day. */
const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString();

/** Who is to grade it, and until when. */
function GiveTo({
  evaluators,
  begin,
  action,
  onGive,
  onCancel,
}: {
  evaluators: Evaluators;
  begin?: Pick<AssignmentView, 'evaluator' | 'dueAt'>;
  action: string;
  /** Gives what stands against it. */
  onGive: (given: { evaluator: string; dueAt: string }) => Promise<string | undefined>;
  onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const [evaluator, setEvaluator] = useState(begin?.evaluator.username ?? evaluators[0]?.username ?? '');
  const [day, setDay] = useState(() => dayOf(begin ? Date.parse(begin.dueAt) : Date.now() + WEEK_MS));
  const [refused, setRefused] = useState<string>();
  const canGive = evaluator !== '' && day !== '';
  return (
    <>
      <Field label={t('evaluator')}>
        {(control) => (
          <span className="input">
            <select {...control} value={evaluator} onChange={({ target }) => setEvaluator(target.value)}>
              {evaluators.map(({ username, name }) => (
                <option key={username} value={username}>
                  {name}
                </option>
              ))}
            </select>
          </span>
        )}
      </Field>
      <Field label={t('dueDay')}>
        {(control) => (
          <span className="input">
            <input
              {...control}
              type="date"
              min={dayOf(Date.now())}
              value={day}
              onChange={({ target }) => setDay(target.value)}
            />
          </span>
        )}
      </Field>
      <Problem text={refused} />
      <span className="row eval-row">
        <button
          type="button"
          className="btn primary"
          aria-disabled={!canGive}
          onClick={() => canGive && void onGive({ evaluator, dueAt: endOf(day) }).then(setRefused)}
        >
          {action}
        </button>
        <button type="button" className="btn quiet" onClick={onCancel}>
          {t('cancel')}
        </button>
      </span>
    </>
  );
}

/** Has somebody grade a stretch that is chosen above. */
export function Assign({
  conversationId,
  segment,
  form,
  evaluators,
}: {
  conversationId: string;
  segment: number;
  form: string;
  evaluators: Evaluators;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const may = evaluators.filter(({ segments }) => segments.includes(segment));
  if (may.length === 0) return null;
  if (!isOpen)
    return (
      <button type="button" className="btn outline" onClick={() => setIsOpen(true)}>
        {t('assign')}
      </button>
    );

  async function give(given: { evaluator: string; dueAt: string }): Promise<string | undefined> {
    const answer = await call('POST /api/v1/conversations/:id/evaluation-assignments', {
      params: { id: conversationId },
      body: { segment, form, ...given },
    });
    if (!answer.ok) return answer.error.message;
    setIsOpen(false);
    await queryClient.invalidateQueries({ queryKey: ['evaluations'] });
    return undefined;
  }

  return (
    <GiveTo key={segment} evaluators={may} action={t('assignNow')} onGive={give} onCancel={() => setIsOpen(false)} />
  );
}

/** What of a chat is still to be graded, by whom: given to somebody else, or withdrawn. */
export function Assignments({
  known: { assignments, evaluators },
  onGrade,
}: {
  known: ConversationEvaluations;
  onGrade: (assignment: AssignmentView) => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  if (assignments.length === 0) return null;
  return (
    <section className="eval-given" aria-label={t('toGrade.title')}>
      <h2>{t('toGrade.title')}</h2>
      <ul className="eval-list">
        {assignments.map((assignment) => (
          <Given key={assignment.id} assignment={assignment} evaluators={evaluators} onGrade={onGrade} />
        ))}
      </ul>
    </section>
  );
}

function Given({
  assignment,
  evaluators,
  onGrade,
}: {
  assignment: AssignmentView;
  evaluators: Evaluators;
  onGrade: (assignment: AssignmentView) => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const queryClient = useQueryClient();
  const [isGiving, setIsGiving] = useState(false);
  const [refused, setRefused] = useState<string>();
  const { id, agent, form, from, evaluator, segment, revision } = assignment;
  const params = { id };
  const may = evaluators.filter(({ segments }) => segments.includes(segment));
  const showAnew = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['evaluations'] });

  async function give(given: { evaluator: string; dueAt: string }): Promise<string | undefined> {
    const answer = await call('PUT /api/v1/evaluation-assignments/:id', { params, body: { revision, ...given } });
    if (answer.ok) setIsGiving(false);
    await showAnew();
    return answer.ok ? undefined : answer.error.message;
  }

  async function withdraw(): Promise<void> {
    const answer = await call('DELETE /api/v1/evaluation-assignments/:id', { params });
    if (!answer.ok) setRefused(answer.error.message);
    await showAnew();
  }

  return (
    <li className="eval-gift">
      <span className="eval-row">
        <span className="eval-text">
          <b className="med">{t('ofStretch', { name: agent.name, from: formats.time(from) })}</b>
          <span className="xs secondary">{` ${form} · ${t('evaluatorIs', { name: evaluator.name })}`}</span>
        </span>
        <DueChip assignment={assignment} />
      </span>
      <Problem text={refused} />
      {isGiving ? (
        <GiveTo
          evaluators={may}
          begin={assignment}
          action={t('giveNow')}
          onGive={give}
          onCancel={() => setIsGiving(false)}
        />
      ) : (
        <span className="eval-row">
          <button type="button" className="btn sm primary" onClick={() => onGrade(assignment)}>
            {t('gradeNow')}
          </button>
          <button type="button" className="btn sm outline" onClick={() => setIsGiving(true)}>
            {t('giveTo')}
          </button>
          <button type="button" className="btn sm quiet" onClick={() => void withdraw()}>
            {t('withdraw')}
          </button>
        </span>
      )}
    </li>
  );
}
