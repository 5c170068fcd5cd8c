import i18next from 'i18next';
import { adminDe } from '../../shared/i18n/admin-de.ts';
import { adminEn } from '../../shared/i18n/admin-en.ts';
import { toPseudo } from '../../shared/i18n/pseudo.ts';

/** Adds administration's texts to the console's: only whoever opens it loads them. */
export function addAdminTexts(): void {
  i18next.addResourceBundle('en', 'admin', adminEn);
  i18next.addResourceBundle('de', 'admin', adminDe);
  i18next.addResourceBundle('pseudo', 'admin', toPseudo(adminEn));
}
