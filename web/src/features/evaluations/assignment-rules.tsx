import { IconClipboardList } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { assignmentProgressQuery, type AssignmentProgress } from '../../shared/data/assignments.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';

/** The rules that draw stretches to be graded, and how far their draws are. */
export function AssignmentRules(): ReactNode {
  const { t } = useTranslation('evaluations');
  const { data: rules, isPending } = useQuery(assignmentProgressQuery);
  if (isPending) return <div className="card evals-card skel evals-skeleton" role="status" aria-label={t('rules')} />;
  return (
    <section className="card evals-card" aria-label={t('rules')}>
      {!rules || rules.length === 0 ? (
        <EmptyState icon={IconClipboardList} title={t('rule.emptyTitle')}>
          {t('rule.emptyText')}
        </EmptyState>
      ) : (
        rules.map((progress) => <Rule key={progress.rule} progress={progress} />)
      )}
    </section>
  );
}

function Rule({ progress }: { progress: AssignmentProgress }): ReactNode {
  const { t } = useTranslation('evaluations');
  const formats = useFormats();
  const { rule, form, perAgent, evaluators, nextDrawAt, draws } = progress;
  const names = evaluators.map(({ name }) => name).join(', ');
  return (
    <article className="eval-rule" aria-label={rule}>
      <header>
        <h2 dir="auto">{rule}</h2>
        <p className="xs secondary">
          {t('rule.says', { count: perAgent, form, names })}{' '}
          {nextDrawAt === undefined ? t('rule.paused') : t('rule.next', { at: formats.moment(nextDrawAt) })}
        </p>
      </header>
      {draws.length === 0 ? (
        <p className="xs muted">{t('rule.noDraws')}</p>
      ) : (
        <div className="eval-table" role="region" aria-label={t('rule.draws', { rule })} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('rule.week')}</th>
                <th scope="col">{t('rule.agents')}</th>
                <th scope="col">{t('rule.drawn')}</th>
                <th scope="col">{t('rule.done')}</th>
                <th scope="col">{t('rule.open')}</th>
                <th scope="col">{t('rule.overdue')}</th>
                <th scope="col">{t('rule.withdrawn')}</th>
                <th scope="col">{t('rule.withoutEvaluator')}</th>
              </tr>
            </thead>
            <tbody>
              {draws.map((draw) => (
                <tr key={draw.from}>
                  <th scope="row">{t('rule.from', { day: formats.day(draw.from) })}</th>
                  <td>{formats.number(draw.agents)}</td>
                  <td>{formats.number(draw.drawn)}</td>
                  <td>{formats.number(draw.done)}</td>
                  <td>{formats.number(draw.open)}</td>
                  <td className={draw.overdue > 0 ? 't-danger' : ''}>{formats.number(draw.overdue)}</td>
                  <td>{formats.number(draw.withdrawn)}</td>
                  <td className={draw.withoutEvaluator > 0 ? 't-danger' : ''}>
                    {formats.number(draw.withoutEvaluator)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </article>
  );
}
