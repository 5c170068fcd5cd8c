import { IconPlug } from '@tabler/icons-react';
import { ofKind } from '../data/items.ts';
import { fieldColumn, nameColumn, textAt } from './columns.tsx';
import { AccountHead } from './account-head.tsx';
import { AccountSide } from './account-side.tsx';
import { AccountTest } from './account-test.tsx';
import { chatSettingsOfAccount } from './chat-settings.tsx';
import { CallbackAddress } from './callback-address.tsx';
import { TypeField } from './type-field.tsx';
import { AccountLine } from './account-line.tsx';
import { ProfileField } from './profile-field.tsx';
import { generateToken } from './generate-token.ts';
import type { ItemSection } from '../model/section.ts';

export const accountSection: ItemSection = {
  path: 'accounts',
  kind: 'account',
  icon: IconPlug,
  columns: [
    nameColumn,
    fieldColumn('page', 'pageId'),
    {
      key: 'state',
      text: (item) => textAt(item, 'enabled'),
      show: (item) => <AccountLine item={item} />,
      isKept: true,
    },
    {
      key: 'usedBy',
      text: ({ name }, { items }) =>
        [...ofKind(items, 'entry'), ...ofKind(items, 'service')]
          .filter(({ document }) => document.account === name)
          .map((item) => item.name)
          .join(', '),
    },
  ],
  begin: () => ({ verifyToken: generateToken() }),
  groups: [
    {
      key: 'page',
      fields: [
        { name: 'name', type: 'text', isHalf: true, isFixed: true, isRequired: true },
        { name: 'type', type: 'custom', of: TypeField, isHalf: true, isOfScreen: true },
        { name: 'pageUsername', type: 'text', isHalf: true },
        { name: 'pageId', type: 'text', isHalf: true, isFixed: true, isRequired: true },
        { name: 'enabled', type: 'switch', whenAbsent: true },
      ],
    },
    {
      key: 'secrets',
      fields: [
        { name: 'pageToken', type: 'secret', isRequired: true },
        { name: 'appSecret', type: 'secret', isHalf: true, isRequired: true },
        { name: 'verifyToken', type: 'secret', isHalf: true, canGenerate: true },
      ],
    },
    { key: 'webhook', fields: [], show: CallbackAddress },
    { key: 'test', fields: [], show: AccountTest },
    {
      key: 'behaviour',
      fields: [
        { name: 'inboxPause', type: 'duration', canBeOff: true, isHalf: true },
        { name: 'onUnknown', type: 'choice', choices: ['hold', 'resend'], isHalf: true },
        { name: 'attachmentDays', type: 'number', min: 0, max: 3650, unit: 'days', isHalf: true },
        { name: 'humanAgent', type: 'switch', whenAbsent: true },
      ],
    },
    { key: 'chat', fields: chatSettingsOfAccount },
    {
      key: 'personas',
      fields: [
        { name: 'personas.bot.name', type: 'text', isHalf: true },
        { name: 'personas.bot.pictureUrl', type: 'text', isHalf: true },
        { name: 'personas.agentPictureUrl', type: 'text' },
      ],
    },
    { key: 'profile', fields: [{ name: 'profile', type: 'custom', of: ProfileField }] },
  ],
  extras: { head: AccountHead, side: AccountSide },
};
