import { IconDoor } from '@tabler/icons-react';
import { chatSettingsGroups } from './chat-settings.tsx';
import { EntrySide } from './entry-side.tsx';
import { fieldColumn, nameColumn, PageCell, textAt } from './columns.tsx';
import { HoursNow } from './hours-now.tsx';
import { ScenarioCell } from './scenario-cell.tsx';
import type { ItemSection } from '../model/section.ts';

export const entrySection: ItemSection = {
  path: 'entries',
  kind: 'entry',
  icon: IconDoor,
  columns: [
    nameColumn,
    {
      key: 'page',
      text: (item) => textAt(item, 'account'),
      show: (item) => <PageCell name={textAt(item, 'account') || undefined} />,
      isKept: true,
    },
    {
      key: 'scenario',
      text: (item) => textAt(item, 'scenario'),
      show: (item) => <ScenarioCell reference={textAt(item, 'scenario')} />,
    },
    fieldColumn('service'),
    { key: 'now', text: (item) => textAt(item, 'hours'), show: (item) => <HoursNow name={textAt(item, 'hours')} /> },
  ],
  groups: [
    {
      key: 'door',
      fields: [
        { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true },
        { name: 'account', type: 'reference', to: 'account', isRequired: true, isHalf: true },
        { name: 'scenario', type: 'reference', to: 'scenario', isRequired: true, isHalf: true },
        { name: 'service', type: 'reference', to: 'service', isRequired: true, isHalf: true },
      ],
    },
    {
      key: 'times',
      fields: [
        { name: 'hours', type: 'reference', to: 'hours', isOptional: true, isHalf: true },
        { name: 'timeZone', type: 'zone', isHalf: true },
      ],
    },
    ...chatSettingsGroups,
  ],
  extras: { side: EntrySide },
};
