import i18next from 'i18next';
import { toPseudo } from '../../shared/i18n/pseudo.ts';
import { recordsDe } from '../../shared/i18n/records-de.ts';
import { recordsEn } from '../../shared/i18n/records-en.ts';

/** Adds the texts of records to the console's: only whoever opens them loads them. */
export function addRecordsTexts(): void {
  i18next.addResourceBundle('en', 'records', recordsEn);
  i18next.addResourceBundle('de', 'records', recordsDe);
  i18next.addResourceBundle('pseudo', 'records', toPseudo(recordsEn));
}
