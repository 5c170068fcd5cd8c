import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tell } from '../../shared/data/toasts.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TurnOnSteps, type TurnOnStep } from './turn-on-steps.tsx';

/** Turns one's second factor on, of one's own will. */
export function TurnOnDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [step, setStep] = useState<TurnOnStep>({ at: 'password' });
  return (
    <Dialog
      isOpen
      title={step.at === 'codes' ? t('secondFactor.codesTitle') : t('secondFactor.turnOnTitle')}
      onClose={onClose}
      width={440}
    >
      <TurnOnSteps
        step={step}
        onStep={(next) => {
          if (next.at === 'codes') tell({ kind: 'success', title: t('secondFactor.turnedOn') });
          setStep(next);
        }}
        onKept={onClose}
        foot={({ label, isReady }) => (
          <div className="dialog-foot">
            <button type="button" className="btn outline end" onClick={onClose}>
              {t('app.cancel')}
            </button>
            <button type="submit" className="btn primary" aria-disabled={!isReady}>
              {label}
            </button>
          </div>
        )}
      />
    </Dialog>
  );
}
