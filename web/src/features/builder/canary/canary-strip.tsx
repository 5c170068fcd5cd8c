import { IconAlertTriangle, IconFlask2 } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CanaryView } from '../../../../../contracts/publication-schema.ts';
import { call } from '../../../shared/client/client.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useActions, useBuilderContext } from '../builder-context.tsx';
import { SelectControl } from '../forms/select-control.tsx';
import { Verdicts } from './verdicts.tsx';

const PARTS = [5, 10, 25, 50, 75, 90];

/** A canary that runs, and what can be done with it; or one that a guardrail took back. */
export function CanaryStrip({ canary }: { canary: CanaryView }): ReactNode {
  return canary.end ? <Returned canary={canary} /> : <Running canary={canary} />;
}

/** What changes a canary, and looks at everything anew that it shows. */
function useChange(): (order: () => Promise<{ ok: boolean; error?: { message: string } }>) => Promise<boolean> {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const queryClient = useQueryClient();
  return async (order) => {
    const response = await order();
    if (!response.ok)
      tell({ kind: 'danger', title: t('canary.notChanged'), text: response.error?.message ?? t('canary.lookAgain') });
    await Promise.all(
      ['scenario-canary', 'scenario-versions', 'publication-report'].map((key) =>
        queryClient.invalidateQueries({ queryKey: [key, name] }),
      ),
    );
    return response.ok;
  };
}

function Running({ canary }: { canary: CanaryView }): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const change = useChange();
  const [isFinishing, setIsFinishing] = useState(false);
  const { number, percent, revision, rest } = canary;
  const parts = [...new Set([...PARTS, percent])].toSorted((one, other) => one - other);
  const end = (): Promise<boolean> =>
    change(() => call('POST /api/v1/scenarios/:name/canary/end', { params: { name }, body: { revision } }));
  const widen = (chosen: string): Promise<boolean> =>
    change(() =>
      call('PATCH /api/v1/scenarios/:name/canary', {
        params: { name },
        body: { percent: Number(chosen), revision },
      }),
    );
  return (
    <section className="canary-bar" aria-label={t('canary.bar')} data-region>
      <div className="canary-head">
        <Icon of={IconFlask2} />
        <b className="semi">{t('canary.runs', { number, percent })}</b>
        <span className="xs">{t('canary.sides', canary.canary)}</span>
        <span className="xs">{t('canary.sides', rest)}</span>
      </div>
      <Verdicts verdicts={canary.verdicts} minimum={canary.guardrails.minimum} />
      <div className="canary-do">
        <SelectControl
          control={{ 'aria-label': t('canary.part') }}
          value={String(percent)}
          onChange={(chosen) => void widen(chosen)}
        >
          {parts.map((part) => (
            <option key={part} value={part}>
              {t('canary.partOf', { percent: part })}
            </option>
          ))}
        </SelectControl>
        <button type="button" className="btn sm outline" onClick={() => setIsFinishing(true)}>
          {t('canary.finish')}
        </button>
        <button type="button" className="btn sm quiet" onClick={() => void end()}>
          {t('canary.end')}
        </button>
      </div>
      {isFinishing && <FinishDialog canary={canary} change={change} onClose={() => setIsFinishing(false)} />}
    </section>
  );
}

function FinishDialog({
  canary: { number, revision },
  change,
  onClose,
}: {
  canary: CanaryView;
  change: ReturnType<typeof useChange>;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const [isBusy, setIsBusy] = useState(false);
  async function finish(): Promise<void> {
    setIsBusy(true);
    const isDone = await change(() =>
      call('POST /api/v1/scenarios/:name/canary/finish', { params: { name }, body: { revision } }),
    );
    if (isDone) tell({ kind: 'success', title: t('canary.finished', { number }), text: t('publishedMore') });
    onClose();
  }
  const foot = (
    <>
      <button type="button" className="btn outline end" onClick={onClose}>
        {t('cancel')}
      </button>
      <button type="button" className="btn primary" disabled={isBusy} onClick={() => void finish()}>
        {t('canary.finishNow')}
      </button>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('canary.finishTitle', { number })} width={420} foot={foot}>
      <p className="impact">{t('canary.finishMore')}</p>
    </Dialog>
  );
}

function Returned({ canary }: { canary: CanaryView }): ReactNode {
  const { t } = useTranslation('builder');
  const { set } = useActions();
  const { number, end } = canary;
  return (
    <section className="canary-bar returned" aria-label={t('canary.bar')} data-region>
      <div className="canary-head" role="status">
        <Icon of={IconAlertTriangle} />
        <b className="semi">{t('canary.returned', { number })}</b>
        <span className="xs">{t('canary.returnedMore')}</span>
      </div>
      <Verdicts
        verdicts={(end?.verdicts ?? []).filter(({ state }) => state === 'breached')}
        minimum={canary.guardrails.minimum}
      />
      <div className="canary-do">
        <button type="button" className="btn sm outline" onClick={() => set({ tab: 'versions' })}>
          {t('canary.showReport')}
        </button>
      </div>
    </section>
  );
}
