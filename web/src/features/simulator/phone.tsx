import { Menu } from '@mantine/core';
import { IconAntennaBars5, IconArrowLeft, IconChevronDown, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { attempt } from './attempt.ts';
import { ChooseDialog } from './choose-dialog.tsx';
import { Face } from './face.tsx';
import { FormDialog } from './form-dialog.tsx';
import { PhoneComposer } from './phone-composer.tsx';
import { PhoneThread } from './phone-thread.tsx';
import { usePhones, type Phone as PhoneSettings } from './phones-store.ts';
import { customersQuery, phoneOf, threadQuery, type Customer, type Page } from './simulator-api.ts';

/** A customer's phone with the chat with one Page. */
export function Phone({ phone, pages }: { phone: PhoneSettings; pages: readonly Page[] }): ReactNode {
  const { t } = useTranslation('simulator');
  const { change } = usePhones();
  const [isChanging, setIsChanging] = useState(false);
  const customers = useQuery(customersQuery(phone.pageId)).data;
  const page = pages.find(({ pageId }) => pageId === phone.pageId);
  const customer = customers?.find(({ psid }) => psid === phone.psid) ?? { ...phone, name: phone.psid };
  useReadsAtOnce(phone);
  if (!page) return null;
  return (
    <section className="ph-col" aria-label={t('phone.region', { name: customer.name })}>
      <div className="row">
        <Face customer={customer} />
        <div className="grow">
          <div className="med clip" dir="auto">
            {customer.name}
          </div>
          <div className="xs muted clip">
            {[customer.locale, t('phone.writesTo', { page: page.name })].filter(Boolean).join(' · ')}
          </div>
        </div>
        <button
          type="button"
          className="btn sm outline"
          aria-label={t('phone.changeLong', { name: customer.name })}
          onClick={() => setIsChanging(true)}
        >
          {t('phone.change')} <Icon of={IconChevronDown} size={12} />
        </button>
      </div>
      <div className="dev">
        <div className="in">
          <StatusLine />
          <PhoneHead phone={phone} page={page} customer={customer} />
          <PhoneThread phone={phone} page={page} customer={customer} />
          <PhoneComposer parties={phone} name={customer.name} />
        </div>
      </div>
      {isChanging && (
        <ChooseDialog
          pages={pages}
          current={phone}
          onClose={() => setIsChanging(false)}
          onChoose={(parties) => change(phone.id, parties)}
        />
      )}
    </section>
  );
}

function StatusLine(): ReactNode {
  const formats = useFormats();
  const now = useNow();
  return (
    <div className="stat num" aria-hidden="true">
      <span>{formats.time(now)}</span>
      <Icon of={IconAntennaBars5} size={12} />
    </div>
  );
}

/** Reads what came, while the page is in view. */
function useReadsAtOnce(phone: PhoneSettings): void {
  const thread = useQuery(threadQuery(phone)).data;
  const last = thread?.items.findLast(({ from }) => from === 'page');
  const { pageId, psid, readsAtOnce } = phone;
  const unreadMid = last && !last.isRead ? last.mid : undefined;
  useEffect(() => {
    if (unreadMid === undefined || !readsAtOnce || document.visibilityState === 'hidden') return;
    attempt(() => phoneOf({ pageId, psid }).read());
  }, [unreadMid, readsAtOnce, pageId, psid]);
}

function PhoneHead({
  phone,
  page,
  customer,
}: {
  phone: PhoneSettings;
  page: Page;
  customer: Pick<Customer, 'name'>;
}): ReactNode {
  const { t } = useTranslation('simulator');
  const { change, remove } = usePhones();
  const [isLinking, setIsLinking] = useState(false);
  const acts = phoneOf(phone);
  const { name } = customer;
  const begin = page.profile.get_started?.payload ?? 'GET_STARTED';
  const happen = (kind: string) => () => attempt(() => acts.happen({ kind }));
  return (
    <div className="ph-head">
      <IconButton
        icon={IconArrowLeft}
        size={18}
        label={t('phone.putAway', { name })}
        onClick={() => remove(phone.id)}
      />
      <Avatar name={page.name} size={36} />
      <div className="grow">
        <div className="semi clip" dir="auto">
          {page.name}
        </div>
        <div className="xxs muted clip">{page.profile.greeting?.[0]?.text ?? t('phone.onMessenger')}</div>
      </div>
      <Menu position="bottom-end" width={264} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <IconButton icon={IconInfoCircle} size={18} label={t('phone.more', { name })} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => change(phone.id, { readsAtOnce: !phone.readsAtOnce })}>
            {phone.readsAtOnce ? t('phone.readLater') : t('phone.readsAtOnce')}
          </Menu.Item>
          <Menu.Item onClick={() => attempt(acts.read)}>{t('phone.readNow')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => attempt(() => acts.press(t('phone.getStarted'), begin))}>
            {t('phone.getStarted')}
          </Menu.Item>
          <Menu.Item onClick={() => setIsLinking(true)}>{t('phone.openLink')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => attempt(() => acts.happen({ kind: 'inbox-reply', text: t('phone.inboxText') }))}>
            {t('phone.inboxReply')}
          </Menu.Item>
          <Menu.Item onClick={happen('take-thread')}>{t('phone.takeThread')}</Menu.Item>
          <Menu.Item onClick={happen('give-thread')}>{t('phone.giveThread')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isLinking && (
        <FormDialog
          title={t('say.referralTitle')}
          action={t('say.open')}
          fields={[
            { name: 'ref', label: t('say.ref'), hint: t('say.refHint'), value: 'winter-lighting' },
            { name: 'adId', label: t('say.adId'), hint: t('say.adHint'), isOptional: true },
          ]}
          onClose={() => setIsLinking(false)}
          onSubmit={({ ref, adId }) =>
            attempt(() => acts.happen({ kind: 'referral', ref, ...(adId ? { adId, source: 'ADS' } : {}) }))
          }
        />
      )}
    </div>
  );
}
