import { z } from 'zod';
import { findNearestName } from '../../contracts/nearest-name.ts';
import type { IssueParams } from '../blocks/common-schema.ts';
import { languageRemedy } from '../blocks/remedies.ts';
import { isKnownLocale, knownLocales } from '../expression/locales.ts';
import { LANGUAGE_PATTERN, parseLanguageChoice } from '../expression/choose-language.ts';
import { isKnownZone, listZones } from '../expression/zones.ts';

/** The time zone that days begin by, and that moments are told in. */
export const timeZoneSchema = z
  .string()
  .superRefine((value, context) => {
    if (isKnownZone(value)) return;
    const nearest = findNearestName(value, listZones()) ?? findCity(value);
    const remedy = nearest === undefined ? 'Write a name such as Europe/Vienna.' : `Did you mean "${nearest}"?`;
    const params: IssueParams = { code: 'bad-zone', remedy };
    const message = `There is no time zone "${value.slice(0, 60)}".`;
    context.addIssue({ code: 'custom', message, params: { ...params } });
  })
  .meta({
    description:
      'IANA time zone, Europe/Vienna: days begin by it, moments are told in it. That of the entry, else ATTENDANT_TIME_ZONE, where left out.',
  });

/** Vienna as Europe/Vienna. */
function findCity(name: string): string | undefined {
  const city = name.trim().toLowerCase().replaceAll(' ', '_');
  return listZones().find((zone) => zone.toLowerCase().endsWith(`/${city}`));
}

/** How dates and numbers are written and read where a block or function does not say so. */
export const localeSchema = z
  .string()
  .superRefine((value, context) => {
    if (isKnownLocale(value)) return;
    const params: IssueParams = { code: 'bad-locale', remedy: `Write one of: ${knownLocales.join(', ')}.` };
    const message = `Nothing is known of how "${value.slice(0, 20)}" writes numbers and dates.`;
    context.addIssue({ code: 'custom', message, params: { ...params } });
  })
  .meta({
    description: 'How dates and numbers are written and read: en-GB, de-AT; as in English where left out.',
  });

export const MAX_LANGUAGES = 20;

/** The languages in which everything is said. */
export const languagesSchema = z
  .array(
    z
      .string()
      .superRefine((value, context) => {
        if (LANGUAGE_PATTERN.test(value)) return;
        const params: IssueParams = {
          code: 'bad-language',
          remedy: languageRemedy(value, 'Write codes such as de, en, pt-BR.'),
        };
        const message = `"${value.slice(0, 20)}" is not the code of a language.`;
        context.addIssue({ code: 'custom', message, params: { ...params } });
      })
      .meta({ pattern: LANGUAGE_PATTERN.source }),
  )
  .min(2)
  .max(MAX_LANGUAGES)
  .describe('Codes of the languages in which everything is said: [de, en]. The first goes where no other is chosen.');

/** The variable that chooses the language. */
export const languageSchema = z
  .string()
  .superRefine((value, context) => {
    if (parseLanguageChoice(value)) return;
    const params: IssueParams = { code: 'bad-language', remedy: 'Write a variable: language: $(lang|en).' };
    const message = `"${value.slice(0, 60)}" is not a variable with or without a fallback.`;
    context.addIssue({ code: 'custom', message, params: { ...params } });
  })
  .describe('What chooses among the languages: $(lang|en), a variable and the language where it is empty.');
