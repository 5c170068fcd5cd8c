import i18next from 'i18next';
import { builderDe } from '../../shared/i18n/builder-de.ts';
import { builderEn } from '../../shared/i18n/builder-en.ts';
import { toPseudo } from '../../shared/i18n/pseudo.ts';

/** Adds the builder's texts to the console's: only its pages load them. */
export function addBuilderTexts(): void {
  i18next.addResourceBundle('en', 'builder', builderEn);
  i18next.addResourceBundle('de', 'builder', builderDe);
  i18next.addResourceBundle('pseudo', 'builder', toPseudo(builderEn));
}
