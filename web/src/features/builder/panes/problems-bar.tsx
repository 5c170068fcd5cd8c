import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckReport } from '../../../../../scenario-dsl/checks/check-source.ts';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { titleOf } from '../block-look.ts';
import { useActions, useBuilder } from '../builder-context.tsx';

type Problem = CheckReport['problems'][number];

/** What the checks say, one at a time or all of it; each leads to its block and its line. */
export function ProblemsBar(): ReactNode {
  const { t } = useTranslation('builder');
  const report = useBuilder((state) => state.report);
  const refusal = useBuilder((state) => state.refusal);
  const [at, setAt] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const problems = report?.problems ?? [];
  const shown = problems[Math.min(at, problems.length - 1)];
  const go = useGo();
  function move(by: number): void {
    const next = (at + by + problems.length) % problems.length;
    setAt(next);
    const problem = problems[next];
    if (problem) go(problem);
  }
  return (
    <section className="probs" aria-label={t('problems')} data-region>
      {isOpen && problems.length > 0 && (
        <ol className="prob-list scroll">
          {problems.map((problem) => (
            <ProblemRow
              key={`${problem.line}:${problem.column}:${problem.code}`}
              problem={problem}
              onGo={() => go(problem)}
            />
          ))}
        </ol>
      )}
      <div className="probs-head">
        <Count problems={problems} isKnown={report !== undefined} />
        {refusal !== undefined ? (
          <span className="grow t-danger clip" role="alert">
            {refusal}
          </span>
        ) : (
          shown && (
            <span className="clip grow" role="status">
              <Subject problem={shown} /> <span className="secondary">{shown.message}</span>
            </span>
          )
        )}
        {shown && (
          <>
            <button type="button" className="btn link xs num" onClick={() => go(shown)}>
              {t('line', { line: shown.line })}
            </button>
            <span className="row row-1">
              <IconButton icon={IconChevronUp} label={t('previousProblem')} onClick={() => move(-1)} />
              <IconButton icon={IconChevronDown} label={t('nextProblem')} onClick={() => move(1)} />
            </span>
            <button type="button" className="btn sm quiet xs" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
              {isOpen ? t('showFewer') : t('showAll')}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

function Count({ problems, isKnown }: { problems: readonly Problem[]; isKnown: boolean }): ReactNode {
  const { t } = useTranslation('builder');
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (!isKnown) return <span className="muted grow">{t('checking')}</span>;
  if (problems.length === 0)
    return (
      <span className="row row-1 t-success med grow">
        <Icon of={IconCircleCheck} />
        {t('noProblems')}
      </span>
    );
  return (
    <>
      {errors > 0 && (
        <span className="row row-1 t-danger med">
          <Icon of={IconCircleX} />
          {t('errors', { count: errors })}
        </span>
      )}
      {warnings > 0 && (
        <span className="row row-1 t-warn med">
          <Icon of={IconAlertTriangle} />
          {t('warnings', { count: warnings })}
        </span>
      )}
    </>
  );
}

function blockOf({ path }: Problem): string | undefined {
  return /^blocks\.([^.]+)/.exec(path)?.[1];
}

function Subject({ problem }: { problem: Problem }): ReactNode {
  const block = useBuilder((state) => state.graph.blocks.find(({ id }) => id === blockOf(problem)));
  return block ? <b className="med">{titleOf(block)}</b> : null;
}

function useGo(): (problem: Problem) => void {
  const { reveal, showLine } = useActions();
  return (problem) => {
    const block = blockOf(problem);
    if (block !== undefined) reveal(block);
    showLine(problem.line);
  };
}

function ProblemRow({ problem, onGo }: { problem: Problem; onGo: () => void }): ReactNode {
  const { t } = useTranslation('builder');
  const isError = problem.severity === 'error';
  return (
    <li className="prob">
      <button type="button" onClick={onGo}>
        <Icon of={isError ? IconCircleX : IconAlertTriangle} className={isError ? 't-danger' : 't-warn'} />
        <span>
          <Subject problem={problem} /> {problem.message} <span className="muted">{problem.remedy}</span>
        </span>
        <span className="xs num muted">{t('line', { line: problem.line })}</span>
      </button>
      {problem.transcript && (
        <details className="xs">
          <summary>{t('chatThere')}</summary>
          <pre className="mono">{problem.transcript.join('\n')}</pre>
        </details>
      )}
    </li>
  );
}
