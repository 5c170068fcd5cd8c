import { isKnownLocale, knownLocales } from '../locales.ts';
import type { ArgumentFault } from './function-definition.ts';

/** What is wrong with a locale that is written down as the argument at `index`. */
export function examineLocale(locale: string | undefined, index: number): ArgumentFault | undefined {
  if (locale === undefined || isKnownLocale(locale)) return undefined;
  const message = `Nothing is known of how "${locale.slice(0, 20)}" writes numbers and dates.`;
  return { index, message, remedy: `Write one of: ${knownLocales.join(', ')}.` };
}
