import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Publication } from '../../../../../contracts/scenario-schema.ts';
import { call } from '../../../shared/client/client.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useBuilderContext } from '../builder-context.tsx';
import { everybodyStays, impactQuery, toMove, toShown } from './move-data.ts';
import { RunningChoice } from './running-choice.tsx';

/** Puts an earlier version in force again; those who were moved away from it can go back with it. */
export function RollBackDialog({ version, onClose }: { version: Publication; onClose: () => void }): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const queryClient = useQueryClient();
  const [choice, setChoice] = useState(everybodyStays);
  const target = { version: version.version };
  const [isBusy, setIsBusy] = useState(false);
  const { number, isCanary } = version;
  async function rollBack(): Promise<void> {
    setIsBusy(true);
    const move = toMove(choice);
    const impact = queryClient.getQueryData(impactQuery(name, target, choice.blocks).queryKey);
    const body = { number, ...(move && { move }), ...(impact && { shown: { impact: toShown(choice, impact) } }) };
    const response = await call('POST /api/v1/scenarios/:name/rollback', { params: { name }, body });
    if (response.ok)
      tell({
        kind: 'success',
        title: t(isCanary ? 'canary.finished' : 'rolledBack', { number }),
        text:
          response.body.endedCanary === null
            ? t('publishedMore')
            : t('canary.endedBy', { number: response.body.endedCanary }),
      });
    else tell({ kind: 'danger', title: t('notRolledBack'), text: response.error.message });
    await queryClient.invalidateQueries({ queryKey: ['scenario-versions', name] });
    await queryClient.invalidateQueries({ queryKey: ['scenario-moves', name] });
    await queryClient.invalidateQueries({ queryKey: ['scenario-canary', name] });
    onClose();
  }
  const foot = (
    <>
      <button type="button" className="btn outline end" onClick={onClose}>
        {t('cancel')}
      </button>
      <button type="button" className="btn primary" disabled={isBusy} onClick={() => void rollBack()}>
        {t(isCanary ? 'canary.putInForce' : 'rollBack')}
      </button>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(isCanary ? 'canary.finishTitle' : 'move.rollBackTitle', { number })}
      width={640}
      foot={foot}
    >
      <div className="impact">
        <RunningChoice target={target} onChange={setChoice} />
      </div>
    </Dialog>
  );
}
