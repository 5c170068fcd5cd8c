import { IconChevronDown } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../shared/client/problem-of.ts';
import { useBegin } from '../../shared/data/outbound.ts';
import { useMe } from '../../shared/data/session.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';

/** Writes to a person first, from the account of a service. */
export function WriteFirstDialog({
  contactId,
  name,
  onBegun,
  onClose,
}: {
  contactId: string;
  name: string;
  onBegun: (conversationId: string) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { services } = useMe();
  const [service, setService] = useState(services[0] ?? '');
  const [text, setText] = useState('');
  const begin = useBegin();

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() === '' || begin.isPending) return;
    begin.mutate({ contactId, service, text: text.trim() }, { onSuccess: onBegun });
  }

  return (
    <Dialog isOpen title={t('outbound.title', { name })} onClose={onClose} width={440}>
      <form onSubmit={submit}>
        <p className="secondary dialog-text">{t('outbound.text')}</p>
        <div className="begin-form">
          <Field label={t('outbound.service')}>
            {(control) => (
              <div className="input select">
                <select {...control} value={service} onChange={(event) => setService(event.target.value)}>
                  {services.map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </select>
                <Icon of={IconChevronDown} />
              </div>
            )}
          </Field>
          <Field label={t('outbound.message')} error={begin.error ? reasonOf(begin.error) : undefined}>
            {(control) => (
              <div className="input">
                <textarea
                  {...control}
                  data-autofocus
                  dir="auto"
                  rows={4}
                  maxLength={2000}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
              </div>
            )}
          </Field>
        </div>
        <div className="dialog-foot">
          <button type="button" className="btn outline end" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" className="btn primary" aria-disabled={text.trim() === '' || begin.isPending}>
            {t('outbound.send')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
