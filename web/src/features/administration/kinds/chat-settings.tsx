import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { DEFAULT_CHAT_SETTINGS } from '../../../../../contracts/chat-settings.ts';
import type { Field, FieldGroup, ItemSection } from '../model/section.ts';
import { nameColumn } from './columns.tsx';
import { ChatSettingsSide } from './chat-settings-side.tsx';

/** What chat settings say, wherever they say it; `at`: what stands before the name of each. */
const silence = (at: string): Field[] => [
  { name: `${at}inactivityTimeout`, type: 'duration', isHalf: true },
  { name: `${at}inactivityWarning`, type: 'off-text' },
  { name: `${at}inactivityClosing`, type: 'off-text' },
];
const agents = (at: string): Field[] => [
  { name: `${at}agentSilence`, type: 'duration', canBeOff: true, isHalf: true },
  {
    name: `${at}onAgentSilence`,
    type: 'choice',
    choices: ['target-disconnected', 'queue'],
    isOptional: true,
    isHalf: true,
  },
  {
    name: `${at}readReceipts`,
    type: 'choice',
    choices: ['true', 'false'],
    as: 'boolean',
    isOptional: true,
    isHalf: true,
  },
];
const failure = (at: string): Field[] => [{ name: `${at}onError`, type: 'off-text' }];

/** As groups of their own, for an entry and for all Pages. */
export const chatSettingsGroups: readonly FieldGroup[] = [
  { key: 'silence', fields: silence('') },
  { key: 'agents', fields: agents('') },
  { key: 'failure', fields: failure('') },
];

/** As fields of an account. */
export const chatSettingsOfAccount: readonly Field[] = [...silence('chat.'), ...agents('chat.'), ...failure('chat.')];

/** What holds for every Page that does not say otherwise. */
export const chatSettingsSection: ItemSection = {
  path: 'chat-settings',
  kind: 'chat-settings',
  icon: IconAdjustmentsHorizontal,
  only: DEFAULT_CHAT_SETTINGS,
  columns: [nameColumn],
  begin: () => ({ name: DEFAULT_CHAT_SETTINGS }),
  groups: chatSettingsGroups,
  extras: { side: ChatSettingsSide },
};
