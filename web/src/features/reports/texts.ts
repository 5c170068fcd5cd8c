import i18next from 'i18next';
import { toPseudo } from '../../shared/i18n/pseudo.ts';
import { reportsDe } from '../../shared/i18n/reports-de.ts';
import { reportsEn } from '../../shared/i18n/reports-en.ts';

/** Adds the texts of reports to the console's: only whoever opens them loads them. */
export function addReportTexts(): void {
  i18next.addResourceBundle('en', 'reports', reportsEn);
  i18next.addResourceBundle('de', 'reports', reportsDe);
  i18next.addResourceBundle('pseudo', 'reports', toPseudo(reportsEn));
}
