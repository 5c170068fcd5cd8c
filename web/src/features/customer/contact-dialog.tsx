import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeContact, type ContactView } from '../../shared/data/contacts.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';

const FIELDS = ['firstName', 'lastName', 'company', 'position', 'email', 'phone'] as const;
type FieldName = (typeof FIELDS)[number];

const listOf = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((each) => each.trim())
    .filter(Boolean);

/** What is known of a person, to be corrected. */
export function ContactDialog({ contact, onClose }: { contact: ContactView; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const change = useChangeContact(contact.id);
  const [values, setValues] = useState<Record<FieldName, string>>({
    firstName: contact.firstName ?? '',
    lastName: contact.lastName ?? '',
    company: contact.company ?? '',
    position: contact.position ?? '',
    email: contact.emails.join(', '),
    phone: contact.phones.join(', '),
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    const { email, phone, ...texts } = values;
    const changed = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim() || null]));
    change.mutate({ ...changed, emails: listOf(email), phones: listOf(phone) }, { onSuccess: onClose });
  }

  return (
    <Dialog isOpen title={t('customer.edit')} onClose={onClose} width={440}>
      <form onSubmit={submit}>
        <div className="contact-form">
          <div className="two">
            {FIELDS.map((name) => (
              <Field key={name} label={t(`customer.${name}`)}>
                {(control) => (
                  <div className="input">
                    <input
                      {...control}
                      dir="auto"
                      maxLength={200}
                      value={values[name]}
                      onChange={(event) => setValues({ ...values, [name]: event.target.value })}
                    />
                  </div>
                )}
              </Field>
            ))}
          </div>
          {change.error && (
            <p className="t-danger xs" role="alert">
              {t('customer.notSaved', { reason: change.error.message })}
            </p>
          )}
        </div>
        <div className="dialog-foot">
          <button type="button" className="btn outline end" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" className="btn primary" aria-disabled={change.isPending}>
            {t('customer.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
