import { IconClock } from '@tabler/icons-react';
import { countColumn, nameColumn } from './columns.tsx';
import { ClosuresField } from './closures-field.tsx';
import { HoursNow } from './hours-now.tsx';
import { OpenField } from './open-field.tsx';
import { textAt } from './columns.tsx';
import type { ItemSection } from '../model/section.ts';

export const hoursSection: ItemSection = {
  path: 'hours',
  kind: 'hours',
  icon: IconClock,
  columns: [
    nameColumn,
    { key: 'now', text: ({ name }) => name, show: ({ name }) => <HoursNow name={name} />, isKept: true },
    { key: 'timeZone', text: (item) => textAt(item, 'timeZone') },
    countColumn('closedOn'),
  ],
  begin: () => ({ open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }] }),
  groups: [
    {
      key: 'basics',
      fields: [
        { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true },
        { name: 'timeZone', type: 'zone', isHalf: true },
      ],
    },
    { key: 'week', fields: [{ name: 'open', type: 'custom', of: OpenField }] },
    { key: 'closures', fields: [{ name: 'closedOn', type: 'custom', of: ClosuresField }] },
  ],
};
