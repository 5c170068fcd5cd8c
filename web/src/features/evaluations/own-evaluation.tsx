import './evaluations.css';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationView } from '../../shared/data/evaluations.ts';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { Answering, Finished } from './finished.tsx';

/** The evaluation of one's own chat beside its transcript, to be confirmed or disputed. */
export function OwnEvaluation({
  evaluation,
  transcript,
  isOwn,
  onBack,
}: {
  evaluation: EvaluationView;
  transcript: ReactNode;
  isOwn: boolean;
  onBack: () => void;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  return (
    <main className="evals" id="main" aria-label={t('title')}>
      <header className="sbar" data-region>
        <IconButton className="md" icon={IconArrowLeft} label={t('back2')} onClick={onBack} />
        <h1>{isOwn ? t('mine') : t('title')}</h1>
      </header>
      <div className="eval-body">
        <section className="eval-said" data-region>
          {transcript}
        </section>
        <aside className="eval-side" data-region aria-label={t('title')} tabIndex={0}>
          <Finished evaluation={evaluation}>{isOwn && <Answering evaluation={evaluation} />}</Finished>
        </aside>
      </div>
    </main>
  );
}
