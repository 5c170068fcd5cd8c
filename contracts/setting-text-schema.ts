import { z } from 'zod';
import { SETTING_LANGUAGE_PATTERN } from './setting-text.ts';

const MAX_LENGTH = 2000;
const MAX_LANGUAGES = 50;

/** A text that customers read: one, which may be empty for none, or one in each language, of which none may. */
export const settingTextSchema = z.union([
  z.string().max(MAX_LENGTH),
  z
    .record(
      z.string().regex(SETTING_LANGUAGE_PATTERN, { error: 'is no language like de or pt-BR' }),
      z.string().min(1).max(MAX_LENGTH),
    )
    .refine((texts) => Object.keys(texts).length > 0, { error: 'needs a text in one language at least: { en: … }' })
    .refine((texts) => Object.keys(texts).length <= MAX_LANGUAGES, {
      error: `has more than ${MAX_LANGUAGES} languages`,
    }),
]);

/** As it is told. */
export const settingTextViewSchema = z.union([z.string(), z.record(z.string(), z.string())]);
