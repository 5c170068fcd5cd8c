import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_AFTER_MS = 200;
const WIDTHS = ['w46', 'w60', 'w38'] as const;

/** Rows that are being loaded, in the shape they will have. */
export function ListSkeleton(): ReactNode {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div role="status" aria-label={t('app.loading')}>
      {WIDTHS.map((width) => (
        <div key={width} className="row-skeleton">
          <span className="skel round" />
          <span>
            <span className={`skel ${width}`} />
            <span className="skel w80" />
            <span className="skel w30" />
          </span>
        </div>
      ))}
    </div>
  );
}
