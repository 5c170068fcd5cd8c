import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Definition } from './report-data.ts';

/** What each figure means, and what happens at the edges: no number without its definition. */
export function HowCounted({ definition }: { definition: Definition }): ReactNode {
  const { t } = useTranslation('reports');
  return (
    <details className="card how-counted">
      <summary>{t('counted')}</summary>
      <dl>
        {definition.figures.map(({ name }) => (
          <div key={name}>
            <dt>{t(`figures.${name}.label`)}</dt>
            <dd>{t(`figures.${name}.text`)}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('edges')}</h3>
      {/* As they stand in docs/reports.md. */}
      <ul lang="en">
        {definition.edgeCases.map((edge) => (
          <li key={edge}>{edge}</li>
        ))}
      </ul>
    </details>
  );
}
