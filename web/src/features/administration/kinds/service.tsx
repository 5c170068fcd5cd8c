import { IconBookmark, IconTag } from '@tabler/icons-react';
import { countColumn, fieldColumn, nameColumn } from './columns.tsx';
import type { Field, ItemSection } from '../model/section.ts';

const dispositions: Field = {
  name: 'dispositions',
  type: 'rows',
  isOptional: true,
  columns: [
    { name: 'name', type: 'text', isRequired: true },
    { name: 'folder', type: 'text' },
    { name: 'hidden', type: 'switch', whenAbsent: false },
  ],
};

export const serviceSection: ItemSection = {
  path: 'services',
  kind: 'service',
  icon: IconTag,
  columns: [
    nameColumn,
    fieldColumn('skills', 'skills', { isKept: true }),
    fieldColumn('group'),
    fieldColumn('hours'),
    countColumn('dispositions'),
  ],
  begin: () => ({ skills: [] }),
  groups: [
    {
      key: 'basics',
      fields: [
        { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true },
        { name: 'hours', type: 'reference', to: 'hours', isOptional: true, isHalf: true },
        { name: 'skills', type: 'references', to: 'skill' },
        { name: 'account', type: 'reference', to: 'account', isOptional: true, isHalf: true },
        { name: 'survey', type: 'reference', to: 'survey', isOptional: true, isHalf: true },
      ],
    },
    {
      key: 'routing',
      fields: [
        { name: 'group', type: 'text', isHalf: true },
        { name: 'load', type: 'number', min: 1, max: 100, unit: 'percent', isHalf: true },
        {
          name: 'overflow',
          type: 'rows',
          isOptional: true,
          columns: [
            { name: 'after', type: 'duration', isRequired: true },
            { name: 'service', type: 'reference', to: 'service', isRequired: true },
          ],
        },
      ],
    },
    {
      key: 'serviceLevel',
      fields: [
        { name: 'serviceLevel.percent', type: 'number', min: 1, max: 100, unit: 'percent', isHalf: true },
        { name: 'serviceLevel.within', type: 'duration', isHalf: true },
      ],
    },
    {
      key: 'wrapUp',
      fields: [
        { name: 'wrapUp.timeout', type: 'duration', isHalf: true },
        { name: 'wrapUp.extend', type: 'duration', isHalf: true },
        { name: 'wrapUp.required', type: 'switch', whenAbsent: false },
      ],
    },
    { key: 'dispositions', fields: [dispositions] },
    {
      key: 'suggestions',
      fields: [
        { name: 'suggestions.bot', type: 'reference', to: 'bot', isOptional: true, isHalf: true },
        { name: 'suggestions.model', type: 'reference', to: 'model', isOptional: true, isHalf: true },
        { name: 'suggestions.instructions', type: 'area', rows: 4 },
        { name: 'suggestions.automatic', type: 'switch', whenAbsent: false },
        { name: 'suggestions.shareTranscript', type: 'switch', whenAbsent: false },
        { name: 'suggestions.shareAnswers', type: 'switch', whenAbsent: false },
        { name: 'suggestions.shareFirstName', type: 'switch', whenAbsent: false },
      ],
    },
  ],
};

/** The same services, seen by what their chats can have come to. */
export const dispositionsSection: ItemSection = {
  path: 'dispositions',
  kind: 'service',
  icon: IconBookmark,
  isPart: true,
  columns: [{ ...nameColumn, key: 'service' }, countColumn('dispositions'), fieldColumn('required', 'wrapUp.required')],
  groups: [
    { key: 'dispositions', fields: [dispositions, { name: 'wrapUp.required', type: 'switch', whenAbsent: false }] },
  ],
};
