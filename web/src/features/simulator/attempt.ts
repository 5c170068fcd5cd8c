import { t } from 'i18next';
import { tell } from '../../shared/data/toasts.ts';

/** Does something and tells where it did not work. */
export function attempt(task: () => Promise<unknown>): void {
  task().catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    tell({ kind: 'danger', title: t('failed', { ns: 'simulator' }), text });
  });
}
