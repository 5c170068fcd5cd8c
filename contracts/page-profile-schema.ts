/** The page profile of an account's file. */
import { z } from 'zod';
import type { PageProfile } from './page-profile.ts';

/** Source: Messenger Platform, greeting, ice breakers, persistent menu: limits of late 2026. */
const MAX_GREETING = 160;
const MAX_TITLE = 30;
const MAX_QUESTION = 80;
const MAX_PAYLOAD = 1000;

const payload = z.string().min(1).max(MAX_PAYLOAD);
const localeSchema = z.string().regex(/^(?:default|[a-z]{2}_[A-Z]{2})$/, 'must be default or a locale like de_DE');
const question = z.strictObject({ question: z.string().min(1).max(MAX_QUESTION), payload });
const menuItem = z.union([
  z.strictObject({ title: z.string().min(1).max(MAX_TITLE), payload }),
  z.strictObject({ title: z.string().min(1).max(MAX_TITLE), url: z.url({ protocol: /^https$/ }).max(2048) }),
]);

/** One text or list for every language, or one for each: a `default` among them, each locale once. */
function localized<Item extends z.ZodType<{ locale: string }>>(item: Item): z.ZodArray<Item> {
  return z
    .array(item)
    .min(1)
    .max(60)
    .refine((items) => items.some(({ locale }) => locale === 'default'), 'needs one with locale: default')
    .refine((items) => new Set(items.map(({ locale }) => locale)).size === items.length, 'has a locale twice');
}

const locale = localeSchema.default('default');

export const pageProfileSchema: z.ZodType<PageProfile> = z
  .strictObject({
    getStarted: payload.optional(),
    greeting: localized(z.strictObject({ locale, text: z.string().min(1).max(MAX_GREETING) })).optional(),
    /** At most four questions. */
    iceBreakers: localized(z.strictObject({ locale, questions: z.array(question).min(1).max(4) })).optional(),
    /** Meta shows it only with a Get Started button. */
    persistentMenu: localized(
      z.strictObject({ locale, isComposerDisabled: z.boolean().optional(), items: z.array(menuItem).min(1).max(20) }),
    ).optional(),
  })
  .refine(
    ({ getStarted, persistentMenu }) => persistentMenu === undefined || getStarted !== undefined,
    'persistentMenu needs getStarted',
  ) as unknown as z.ZodType<PageProfile>;
