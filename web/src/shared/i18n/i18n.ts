import i18next, { changeLanguage, t as translate, use as extend } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { useSettings, machineTimeZone, type Settings } from '../data/settings.ts';
import { formatsOf, type Formats } from '../lib/format.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { toPseudo } from './pseudo.ts';
import type { builderEn } from './builder-en.ts';
import type { adminEn } from './admin-en.ts';
import type { reportsEn } from './reports-en.ts';
import type { evaluationsEn } from './evaluations-en.ts';
import type { recordsEn } from './records-en.ts';
import type { simulatorEn } from './simulator-en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof en;
      simulator: typeof simulatorEn;
      builder: typeof builderEn;
      admin: typeof adminEn;
      reports: typeof reportsEn;
      records: typeof recordsEn;
      evaluations: typeof evaluationsEn;
    };
    returnNull: false;
  }
}

type Language = 'en' | 'de' | 'pseudo';

/** The language on screen: the one chosen, else the first of the browser's that there is. */
export function languageOf(chosen: Settings['language']): Language {
  if (chosen !== 'auto') return chosen;
  return navigator.languages.some((tag) => tag.startsWith('de')) && !navigator.languages[0]?.startsWith('en')
    ? 'de'
    : 'en';
}

void extend(initReactI18next).init({
  lng: languageOf(useSettings.getState().language),
  fallbackLng: 'en',
  resources: { en: { translation: en }, de: { translation: de }, pseudo: { translation: toPseudo(en) } },
  interpolation: { escapeValue: false },
  initAsync: false,
});

function show(language: Language): void {
  document.documentElement.lang = language === 'pseudo' ? 'en' : language;
  if (i18next.language !== language) void changeLanguage(language);
}

show(languageOf(useSettings.getState().language));
useSettings.subscribe(({ language }) => show(languageOf(language)));

/** Texts outside of components. */
export const t = translate;

/** Times, dates and numbers as this reader has them. */
export function useFormats(): Formats {
  const { language, timeZone } = useSettings();
  const shown = languageOf(language);
  return formatsOf(shown === 'de' ? 'de-DE' : 'en-GB', timeZone === 'auto' ? machineTimeZone() : timeZone);
}
