import i18next from 'i18next';
import { toPseudo } from '../../shared/i18n/pseudo.ts';
import { simulatorDe } from '../../shared/i18n/simulator-de.ts';
import { simulatorEn } from '../../shared/i18n/simulator-en.ts';

/** Adds the simulator's texts to the console's: only this page loads them. */
export function addSimulatorTexts(): void {
  i18next.addResourceBundle('en', 'simulator', simulatorEn);
  i18next.addResourceBundle('de', 'simulator', simulatorDe);
  i18next.addResourceBundle('pseudo', 'simulator', toPseudo(simulatorEn));
}
