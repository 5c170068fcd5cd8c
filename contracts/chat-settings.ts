import { parseDuration } from './duration.ts';
import {
  DEFAULT_CONVERSATION_SETTINGS,
  type ConversationSettings,
  type OnAgentSilence,
} from './conversation-context.ts';
import { languagesMissing, type SettingText } from './setting-text.ts';

/**
 * How chats end where nobody says anything, and what customers are told: for all Pages, or for one. What is left out is as
 * the next wider place says. An empty text is none.
 */
export interface ChatSettings {
  /** Durations as they are written. */
  inactivityTimeout?: string | undefined;
  inactivityWarning?: SettingText | undefined;
  inactivityClosing?: SettingText | undefined;
  /** A duration, or `off`. */
  agentSilence?: string | undefined;
  onAgentSilence?: OnAgentSilence | undefined;
  onError?: SettingText | undefined;
  readReceipts?: boolean | undefined;
}

/** What an entry says of the same, with its durations in milliseconds; null: off. */
export interface EntryChatSettings extends Omit<ChatSettings, 'inactivityTimeout' | 'agentSilence'> {
  inactivityTimeoutMs?: number | undefined;
  agentSilenceMs?: number | null | undefined;
}

/** The name under which the settings of every Page are kept. */
export const DEFAULT_CHAT_SETTINGS = 'default';

/** The first that says something. */
function firstSaid<Value>(...values: (Value | undefined)[]): Value | undefined {
  return values.find((value) => value !== undefined);
}

/** Whether customers of an entry are shown that an agent has seen what they wrote. */
export function showsReadReceipts(
  entry: EntryChatSettings | undefined,
  account: ChatSettings = {},
  usual: ChatSettings = {},
): boolean {
  return firstSaid(entry?.readReceipts, account.readReceipts, usual.readReceipts) ?? true;
}

/** What holds for the conversations of an entry: its own word, else its account's, else that for all, else the product's. */
export function settingsOfEntry(
  entry: EntryChatSettings,
  account: ChatSettings = {},
  usual: ChatSettings = {},
): ConversationSettings {
  const product = DEFAULT_CONVERSATION_SETTINGS;
  const onError = firstSaid(entry.onError, account.onError, usual.onError);
  const onAgentSilence = firstSaid(entry.onAgentSilence, account.onAgentSilence, usual.onAgentSilence);
  const agentSilenceMs = firstSaid(
    entry.agentSilenceMs,
    silenceOf(account.agentSilence),
    silenceOf(usual.agentSilence),
    product.agentSilenceMs,
  );
  return {
    inactivityTimeoutMs:
      firstSaid(
        entry.inactivityTimeoutMs,
        durationOf(account.inactivityTimeout),
        durationOf(usual.inactivityTimeout),
      ) ?? product.inactivityTimeoutMs,
    inactivityWarning:
      firstSaid(entry.inactivityWarning, account.inactivityWarning, usual.inactivityWarning) ??
      product.inactivityWarning,
    inactivityClosing:
      firstSaid(entry.inactivityClosing, account.inactivityClosing, usual.inactivityClosing) ??
      product.inactivityClosing,
    ...(typeof agentSilenceMs === 'number' && { agentSilenceMs }),
    ...(onAgentSilence && { onAgentSilence }),
    ...(onError && { onErrorText: onError }),
  };
}

/** The settings that are texts for customers. */
export const CHAT_TEXTS = ['inactivityWarning', 'inactivityClosing', 'onError'] as const;

export type ChatTexts = Readonly<Partial<Record<(typeof CHAT_TEXTS)[number], SettingText | undefined>>>;

/** The texts that customers of an entry are told, wherever they are said. */
export function textsOfEntry(...said: Parameters<typeof settingsOfEntry>): ChatTexts {
  const { inactivityWarning, inactivityClosing, onErrorText: onError } = settingsOfEntry(...said);
  return { inactivityWarning, inactivityClosing, ...(onError !== undefined && { onError }) };
}

/** What the texts of settings lack of the languages that a scenario speaks, in the order of the settings. */
export function listMissingTexts(
  settings: ChatTexts,
  languages: readonly string[] = [],
): { setting: (typeof CHAT_TEXTS)[number]; languages: string[] }[] {
  return CHAT_TEXTS.map((setting) => ({ setting, languages: languagesMissing(settings[setting], languages) })).filter(
    (missing) => missing.languages.length > 0,
  );
}

const durationOf = (written: string | undefined): number | undefined =>
  written === undefined ? undefined : parseDuration(written);

const silenceOf = (written: string | undefined): number | null | undefined =>
  written === 'off' ? null : durationOf(written);
