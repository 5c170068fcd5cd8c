import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/ui/dialog.tsx';
import type { Autosave } from './model/use-autosave.ts';
import type { PublishForm as Form } from './publish-form.tsx';

/** Loads what is in the dialog, before it is opened. */
export const loadPublishForm = async (): Promise<{ default: typeof Form }> => ({
  default: (await import('./publish-form.tsx')).PublishForm,
});

const PublishForm = lazy(loadPublishForm);

/** What publishing comes to, before it is done: what has changed, what the checks say, whom it concerns. */
export function PublishDialog({
  isOpen,
  onClose,
  autosave,
}: {
  isOpen: boolean;
  onClose: () => void;
  autosave: Autosave;
}): ReactNode {
  const { t } = useTranslation('builder');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('publishTitle')} width={640}>
      {isOpen && (
        <Suspense fallback={<span className="skel" aria-hidden="true" />}>
          <PublishForm onClose={onClose} autosave={autosave} />
        </Suspense>
      )}
    </Dialog>
  );
}
