import './simulator.css';
import { Menu } from '@mantine/core';
import { IconDeviceMobile, IconMessage2, IconPalette, IconPlus, IconWifiOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Appearance } from '../../shared/ui/appearance.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Mark } from '../../shared/ui/mark.tsx';
import { ChooseDialog } from './choose-dialog.tsx';
import { ClockMenu } from './clock-menu.tsx';
import { EventsCard } from './events-card.tsx';
import { FaultsCard } from './faults-card.tsx';
import { PartsContext, type PhoneParts } from './parts-context.ts';
import { Phone } from './phone.tsx';
import { usePhones } from './phones-store.ts';
import { ResetButton } from './reset-button.tsx';
import { pagesQuery, type Page } from './simulator-api.ts';
import { useChanges } from './use-changes.ts';
import { useFirstPhone } from './use-first-phone.ts';

/** Customers' phones side by side, what goes wrong, and everything that Messenger and Attendant say to each other. */
export function SimulatorPage({ parts }: { parts: PhoneParts }): ReactNode {
  const { t } = useTranslation('simulator');
  const isThere = useChanges();
  const pages = useQuery(pagesQuery).data;
  return (
    <PartsContext.Provider value={parts}>
      <div className="app sim-app">
        <SimulatorRail consoleUrl={pages?.[0]?.consoleUrl} />
        <div className="sim">
          <div className="banner">
            <Icon of={IconDeviceMobile} />
            <span className="grow">
              <b className="semi">{t('banner')}</b> {t('bannerText')}
            </span>
            <span className="xs hide-phone">{t('accounts', { count: pages?.length ?? 0 })}</span>
          </div>
          {!isThere && (
            <div className="banner danger" role="status">
              <Icon of={IconWifiOff} />
              <span className="grow">{t('gone')}</span>
            </div>
          )}
          {pages && <Body pages={pages} />}
        </div>
      </div>
    </PartsContext.Provider>
  );
}

function Body({ pages }: { pages: readonly Page[] }): ReactNode {
  const { t } = useTranslation('simulator');
  const { phones, add } = usePhones();
  const [isAdding, setIsAdding] = useState(false);
  useFirstPhone(pages);
  const known = phones.filter(({ pageId }) => pages.some((page) => page.pageId === pageId));
  return (
    <>
      <header className="sim-head">
        <h1>{t('title')}</h1>
        <span className="muted num hide-phone">{t('phones', { count: known.length })}</span>
        <span className="end" />
        <span className="only-phone">
          <AppearanceMenu className="icon-btn" />
        </span>
        <ClockMenu />
        <ResetButton />
        <button
          type="button"
          className="btn outline"
          aria-label={t('addPhoneLong')}
          disabled={pages.length === 0}
          onClick={() => setIsAdding(true)}
        >
          <Icon of={IconPlus} />
          <span className="hide-phone">{t('addPhone')}</span>
        </button>
      </header>
      <main className="sim-body">
        <div className="phones">
          {pages.length === 0 && (
            <EmptyState icon={IconDeviceMobile} title={t('noPages')}>
              {t('noPagesText')}
            </EmptyState>
          )}
          {pages.length > 0 && known.length === 0 && (
            <EmptyState icon={IconDeviceMobile} title={t('noPhones')}>
              {t('noPhonesText')}
            </EmptyState>
          )}
          {known.map((phone) => (
            <Phone key={phone.id} phone={phone} pages={pages} />
          ))}
        </div>
        <div className="sim-right">
          <FaultsCard pages={pages} />
          <EventsCard pages={pages} />
        </div>
      </main>
      {isAdding && <ChooseDialog pages={pages} onClose={() => setIsAdding(false)} onChoose={add} />}
    </>
  );
}

function SimulatorRail({ consoleUrl }: { consoleUrl: string | undefined }): ReactNode {
  const { t } = useTranslation('simulator');
  return (
    <nav className="rail hide-phone" aria-label={t('applications')}>
      <Mark />
      {consoleUrl !== undefined && (
        <a className="rail-item" href={`${consoleUrl}/chats`} title={t('chats')} aria-label={t('chats')}>
          <Icon of={IconMessage2} size={20} />
        </a>
      )}
      <a className="rail-item" href="/simulator" title={t('title')} aria-label={t('title')} aria-current="page">
        <Icon of={IconDeviceMobile} size={20} />
      </a>
      <span className="gap" />
      <AppearanceMenu className="rail-item" />
    </nav>
  );
}

function AppearanceMenu({ className }: { className: string }): ReactNode {
  const { t } = useTranslation('simulator');
  return (
    <Menu position="right-end" width={288} withInitialFocusPlaceholder={false} trapFocus>
      <Menu.Target>
        <button type="button" className={className} title={t('appearance')} aria-label={t('appearance')}>
          <Icon of={IconPalette} size={20} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Appearance />
      </Menu.Dropdown>
    </Menu>
  );
}
