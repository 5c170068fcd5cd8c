import { IconRefresh } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { attempt } from './attempt.ts';
import { ask } from './simulator-api.ts';

/** Forgets what happened, after asking. */
export function ResetButton(): ReactNode {
  const { t } = useTranslation('simulator');
  const { t: shared } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  function reset(): void {
    setIsOpen(false);
    attempt(() => ask('POST', 'reset'));
  }
  return (
    <>
      <button type="button" className="btn quiet" aria-label={t('reset')} onClick={() => setIsOpen(true)}>
        <Icon of={IconRefresh} />
        <span className="hide-phone">{t('reset')}</span>
      </button>
      <Dialog
        isOpen={isOpen}
        title={t('resetTitle')}
        width={360}
        onClose={() => setIsOpen(false)}
        foot={
          <>
            <span className="end" />
            <button type="button" className="btn outline" onClick={() => setIsOpen(false)}>
              {shared('app.cancel')}
            </button>
            <button type="button" className="btn danger" onClick={reset}>
              {t('resetDo')}
            </button>
          </>
        }
      >
        <p className="dialog-text">{t('resetText')}</p>
      </Dialog>
    </>
  );
}
