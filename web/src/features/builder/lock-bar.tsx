import { IconLock, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import type { Autosave } from './model/use-autosave.ts';
import type { EditLock } from './model/use-edit-lock.ts';

/** Somebody else edits, or has saved meanwhile: what that means, and the way out. */
export function LockBar({
  lock,
  autosave,
  onReload,
}: {
  lock: EditLock;
  autosave: Autosave;
  onReload: () => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const { holder } = lock;
  if (autosave.state === 'changed')
    return (
      <div className="lock-bar" role="alert">
        <Icon of={IconRefresh} />
        <span className="grow">{t('changedMeanwhile')}</span>
        <button type="button" className="btn sm outline" onClick={onReload}>
          {t('loadTheirs')}
        </button>
      </div>
    );
  if (!holder || lock.isYours) return null;
  return (
    <div className="lock-bar" role="status">
      <Icon of={IconLock} />
      <span className="grow">{t('editedBy', { name: holder.name, time: formats.time(holder.since) })}</span>
      <button
        type="button"
        className="btn sm outline"
        onClick={() => {
          void lock.takeOver().then(onReload);
        }}
      >
        {t('takeOver')}
      </button>
    </div>
  );
}
