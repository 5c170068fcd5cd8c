import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockChange } from '../../../../../contracts/publication-report.ts';

/** Block by block, in words. */
export function ChangeList({ changes }: { changes: readonly BlockChange[] }): ReactNode {
  const { t } = useTranslation('builder');
  return (
    <ul className="changes scroll">
      {changes.map(({ block, title, kind, parts }) => (
        <li key={`${kind} ${block}`}>
          <span className={`chip ${kind === 'removed' ? 'danger' : kind === 'added' ? 'success' : 'accent'}`}>
            {t(`change.${kind}`)}
          </span>
          <b className="med">{title ?? block}</b>
          <span className="muted xs">{parts.map((part) => t(`part.${part}`)).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
