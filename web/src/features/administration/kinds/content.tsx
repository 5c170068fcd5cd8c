import { IconAddressBook, IconBolt, IconListDetails, IconTags } from '@tabler/icons-react';
import { LABEL_COLOURS } from '../../../../../contracts/label.ts';
import { fieldColumn, nameColumn } from './columns.tsx';
import { CannedSide } from './canned-side.tsx';
import type { Field, ItemSection } from '../model/section.ts';

const name: Field = { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true };

export const cannedSection: ItemSection = {
  path: 'canned-responses',
  kind: 'canned-response',
  icon: IconBolt,
  columns: [nameColumn, fieldColumn('folder'), fieldColumn('text', 'text', { isKept: true }), fieldColumn('services')],
  groups: [
    {
      key: 'text',
      fields: [
        name,
        { name: 'folder', type: 'text', isHalf: true },
        { name: 'text', type: 'area', rows: 5, isRequired: true },
      ],
    },
    { key: 'where', fields: [{ name: 'services', type: 'references', to: 'service', isOptional: true }] },
  ],
  extras: { side: CannedSide },
};

export const labelSection: ItemSection = {
  path: 'labels',
  kind: 'label',
  icon: IconTags,
  columns: [nameColumn, fieldColumn('colour', 'colour', { isKept: true }), fieldColumn('hidden')],
  groups: [
    {
      key: 'label',
      fields: [
        name,
        { name: 'colour', type: 'choice', choices: LABEL_COLOURS, isOptional: true, isHalf: true },
        { name: 'hidden', type: 'switch', whenAbsent: false },
      ],
    },
  ],
};

export const contactFieldSection: ItemSection = {
  path: 'contact-fields',
  kind: 'contact-field',
  icon: IconAddressBook,
  columns: [nameColumn, fieldColumn('title', 'title', { isKept: true })],
  groups: [{ key: 'field', fields: [name, { name: 'title', type: 'text', isHalf: true }] }],
};

export const caseStatusSection: ItemSection = {
  path: 'case-statuses',
  kind: 'case-status',
  icon: IconListDetails,
  columns: [
    nameColumn,
    fieldColumn('position', 'position', { isNumber: true, isKept: true }),
    fieldColumn('closed', 'isClosed'),
  ],
  groups: [
    {
      key: 'status',
      fields: [
        name,
        { name: 'position', type: 'number', min: 0, max: 1000, isHalf: true },
        { name: 'isClosed', type: 'switch', whenAbsent: false },
      ],
    },
  ],
};
