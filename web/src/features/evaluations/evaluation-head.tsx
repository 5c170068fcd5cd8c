import {
  IconAlertTriangle,
  IconCheck,
  IconFlag,
  IconGavel,
  IconPencil,
  IconSend,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationState } from '../../../../contracts/evaluation.ts';
import type { EvaluationView } from '../../shared/data/evaluations.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';

const LOOKS: Readonly<Record<EvaluationState, { icon: TablerIcon; tone: string }>> = {
  draft: { icon: IconPencil, tone: 'warn' },
  finished: { icon: IconSend, tone: 'accent' },
  confirmed: { icon: IconCheck, tone: 'success' },
  disputed: { icon: IconFlag, tone: 'danger' },
  decided: { icon: IconGavel, tone: '' },
};

/** Where an evaluation stands. */
export function StateChip({ state }: { state: EvaluationState }): ReactNode {
  const { t } = useTranslation('evaluations');
  const { icon, tone } = LOOKS[state];
  return (
    <span className={`chip ${tone}`}>
      <Icon of={icon} size={12} />
      {t(`states.${state}`)}
    </span>
  );
}

/** A form by its name and version, whom it is for, and what it has come to. */
export function EvaluationHead({
  evaluation,
  score,
  children,
}: {
  evaluation: EvaluationView;
  score: number | null;
  children?: ReactNode;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const { form, state, agent } = evaluation;
  return (
    <header className="eval-head">
      <div className="grow">
        <h2>
          <span dir="auto">{t('version', { name: form.name, version: form.version })}</span> <StateChip state={state} />
        </h2>
        <p className="xs secondary">{children ?? t('forAgent', { name: agent.name })}</p>
      </div>
      <p className="eval-score num" role="status" aria-label={score === null ? t('noScore') : t('score', { score })}>
        <b>{score ?? '–'}</b> <span className="muted">/ 100</span>
      </p>
    </header>
  );
}

/** What was done with it, and the score from then on. */
export function History({ evaluation }: { evaluation: EvaluationView }): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  if (evaluation.steps.length === 0) return null;
  return (
    <section className="eval-part" aria-label={t('history')}>
      <h3>{t('history')}</h3>
      <ol className="eval-steps">
        {evaluation.steps.map(({ did, at, by, score, text }) => (
          <li key={at}>
            <span className="med">{t('step', { did: t(`steps.${did}`), name: by.name })}</span>{' '}
            <span className="muted xs num">
              {formats.moment(at)} · {score === null ? t('noScore') : t('score', { score })}
            </span>
            {text !== undefined && <p dir="auto">{text}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Why something was not done. */
export function Problem({ text, children }: { text: string | undefined; children?: ReactNode }): ReactNode {
  if (text === undefined) return null;
  return (
    <p className="eval-problem" role="alert">
      <Icon of={IconAlertTriangle} size={14} />
      <span className="grow">{text}</span>
      {children}
    </p>
  );
}
