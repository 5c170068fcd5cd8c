import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listUnanswered, scoreEvaluation } from '../../../../contracts/evaluation-form.ts';
import { call } from '../../shared/client/client.ts';
import type { EvaluationView } from '../../shared/data/evaluations.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { EvaluationHead, History, Problem } from './evaluation-head.tsx';
import { FormView } from './form-view.tsx';
import { LongText } from './long-text.tsx';
import { RemarkList } from './remark-list.tsx';
import { sentOf, useSaving, useWriting, type Writing } from './use-draft.ts';

interface Props {
  evaluation: EvaluationView;
  /** Somebody else was first: shows what there is now. */
  onReload: () => void;
}

/** The form, the comments and the comment for the agent, as somebody fills them in. */
function Sheet({ evaluation, writing }: { evaluation: EvaluationView; writing: Writing }): ReactNode {
  const { t } = useTranslation('evaluations');
  const { form, agent, conversationId } = evaluation;
  const { content } = writing;
  return (
    <>
      <FormView form={form} answers={content.answers} onAnswer={writing.answer} />
      <RemarkList conversationId={conversationId} remarks={content.remarks} onChange={writing.remark} />
      <section className="eval-part">
        <LongText label={t('comment', { name: agent.name })} value={content.comment ?? ''} onChange={writing.comment} />
      </section>
    </>
  );
}

/** A draft: saved as one writes, and sent to its agent when every question is answered. */
export function Draft({ evaluation, onReload }: Props): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const queryClient = useQueryClient();
  const writing = useWriting(evaluation);
  const { content } = writing;
  const { savedAt, isSaving, problem, save } = useSaving(evaluation, content);
  const [refused, setRefused] = useState<string>();
  const [isSending, setIsSending] = useState(false);
  const { score } = scoreEvaluation(evaluation.form, content.answers);
  const unanswered = listUnanswered(evaluation.form, content.answers);
  const { id, agent } = evaluation;

  async function send(): Promise<void> {
    if (unanswered.length > 0) return setRefused(t('unanswered', { count: unanswered.length }));
    setIsSending(true);
    const revision = await save();
    const answer =
      revision === undefined
        ? undefined
        : await call('POST /api/v1/evaluations/:id/finish', { params: { id }, body: { revision } });
    setIsSending(false);
    if (answer && !answer.ok) return setRefused(answer.error.message);
    if (answer) await queryClient.invalidateQueries({ queryKey: ['evaluations'] });
  }

  async function discard(): Promise<void> {
    const answer = await call('DELETE /api/v1/evaluations/:id', { params: { id } });
    if (!answer.ok) return setRefused(answer.error.message);
    await queryClient.invalidateQueries({ queryKey: ['evaluations'] });
  }

  return (
    <article
      className="eval"
      aria-label={t('version', { name: evaluation.form.name, version: evaluation.form.version })}
    >
      <EvaluationHead evaluation={evaluation} score={score} />
      <div className="eval-sheet">
        <Sheet evaluation={evaluation} writing={writing} />
      </div>
      <Problem text={problem ?? (unanswered.length > 0 || problem !== undefined ? refused : undefined)}>
        {problem !== undefined && (
          <button type="button" className="btn sm outline" onClick={onReload}>
            {t('reload')}
          </button>
        )}
      </Problem>
      <footer className="eval-foot">
        <span className="xs muted grow" role="status">
          {problem !== undefined
            ? t('notSaved')
            : isSaving
              ? t('saving')
              : savedAt !== undefined && t('saved', { time: formats.time(savedAt) })}
        </span>
        <button type="button" className="btn quiet" onClick={() => void discard()}>
          {t('discard')}
        </button>
        <button type="button" className="btn primary" aria-disabled={isSending} onClick={() => void send()}>
          {t('send', { name: agent.name })}
        </button>
      </footer>
    </article>
  );
}

/** A dispute, for whoever decides it: the grade stands, or other answers take its place. */
export function Decision({ evaluation, onReload }: Props): ReactNode {
  const { t } = useTranslation('evaluations');
  const queryClient = useQueryClient();
  const writing = useWriting(evaluation);
  const [outcome, setOutcome] = useState<'upheld' | 'changed'>('upheld');
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string>();
  const isChanging = outcome === 'changed';
  const { form, conversationId, id, revision } = evaluation;
  const score = isChanging ? scoreEvaluation(form, writing.content.answers).score : evaluation.score;

  async function decide(): Promise<void> {
    const body = isChanging
      ? ({ outcome, revision, text, ...sentOf(writing.content) } as const)
      : ({ outcome: 'upheld', revision, text } as const);
    const answer = await call('POST /api/v1/evaluations/:id/decision', { params: { id }, body });
    if (!answer.ok) return setRefused(answer.error.message);
    await queryClient.invalidateQueries({ queryKey: ['evaluations'] });
  }

  return (
    <article className="eval" aria-label={t('decide')}>
      <EvaluationHead evaluation={evaluation} score={score} />
      <div className="eval-sheet">
        {isChanging ? (
          <Sheet evaluation={evaluation} writing={writing} />
        ) : (
          <>
            <FormView form={form} answers={evaluation.answers} />
            <RemarkList conversationId={conversationId} remarks={evaluation.remarks} />
          </>
        )}
        <History evaluation={evaluation} />
        <section className="eval-part" aria-label={t('decide')}>
          <h3>{t('decide')}</h3>
          <Segmented
            label={t('decide')}
            value={outcome}
            choices={(['upheld', 'changed'] as const).map((value) => ({ value, label: t(`outcomes.${value}`) }))}
            onChange={setOutcome}
          />
          <LongText label={t('reason')} value={text} onChange={setText} />
        </section>
      </div>
      <Problem text={refused}>
        <button type="button" className="btn sm outline" onClick={onReload}>
          {t('reload')}
        </button>
      </Problem>
      <footer className="eval-foot">
        <button
          type="button"
          className="btn primary end"
          aria-disabled={text.trim() === ''}
          onClick={() => text.trim() !== '' && void decide()}
        >
          {t('decision')}
        </button>
      </footer>
    </article>
  );
}
