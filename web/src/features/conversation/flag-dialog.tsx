import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';

/** Raises the flag for a supervisor, or takes it down. */
export async function setFlag(id: string, isRaised: boolean, reason = ''): Promise<void> {
  const body = { clientId: newClientId(), isRaised, ...(reason !== '' && { reason }) };
  unwrap(await call('POST /api/v1/conversations/:id/flag', { params: { id }, body }));
}

/** Asks a supervisor to look, with a reason. */
export function FlagDialog({ id, isOpen, onClose }: { id: string; isOpen: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await setFlag(id, true, reason.trim());
      setReason('');
      onClose();
    } catch (error) {
      tellFailure(t('conversation.flagFailed'), error);
    }
  }

  return (
    <Dialog isOpen={isOpen} title={t('conversation.flagTitle')} onClose={onClose} width={400}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="flag-body">
          <Field label={t('conversation.flagReason')} hint={t('conversation.flagHint')}>
            {(control) => (
              <div className="input">
                <input
                  {...control}
                  data-autofocus
                  maxLength={200}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              </div>
            )}
          </Field>
        </div>
        <div className="dialog-foot">
          <button type="button" className="btn outline end" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" className="btn primary">
            {t('conversation.flagSend')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
