import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/ui/dialog.tsx';

/** Asks once more where ending loses what was written. */
export function EndDialog({
  isOpen,
  name,
  draftLength,
  onClose,
  onEnd,
}: {
  isOpen: boolean;
  name: string;
  draftLength: number;
  onClose: () => void;
  onEnd: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={isOpen}
      title={t('conversation.endTitle', { name })}
      onClose={onClose}
      width={380}
      foot={
        <>
          <button type="button" className="btn outline end" data-autofocus onClick={onClose}>
            {t('conversation.keep')}
          </button>
          <button type="button" className="btn danger" onClick={onEnd}>
            {t('conversation.endAnyway')}
          </button>
        </>
      }
    >
      <p className="secondary dialog-text">{t('conversation.endDraft', { count: draftLength })}</p>
    </Dialog>
  );
}
