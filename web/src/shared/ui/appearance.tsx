import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings, type Settings } from '../data/settings.ts';
import { languageOf } from '../i18n/i18n.ts';
import { Segmented } from './segmented.tsx';

/** Light or dark, and the language. */
export function Appearance(): ReactNode {
  return (
    <>
      <div className="user-menu-row">
        <ThemeChoice />
      </div>
      <div className="user-menu-row">
        <LanguageSelect />
      </div>
    </>
  );
}

/** Light, dark, or as the system is. */
export function ThemeChoice(): ReactNode {
  const { t } = useTranslation();
  const { theme, change } = useSettings();
  return (
    <Segmented
      label={t('app.theme')}
      value={theme}
      choices={[
        { value: 'auto', label: t('app.themeAuto') },
        { value: 'light', label: t('app.themeLight') },
        { value: 'dark', label: t('app.themeDark') },
      ]}
      onChange={(value) => change({ theme: value })}
    />
  );
}

/** The language, of those that there are. */
export function LanguageSelect(): ReactNode {
  const { t } = useTranslation();
  const { language, change } = useSettings();
  return (
    <select
      aria-label={t('app.language')}
      value={languageOf(language)}
      onChange={(event) => change({ language: event.target.value as Settings['language'] })}
    >
      <option value="en">English</option>
      <option value="de">Deutsch</option>
      {language === 'pseudo' && <option value="pseudo">Pseudo</option>}
    </select>
  );
}
