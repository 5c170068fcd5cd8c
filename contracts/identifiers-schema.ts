import { z } from 'zod';

/** As a range: tools that read the API's document know no classes of Unicode. */
// oxlint-disable-next-line no-control-regex -- they are what it forbids
const NO_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f-\u009f]*$/;

/** Page ids, PSIDs, mids, client ids: opaque text, never a number. */
export const opaqueIdSchema = z
  .string()
  .min(1)
  .max(256)
  .regex(NO_CONTROL_CHARACTERS, { error: 'holds control characters' });

/** Name of an account, entry, service or skill: what people read and what files refer to. */
export const nameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(NO_CONTROL_CHARACTERS, { error: 'holds control characters' })
  .refine((name) => name === name.trim(), { error: 'begins or ends with a space' });

/** Log-in name. No colon: it is the separator of the keys made from it. */
export const usernameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{N}._@+-]+$/u, { error: 'may hold letters, digits and . _ @ + - only' });

/** A length of time as people write it: `500ms`, `30s`, `10m`, `24h`, `1d`. */
export const durationSchema = z
  .string()
  .regex(/^[1-9]\d{0,8}(ms|s|m|h|d)$/, { error: 'is not a duration like 30s, 10m or 24h' });

/** An IANA time zone that this process knows. */
export const timeZoneSchema = z
  .string()
  .max(100)
  .refine(isTimeZone, { error: 'is not a time zone like Europe/Berlin' });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Name of a scenario, as its file says it. */
export const scenarioNameSchema = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'is not a scenario name: small letters, digits and dashes' });

/** A version by its first digits, 12 at least. */
export const versionPrefixSchema = z
  .string()
  .regex(/^[0-9a-f]{12,64}$/, { error: 'is not a version: 12 to 64 hex digits' });

/** `mobile-chat` follows the published version, `mobile-chat@<12 hex>` stays at one. */
export const scenarioReferenceSchema = z
  .string()
  .max(200)
  .regex(/^[^@\s]+(@[0-9a-f]{12})?$/, { error: 'is not a scenario name, or a name with @ and 12 hex digits' });
