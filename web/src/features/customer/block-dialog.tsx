import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlockContact, type ContactView } from '../../shared/data/contacts.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';

/** Serving a person no more loses their conversation: asked once more, with a reason. */
export function BlockDialog({
  contact,
  name,
  onClose,
}: {
  contact: ContactView;
  name: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const block = useBlockContact(contact.id);
  const submit = (): void =>
    block.mutate(reason.trim(), {
      onSuccess: onClose,
      onError: (error) => tell({ kind: 'danger', title: t('customer.notSaved', { reason: error.message }) }),
    });
  return (
    <Dialog
      isOpen
      title={t('customer.blockTitle', { name })}
      onClose={onClose}
      width={400}
      foot={
        <>
          <button type="button" className="btn outline end" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="button" className="btn danger" aria-disabled={block.isPending} onClick={submit}>
            {t('customer.blockDo')}
          </button>
        </>
      }
    >
      <p className="secondary dialog-text">{t('customer.blockText')}</p>
      <div className="contact-form">
        <Field label={t('customer.blockReason')}>
          {(control) => (
            <div className="input">
              <input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
            </div>
          )}
        </Field>
      </div>
    </Dialog>
  );
}
