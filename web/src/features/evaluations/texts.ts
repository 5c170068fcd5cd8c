import i18next from 'i18next';
import { toPseudo } from '../../shared/i18n/pseudo.ts';
import { evaluationsDe } from '../../shared/i18n/evaluations-de.ts';
import { evaluationsEn } from '../../shared/i18n/evaluations-en.ts';

/** Adds the texts of evaluations to the console's: only whoever opens them loads them. */
export function addEvaluationsTexts(): void {
  i18next.addResourceBundle('en', 'evaluations', evaluationsEn);
  i18next.addResourceBundle('de', 'evaluations', evaluationsDe);
  i18next.addResourceBundle('pseudo', 'evaluations', toPseudo(evaluationsEn));
}
