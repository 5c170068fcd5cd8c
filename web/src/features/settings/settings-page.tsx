import './settings.css';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { machineTimeZone, useSettings, type Settings } from '../../shared/data/settings.ts';
import { logInMethodsQuery } from '../../shared/data/session.ts';
import { languageOf } from '../../shared/i18n/i18n.ts';
import { playTone } from '../../shared/lib/tones.ts';
import { Field, type FieldControl } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { ThemeChoice } from '../../shared/ui/appearance.tsx';
import { AccountGroup } from './account-group.tsx';
import { Group } from './group.tsx';
import { PasswordGroup } from './password-group.tsx';
import { SecondFactorGroup } from './second-factor-group.tsx';
import { SessionsGroup } from './sessions-group.tsx';
import { SwitchRow } from './switch-row.tsx';

/** What a person chooses for themselves. */
export function SettingsPage(): ReactNode {
  const { t } = useTranslation();
  const hasPasswords = useQuery(logInMethodsQuery).data?.hasPasswords ?? true;
  return (
    <main className="settings" id="main" data-region>
      <header className="settings-head">
        <h1>{t('settings.title')}</h1>
        <span className="xs muted end hide-phone">{t('settings.savedHere')}</span>
      </header>
      <div className="settings-body">
        <AppearanceGroup />
        <WritingGroup />
        <SoundsGroup />
        <NotificationsGroup />
        <AccountGroup />
        {hasPasswords && (
          <>
            <PasswordGroup />
            <SecondFactorGroup />
          </>
        )}
        <SessionsGroup />
      </div>
    </main>
  );
}

function Select({
  control,
  value,
  onChange,
  children,
}: {
  control: FieldControl;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="input select">
      <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
      <Icon of={IconChevronDown} />
    </div>
  );
}

function AppearanceGroup(): ReactNode {
  const { t } = useTranslation();
  const { language, timeZone, change } = useSettings();
  return (
    <Group title={t('settings.appearance')} text={t('settings.appearanceText')}>
      <ThemeChoice />
      <Field label={t('settings.language')}>
        {(control) => (
          <Select
            control={control}
            value={language}
            onChange={(value) => change({ language: value as Settings['language'] })}
          >
            <option value="auto">
              {t('app.languageAuto')} ({languageOf('auto') === 'de' ? 'Deutsch' : 'English'})
            </option>
            <option value="en">English</option>
            <option value="de">Deutsch</option>
            {language === 'pseudo' && <option value="pseudo">Pseudo</option>}
          </Select>
        )}
      </Field>
      <Field label={t('settings.timeZone')}>
        {(control) => (
          <Select control={control} value={timeZone} onChange={(value) => change({ timeZone: value })}>
            <option value="auto">{t('settings.timeZoneAuto', { zone: machineTimeZone() })}</option>
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </Group>
  );
}

function WritingGroup(): ReactNode {
  const { t } = useTranslation();
  const { enterSends, change } = useSettings();
  return (
    <Group title={t('settings.writing')} text={t('settings.writingText')}>
      <SwitchRow
        label={t('settings.enterSends')}
        hint={t('settings.enterSendsHint')}
        isOn={enterSends}
        onChange={(isOn) => change({ enterSends: isOn })}
      />
    </Group>
  );
}

function SoundsGroup(): ReactNode {
  const { t } = useTranslation();
  const { offerSound, messageSound, volume, change } = useSettings();
  return (
    <Group title={t('settings.sounds')} text={t('settings.soundsText')}>
      <SwitchRow label={t('settings.offerSound')} isOn={offerSound} onChange={(isOn) => change({ offerSound: isOn })} />
      <SwitchRow
        label={t('settings.messageSound')}
        isOn={messageSound}
        onChange={(isOn) => change({ messageSound: isOn })}
      />
      <Field label={t('settings.volume')}>
        {(control) => (
          <input
            {...control}
            type="range"
            min={0}
            max={100}
            step={10}
            value={volume}
            onChange={(event) => change({ volume: Number(event.target.value) })}
          />
        )}
      </Field>
      <button type="button" className="btn outline" onClick={() => playTone('offer')}>
        {t('settings.tryIt')}
      </button>
    </Group>
  );
}

function NotificationsGroup(): ReactNode {
  const { t } = useTranslation();
  const { notifications, announcesMessages, change } = useSettings();
  const [isDenied, setIsDenied] = useState(false);

  async function ask(isOn: boolean): Promise<void> {
    // Asked for by the click that wants it, never before.
    const isAllowed = isOn && 'Notification' in window && (await Notification.requestPermission()) === 'granted';
    setIsDenied(isOn && !isAllowed);
    change({ notifications: isAllowed });
  }

  return (
    <Group title={t('settings.notifications')} text={t('settings.notificationsText')}>
      <SwitchRow
        label={t('settings.notify')}
        hint={isDenied ? t('settings.notifyDenied') : undefined}
        isOn={notifications}
        onChange={(isOn) => void ask(isOn)}
      />
      <SwitchRow
        label={t('settings.announce')}
        isOn={announcesMessages}
        onChange={(isOn) => change({ announcesMessages: isOn })}
      />
    </Group>
  );
}
