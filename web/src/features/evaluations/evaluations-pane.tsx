import './evaluations.css';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../shared/client/client.ts';
import {
  evaluationsOfQuery,
  type ConversationEvaluations,
  type EvaluationView,
} from '../../shared/data/evaluations.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Assign, Assignments } from './assignments.tsx';
import { Decision, Draft } from './draft.tsx';
import { Problem, StateChip } from './evaluation-head.tsx';
import { Finished } from './finished.tsx';

/** The evaluations of one conversation: those there are, one of them open, and the beginning of another. */
export function EvaluationsPane({
  conversationId,
  wanted,
}: {
  conversationId: string;
  /** What somebody came to grade: the id of the assignment, which is that of its evaluation. */
  wanted?: string;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const { data, refetch } = useQuery(evaluationsOfQuery(conversationId));
  const [open, setOpen] = useState<string | undefined>(wanted);
  const [anew, setAnew] = useState(0);
  if (!data) return <div className="skel recs-skeleton" role="status" aria-label={t('title')} />;
  const evaluation = data.items.find(({ id }) => id === open);
  if (!evaluation)
    return (
      <Choose
        conversationId={conversationId}
        known={data}
        wanted={wanted}
        onOpen={setOpen}
        onBegun={() => void refetch()}
      />
    );
  const reload = (): void => void refetch().then(() => setAnew(anew + 1));
  const canGrade = data.segments.some(({ number }) => number === evaluation.segment);
  const key = `${evaluation.id} ${evaluation.state} ${anew}`;
  return (
    <div className="eval-pane">
      <button type="button" className="btn sm quiet" onClick={() => setOpen(undefined)}>
        <Icon of={IconArrowLeft} size={14} />
        {t('back')}
      </button>
      {evaluation.state === 'draft' ? (
        <Draft key={key} evaluation={evaluation} onReload={reload} />
      ) : evaluation.state === 'disputed' && canGrade ? (
        <Decision key={key} evaluation={evaluation} onReload={reload} />
      ) : (
        <Finished key={key} evaluation={evaluation} />
      )}
    </div>
  );
}

interface ChooseProps {
  conversationId: string;
  known: ConversationEvaluations;
  wanted: string | undefined;
  onOpen: (id: string) => void;
  onBegun: () => void;
}

function Choose({ conversationId, known, wanted, onOpen, onBegun }: ChooseProps): ReactNode {
  const { t } = useTranslation('evaluations');
  const queryClient = useQueryClient();
  const [refused, setRefused] = useState<string>();

  async function begin({ segment, form }: { segment: number; form: string }): Promise<void> {
    const answer = await call('POST /api/v1/conversations/:id/evaluations', {
      params: { id: conversationId },
      body: { segment, form },
    });
    if (!answer.ok) {
      setRefused(answer.error.message);
      return onBegun();
    }
    await queryClient.invalidateQueries({ queryKey: ['evaluations'] });
    onOpen(answer.body.id);
  }

  return (
    <>
      {known.items.length === 0 ? (
        <p className="muted">{t('none')}</p>
      ) : (
        <ul className="eval-list">
          {known.items.map((evaluation) => (
            <Line key={evaluation.id} evaluation={evaluation} onOpen={onOpen} />
          ))}
        </ul>
      )}
      <Assignments known={known} onGrade={(assignment) => void begin(assignment)} />
      <Begin
        conversationId={conversationId}
        known={known}
        wanted={wanted}
        refused={refused}
        onBegin={(chosen) => void begin(chosen)}
      />
    </>
  );
}

function Line({ evaluation, onOpen }: { evaluation: EvaluationView; onOpen: (id: string) => void }): ReactNode {
  const { t } = useTranslation('evaluations');
  const { id, agent, form, score, state } = evaluation;
  return (
    <li>
      <button type="button" className="eval-line" onClick={() => onOpen(id)}>
        <span className="grow">
          <b className="med">{agent.name}</b>
          <span className="xs secondary">{t('version', { name: form.name, version: form.version })}</span>
        </span>
        <StateChip state={state} />
        <span className="num med">{score === null ? '–' : t('score', { score })}</span>
      </button>
    </li>
  );
}

function Begin({
  conversationId,
  known,
  wanted,
  refused,
  onBegin,
}: Pick<ChooseProps, 'conversationId' | 'known' | 'wanted'> & {
  refused: string | undefined;
  onBegin: (chosen: { segment: number; form: string }) => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const { segments, forms, assignments, evaluators } = known;
  const given = assignments.find(({ id }) => id === wanted);
  const [segment, setSegment] = useState(given?.segment ?? segments.at(-1)?.number ?? 0);
  const [form, setForm] = useState(given?.form ?? forms[0]?.name ?? '');
  if (segments.length === 0) return <p className="xs muted">{t('noStretches')}</p>;
  if (forms.length === 0) return <p className="xs muted">{t('noForms')}</p>;

  return (
    <section className="eval-begin" aria-label={t('beginTitle')}>
      <h2>{t('beginTitle')}</h2>
      <Field label={t('stretch')}>
        {(control) => (
          <span className="input">
            <select {...control} value={segment} onChange={({ target }) => setSegment(Number(target.value))}>
              {segments.map(({ number, agent, from }) => (
                <option key={number} value={number}>
                  {t('ofStretch', { name: agent.name, from: formats.time(from) })}
                </option>
              ))}
            </select>
          </span>
        )}
      </Field>
      <Field label={t('form')}>
        {(control) => (
          <span className="input">
            <select {...control} value={form} onChange={({ target }) => setForm(target.value)}>
              {forms.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </span>
        )}
      </Field>
      <Problem text={refused} />
      <button type="button" className="btn primary" onClick={() => onBegin({ segment, form })}>
        {t('begin')}
      </button>
      <Assign conversationId={conversationId} segment={segment} form={form} evaluators={evaluators} />
    </section>
  );
}
