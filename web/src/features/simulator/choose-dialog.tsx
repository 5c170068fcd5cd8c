import { useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { attempt } from './attempt.ts';
import { Face } from './face.tsx';
import { customersQuery, putCustomer, putFile, type Page, type Parties } from './simulator-api.ts';

const LOCALES = ['en_GB', 'en_US', 'de_DE', 'fr_FR', 'es_ES', 'pt_BR', 'ru_RU', 'ar_AR', 'zh_TW', 'zh_CN', 'ja_JP'];

/** Chooses the Page that a phone writes to, and whose phone it is: a known customer or a new one. */
export function ChooseDialog({
  pages,
  current,
  onClose,
  onChoose,
}: {
  pages: readonly Page[];
  current?: Parties;
  onClose: () => void;
  onChoose: (parties: Parties) => void;
}): ReactNode {
  const { t } = useTranslation('simulator');
  const [pageId, setPageId] = useState(current?.pageId ?? pages[0]?.pageId ?? '');
  function choose(parties: Parties): void {
    onClose();
    onChoose({ pageId: parties.pageId, psid: parties.psid });
  }
  return (
    <Dialog isOpen title={current ? t('choose.title') : t('choose.add')} width={440} onClose={onClose}>
      <div className="sim-form">
        <Field label={t('choose.page')}>
          {(control) => (
            <span className="input">
              <select {...control} value={pageId} onChange={(event) => setPageId(event.target.value)}>
                {pages.map((page) => (
                  <option key={page.pageId} value={page.pageId}>
                    {page.name}
                  </option>
                ))}
              </select>
            </span>
          )}
        </Field>
        <KnownCustomers pageId={pageId} onChoose={choose} />
      </div>
      <NewCustomer pageId={pageId} onChoose={choose} />
    </Dialog>
  );
}

function KnownCustomers({ pageId, onChoose }: { pageId: string; onChoose: (parties: Parties) => void }): ReactNode {
  const { t } = useTranslation('simulator');
  const customers = useQuery(customersQuery(pageId)).data ?? [];
  return (
    <section aria-label={t('choose.customers')}>
      <h3 className="sect-h">{t('choose.customers')}</h3>
      {customers.length === 0 && <p className="muted">{t('choose.none')}</p>}
      <ul className="customer-list scroll">
        {customers.map((customer) => (
          <li key={customer.psid}>
            <button type="button" className="menu-item" onClick={() => onChoose(customer)}>
              <Face customer={customer} />
              <span className="grow clip" dir="auto">
                {customer.name}
              </span>
              <span className="xs muted">{customer.locale}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewCustomer({ pageId, onChoose }: { pageId: string; onChoose: (parties: Parties) => void }): ReactNode {
  const { t } = useTranslation('simulator');
  const id = useId();
  const [name, setName] = useState('');
  const [locale, setLocale] = useState('en_GB');
  const [picture, setPicture] = useState<File>();
  const [isChecked, setIsChecked] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (name.trim() === '') return;
    attempt(async () => {
      const pictureUrl = picture && (await putFile(picture, picture.name));
      onChoose(await putCustomer(pageId, { name: name.trim(), locale, ...(pictureUrl && { pictureUrl }) }));
    });
  }
  const error = isChecked && name.trim() === '' ? t('choose.nameMissing') : undefined;
  return (
    <form id={id} onSubmit={submit} noValidate>
      <div className="sim-form">
        <h3 className="sect-h">{t('choose.new')}</h3>
        <Field label={t('choose.name')} error={error}>
          {(control) => (
            <span className="input">
              <input
                {...control}
                value={name}
                maxLength={80}
                autoComplete="off"
                dir="auto"
                onChange={(event) => setName(event.target.value)}
              />
            </span>
          )}
        </Field>
        <Field label={t('choose.locale')}>
          {(control) => (
            <span className="input">
              <select {...control} value={locale} onChange={(event) => setLocale(event.target.value)}>
                {LOCALES.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            </span>
          )}
        </Field>
        <Field label={t('choose.picture')} hint={t('choose.pictureHint')}>
          {(control) => (
            <input
              {...control}
              type="file"
              accept="image/*"
              onChange={(event) => setPicture(event.target.files?.[0])}
            />
          )}
        </Field>
      </div>
      <div className="dialog-foot">
        <span className="end" />
        <button type="submit" className="btn primary">
          {t('choose.create')}
        </button>
      </div>
    </form>
  );
}
