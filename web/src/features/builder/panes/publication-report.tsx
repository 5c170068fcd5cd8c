import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublicationReportView } from '../../../../../contracts/publication-schema.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { useBuilderContext } from '../builder-context.tsx';
import { reportQuery } from '../canary/canary-data.ts';
import { ChangeList } from '../canary/change-list.tsx';
import { Verdicts } from '../canary/verdicts.tsx';

/** What was known of a publication as it was made: what changed, what the checks, the tests and the impact report said, how its canary went. */
export function PublicationReport({ number, id }: { number: number; id: string }): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const { data: report, error } = useQuery(reportQuery(name, number));
  return (
    <section className="report" id={id} aria-label={t('report.title', { number })} aria-busy={!report && !error}>
      {error && (
        <p className="xs t-danger" role="alert">
          {error.message}
        </p>
      )}
      {report && (
        <>
          {report.canary && <Tried canary={report.canary} />}
          <Changed report={report} />
          <Checked report={report} />
          <Shown report={report} />
        </>
      )}
    </section>
  );
}

function Tried({
  canary: { steps, end, guardrails },
}: {
  canary: NonNullable<PublicationReportView['canary']>;
}): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  return (
    <>
      <h4>{t('canary.title')}</h4>
      <ul className="xs secondary">
        {steps.map(({ percent, at, by }) => (
          <li key={`${at} ${percent}`}>{t('report.step', { percent, by, at: formats.moment(at) })}</li>
        ))}
        {end && (
          <li>
            {t(`report.end.${end.how}`, { number: end.number, by: end.by ?? '' })} · {formats.moment(end.at)}
          </li>
        )}
      </ul>
      {end && <Verdicts verdicts={end.verdicts} minimum={guardrails.minimum} />}
    </>
  );
}

function Changed({ report: { since, changes, changesLeftOff } }: { report: PublicationReportView }): ReactNode {
  const { t } = useTranslation('builder');
  return (
    <>
      <h4>{since ? t('changesSince', { number: since.number }) : t('firstPublication')}</h4>
      {changes.length === 0 && <p className="xs muted">{t('noChanges')}</p>}
      <ChangeList changes={changes} />
      {changesLeftOff > 0 && <p className="xs muted">{t('report.more', { count: changesLeftOff })}</p>}
    </>
  );
}

function Checked({ report: { checks, problems, problemsLeftOff } }: { report: PublicationReportView }): ReactNode {
  const { t } = useTranslation('builder');
  return (
    <>
      <h4>{t('checks')}</h4>
      <p className="xs secondary">{checks ? t('checksSay', checks) : t('report.notKept')}</p>
      <ul className="xs">
        {problems.map(({ line, message, code }) => (
          <li key={`${line} ${code} ${message}`}>{t('report.problem', { line, message })}</li>
        ))}
      </ul>
      {problemsLeftOff > 0 && <p className="xs muted">{t('report.more', { count: problemsLeftOff })}</p>}
    </>
  );
}

function Shown({ report: { shown, running } }: { report: PublicationReportView }): ReactNode {
  const { t } = useTranslation('builder');
  const { tests, impact } = shown;
  return (
    <>
      <h4>{t('tabs.tests')}</h4>
      <p className="xs secondary">
        {tests ? t('report.tests', { passed: tests.passed, failed: tests.failed.length }) : t('report.notRun')}
      </p>
      <h4>{t('runningTitle', { count: impact?.running ?? running })}</h4>
      {impact && <p className="xs secondary">{t(`report.fate.${impact.fate}`)}</p>}
      {impact && (
        <ul className="xs">
          {impact.groups.map(({ version, block, count, outcomes }) => (
            <li key={`${version} ${block}`}>
              {t('report.group', { count, block })}{' '}
              {impact.fate !== 'stay' &&
                Object.entries(outcomes).map(([outcome, of]) => (
                  <span key={outcome} className="chip outline">
                    {t(`move.outcome.${outcome as 'continues'}`, { count: of })}
                  </span>
                ))}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
