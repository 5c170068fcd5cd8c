import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../shared/client/client.ts';
import type { EvaluationView } from '../../shared/data/evaluations.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EvaluationHead, History, Problem } from './evaluation-head.tsx';
import { FormView } from './form-view.tsx';
import { LongText } from './long-text.tsx';
import { RemarkList } from './remark-list.tsx';

/** An evaluation as it stands, for whoever may read it; `children`: what they may do with it. */
export function Finished({ evaluation, children }: { evaluation: EvaluationView; children?: ReactNode }): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const { form, answers, comment, agent, from, remarks, conversationId } = evaluation;
  return (
    <article className="eval" aria-label={t('version', { name: form.name, version: form.version })}>
      <EvaluationHead evaluation={evaluation} score={evaluation.score}>
        {t('ofStretch', { name: agent.name, from: formats.moment(from) })}
      </EvaluationHead>
      <div className="eval-sheet">
        <FormView form={form} answers={answers} />
        <RemarkList conversationId={conversationId} remarks={remarks} />
        {comment !== undefined && (
          <section className="eval-part" aria-label={t('comment', { name: agent.name })}>
            <h3>{t('comment', { name: agent.name })}</h3>
            <p dir="auto">{comment}</p>
          </section>
        )}
        <History evaluation={evaluation} />
      </div>
      {children}
    </article>
  );
}

/** What the agent says of the evaluation of their chat. */
export function Answering({ evaluation }: { evaluation: EvaluationView }): ReactNode {
  const { t } = useTranslation('evaluations');
  const queryClient = useQueryClient();
  const [text, setText] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const { id, revision, state } = evaluation;
  if (state !== 'finished') return null;

  async function tell(isRight: boolean): Promise<void> {
    const params = { id };
    const answer = isRight
      ? await call('POST /api/v1/evaluations/:id/confirm', { params, body: { revision } })
      : await call('POST /api/v1/evaluations/:id/dispute', { params, body: { revision, text: text ?? '' } });
    if (!answer.ok) setRefused(answer.error.message);
    await queryClient.invalidateQueries({ queryKey: ['evaluations'] });
  }

  return (
    <>
      <Problem text={refused} />
      {text !== undefined && (
        <section className="eval-part">
          <LongText label={t('disputeWhy')} value={text} onChange={setText} />
        </section>
      )}
      <footer className="eval-foot">
        {text === undefined ? (
          <>
            <button type="button" className="btn outline end" onClick={() => setText('')}>
              {t('dispute')}
            </button>
            <button type="button" className="btn primary" onClick={() => void tell(true)}>
              {t('confirm')}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="btn outline end" onClick={() => setText(undefined)}>
              {t('cancel')}
            </button>
            <button
              type="button"
              className="btn primary"
              aria-disabled={text.trim() === ''}
              onClick={() => text.trim() !== '' && void tell(false)}
            >
              {t('sendDispute')}
            </button>
          </>
        )}
      </footer>
    </>
  );
}
