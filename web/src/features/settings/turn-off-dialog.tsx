import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, Refusal, unwrap } from '../../shared/client/client.ts';
import { reasonOf } from '../../shared/client/problem-of.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { PasswordField } from './password-field.tsx';

/** Turns one's second factor off, with the password. */
export function TurnOffDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      unwrap(await call('POST /api/v1/users/me/second-factor/off', { body: { password } }));
    } catch (error) {
      // Another window may have turned it off already.
      if (!(error instanceof Refusal && error.status === 404)) return setProblem(reasonOf(error));
    }
    tell({ kind: 'success', title: t('secondFactor.turnedOff') });
    onClose();
  }

  return (
    <Dialog isOpen title={t('secondFactor.turnOffTitle')} onClose={onClose} width={400}>
      <form onSubmit={(event) => void submit(event)}>
        <p className="secondary dialog-text">{t('secondFactor.turnOffText')}</p>
        <div className="factor-form">
          <PasswordField
            label={t('secondFactor.password')}
            isOwn
            isFirst
            value={password}
            error={problem}
            onChange={setPassword}
          />
        </div>
        <div className="dialog-foot">
          <button type="button" className="btn outline end" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" className="btn danger" aria-disabled={password === ''}>
            {t('secondFactor.turnOffDo')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
