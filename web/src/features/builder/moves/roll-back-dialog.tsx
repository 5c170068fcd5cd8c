import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockMap } from '../../../../../contracts/scenario-move.ts';
import type { Publication } from '../../../../../contracts/scenario-schema.ts';
import { call } from '../../../shared/client/client.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useBuilderContext } from '../builder-context.tsx';
import { RunningChoice } from './running-choice.tsx';

/** Puts an earlier version in force again; those who were moved away from it can go back with it. */
export function RollBackDialog({ version, onClose }: { version: Publication; onClose: () => void }): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const queryClient = useQueryClient();
  const [move, setMove] = useState<{ blocks: BlockMap }>();
  const [isBusy, setIsBusy] = useState(false);
  const { number } = version;
  async function rollBack(): Promise<void> {
    setIsBusy(true);
    const body = { number, ...(move && { move }) };
    const response = await call('POST /api/v1/scenarios/:name/rollback', { params: { name }, body });
    if (response.ok) tell({ kind: 'success', title: t('rolledBack', { number }), text: t('publishedMore') });
    else tell({ kind: 'danger', title: t('notRolledBack'), text: response.error.message });
    await queryClient.invalidateQueries({ queryKey: ['scenario-versions', name] });
    await queryClient.invalidateQueries({ queryKey: ['scenario-moves', name] });
    onClose();
  }
  const foot = (
    <>
      <button type="button" className="btn outline end" onClick={onClose}>
        {t('cancel')}
      </button>
      <button type="button" className="btn primary" disabled={isBusy} onClick={() => void rollBack()}>
        {t('rollBack')}
      </button>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('move.rollBackTitle', { number })} width={640} foot={foot}>
      <div className="impact">
        <RunningChoice target={{ version: version.version }} onChange={setMove} />
      </div>
    </Dialog>
  );
}
