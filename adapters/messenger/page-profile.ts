import type { PageProfile } from '../../contracts/page-profile.ts';
import { fieldOf, itemsOf, recordOf, textOf, type JsonRecord } from './json-value.ts';

/** Meta's names of the fields that a page profile has. */
export const PROFILE_FIELDS = ['get_started', 'greeting', 'ice_breakers', 'persistent_menu'] as const;
type ProfileField = (typeof PROFILE_FIELDS)[number];

/** What has to be done at Meta so that a Page shows what its account's file says. */
export interface ProfileChange {
  set: Partial<Record<ProfileField, unknown>>;
  remove: ProfileField[];
}

/**
 * Writes a profile as Graph takes it.
 * Source: Messenger Profile API: get_started, greeting, ice_breakers, persistent_menu.
 */
function toGraphProfile(profile: PageProfile): Partial<Record<ProfileField, unknown>> {
  const { getStarted, greeting, iceBreakers, persistentMenu } = profile;
  return {
    ...(getStarted !== undefined && { get_started: { payload: getStarted } }),
    ...(greeting && { greeting: greeting.map(({ locale, text }) => ({ locale, text })) }),
    ...(iceBreakers && {
      ice_breakers: iceBreakers.map(({ locale, questions }) => ({
        locale,
        call_to_actions: questions.map(({ question, payload }) => ({ question, payload })),
      })),
    }),
    ...(persistentMenu && {
      persistent_menu: persistentMenu.map(({ locale, isComposerDisabled = false, items }) => ({
        locale,
        composer_input_disabled: isComposerDisabled,
        call_to_actions: items.map((item) =>
          'url' in item
            ? { type: 'web_url', title: item.title, url: item.url, webview_height_ratio: 'full' }
            : { type: 'postback', title: item.title, payload: item.payload },
        ),
      })),
    }),
  };
}

/** Tells what differs between the file and what Graph says; empty lists where nothing does. */
export function compareProfile(profile: PageProfile, found: JsonRecord): ProfileChange {
  const wanted = toGraphProfile(profile);
  const change: ProfileChange = { set: {}, remove: [] };
  for (const field of PROFILE_FIELDS) {
    const isThere = fieldOf(found, field) !== undefined;
    if (wanted[field] === undefined) {
      if (isThere) change.remove.push(field);
    } else if (comparable(wanted[field]) !== comparable(fieldOf(found, field))) change.set[field] = wanted[field];
  }
  return change;
}

/** Fields that Graph adds of its own accord, or tells in another form than it takes. */
const NOT_COMPARED = new Set(['webview_height_ratio', 'webview_share_button', 'messenger_extensions', 'fallback_url']);

function comparable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(comparable).join(',')}]`;
  const record = recordOf(value);
  if (record === undefined) return JSON.stringify(textOf(value) ?? value ?? null);
  const entries = Object.entries(record).filter(([key, field]) => !NOT_COMPARED.has(key) && field !== null);
  return `{${entries
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, field]) => `${key}:${comparable(field)}`)
    .join(',')}}`;
}

/** Reads the answer of `GET /me/messenger_profile`; an empty list where nothing is set. */
export function readGraphProfile(body: JsonRecord): JsonRecord | undefined {
  const rows = fieldOf(body, 'data');
  if (!Array.isArray(rows)) return undefined;
  return Object.assign({}, ...itemsOf(rows).map((row) => recordOf(row) ?? {})) as JsonRecord;
}
