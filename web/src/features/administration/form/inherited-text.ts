import {
  DEFAULT_CONVERSATION_SETTINGS,
  type ConversationSettings,
} from '../../../../../contracts/conversation-context.ts';
import type { ChatSettings } from '../../../../../contracts/chat-settings.ts';
import type { SettingText } from '../../../../../contracts/setting-text.ts';
import { ofKind, type Item } from '../data/items.ts';
import { splitDuration } from '../model/durations.ts';
import type { Values } from '../model/values.ts';
import type { Words } from './words.ts';

/** What holds of a setting that a document leaves open, and where that is said. */
export interface Inherited {
  text: string;
  from: string;
}

type Setting = keyof ChatSettings;

/** What the product says of each. */
const PRODUCT: Readonly<Record<Setting, string | boolean>> = {
  inactivityTimeout: minutes(DEFAULT_CONVERSATION_SETTINGS.inactivityTimeoutMs),
  inactivityWarning: DEFAULT_CONVERSATION_SETTINGS.inactivityWarning,
  inactivityClosing: DEFAULT_CONVERSATION_SETTINGS.inactivityClosing,
  agentSilence: minutes(DEFAULT_CONVERSATION_SETTINGS.agentSilenceMs),
  onAgentSilence: 'target-disconnected',
  readReceipts: true,
  onError: '',
};

function minutes(ms: ConversationSettings['agentSilenceMs'] = 0): string {
  return `${ms / 60_000}m`;
}

/**
 * What a document inherits of a chat setting: an entry from its account, an account from the settings of all Pages, these from
 * the product. Undefined for every other field.
 */
export function inheritedText(
  field: string,
  values: Values,
  { kind, items, word }: { kind: string; items: readonly Item[]; word: Words['word'] },
): Inherited | undefined {
  const name = field.replace(/^chat\./, '') as Setting;
  const isSetting = name in PRODUCT && (kind !== 'account' || field.startsWith('chat.'));
  if (!isSetting) return undefined;
  const [usual] = ofKind(items, 'chat-settings');
  const account =
    kind === 'entry' ? ofKind(items, 'account').find((each) => each.name === values['account']) : undefined;
  const ofAccount = account?.document.chat?.[name];
  if (account && ofAccount !== undefined)
    return { text: show(name, ofAccount, word), from: word('form.fromAccount', { name: account.name }) };
  const ofAll = kind === 'chat-settings' ? undefined : usual?.document[name];
  if (ofAll !== undefined) return { text: show(name, ofAll, word), from: word('form.fromDefault') };
  return { text: show(name, PRODUCT[name], word), from: word('form.fromProduct') };
}

function show(name: Setting, value: SettingText | boolean, word: Words['word']): string {
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([language, text]) => `${language}: ${text}`)
      .join('\n');

  if (typeof value === 'boolean' || name === 'onAgentSilence') return word(`choices.chat-settings.${name}.${value}`);
  if (value === 'off') return word('units.off');
  const { amount, unit } = splitDuration(value);
  const isTime = name === 'inactivityTimeout' || name === 'agentSilence';
  return isTime && amount !== '' ? `${amount} ${word(`units.${unit}`)}` : value;
}
