import { IconCoffee, IconHierarchy2, IconUser, IconUsersGroup } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ROLES } from '../../../../../contracts/privileges.ts';
import { Field as Labelled } from '../../../shared/ui/field.tsx';
import { useRoleName } from '../../../shared/ui/use-role-name.ts';
import { ofKind, useItems, type Item } from '../data/items.ts';
import { asText } from '../form/control.ts';
import { SelectBox } from '../form/select-box.tsx';
import { useWords } from '../form/words.ts';
import { countColumn, fieldColumn, nameColumn, textAt } from './columns.tsx';
import { SecondFactorCell } from './second-factor-cell.tsx';
import { UserSide } from './user-side.tsx';
import type { CustomFieldProps, Field, ItemSection } from '../model/section.ts';

export const userSection: ItemSection = {
  path: 'users',
  kind: 'user',
  icon: IconUser,
  needs: 'manage-users',
  columns: [
    nameColumn,
    {
      key: 'role',
      text: (item) => textAt(item, 'role'),
      show: (item) => <RoleName role={textAt(item, 'role')} />,
      isKept: true,
    },
    {
      key: 'skills',
      text: ({ document }) =>
        document.kind === 'user'
          ? Object.entries(document.skills)
              .map(([skill, level]) => `${skill} ${level}`)
              .join(', ')
          : '',
    },
    fieldColumn('slots', 'slots', { isNumber: true }),
    { key: 'factor', text: () => '', show: ({ name }) => <SecondFactorCell username={name} /> },
  ],
  begin: () => ({ role: 'agent', skills: {} }),
  groups: [
    {
      key: 'person',
      fields: [
        { name: 'username', type: 'text', isFixed: true, isRequired: true, isHalf: true },
        { name: 'name', type: 'text', isHalf: true },
        { name: 'role', type: 'custom', of: RoleField, isHalf: true },
        { name: 'password', type: 'secret', isHalf: true },
      ],
    },
    {
      key: 'chats',
      fields: [
        { name: 'slots', type: 'number', min: 1, max: 100, isHalf: true },
        { name: 'privileges', type: 'choice', choices: ['pick'], isOptional: true, isHalf: true, as: 'list' },
        { name: 'skills', type: 'levels' },
      ],
    },
  ],
  extras: { side: UserSide },
};

function RoleName({ role }: { role: string }): ReactNode {
  const roleName = useRoleName();
  return roleName(role, titleOf(useItems(), role));
}

/** A role that ships, or one of the configuration. */
function RoleField({ value, onChange, problem }: CustomFieldProps): ReactNode {
  const { word } = useWords();
  const roleName = useRoleName();
  const items = useItems();
  const chosen = asText(value);
  const known: string[] = [...ROLES, ...ofKind(items, 'role').map(({ name }) => name)];
  const names = chosen === '' || known.includes(chosen) ? known : [chosen, ...known];
  return (
    <Labelled label={word('fields.user.role.label')} error={problem}>
      {(control) => (
        <SelectBox
          {...control}
          isBad={problem !== undefined}
          value={chosen}
          choices={names.map((name) => ({ value: name, label: roleName(name, titleOf(items, name)) }))}
          onChoose={onChange}
        />
      )}
    </Labelled>
  );
}

const titleOf = (items: readonly Item[], role: string): string | undefined =>
  ofKind(items, 'role').find(({ name }) => name === role)?.document.title;

export const teamSection: ItemSection = {
  path: 'teams',
  kind: 'team',
  icon: IconUsersGroup,
  columns: [
    nameColumn,
    { ...countColumn('members'), isKept: true },
    fieldColumn('supervisors'),
    {
      key: 'services',
      text: ({ document }) =>
        document.kind === 'team' ? document.services.map(({ service }) => service).join(', ') : '',
    },
  ],
  begin: () => ({ members: [] }),
  groups: [
    {
      key: 'people',
      fields: [
        { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true },
        { name: 'members', type: 'references', to: 'user' },
        { name: 'supervisors', type: 'references', to: 'user' },
      ],
    },
    {
      key: 'services',
      fields: [
        {
          name: 'services',
          type: 'rows',
          columns: [
            { name: 'service', type: 'reference', to: 'service', isRequired: true },
            { name: 'level', type: 'number', min: 1, max: 100 },
          ],
        },
      ],
    },
  ],
};

const breaks: readonly Field[] = [
  {
    name: 'breaks',
    type: 'rows',
    isOptional: true,
    columns: [
      { name: 'name', type: 'text', isRequired: true },
      { name: 'returnAfter', type: 'duration' },
      { name: 'logOutAfter', type: 'duration' },
    ],
  },
  { name: 'breakRequired', type: 'switch', whenAbsent: false },
];

export const groupSection: ItemSection = {
  path: 'groups',
  kind: 'group',
  icon: IconHierarchy2,
  columns: [
    nameColumn,
    fieldColumn('choice', 'choice', { isKept: true }),
    fieldColumn('queueLimit', 'queueLimit', { isNumber: true }),
    countColumn('breaks'),
  ],
  groups: [
    {
      key: 'choice',
      fields: [
        { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true },
        {
          name: 'choice',
          type: 'choice',
          choices: ['longest-idle', 'least-loaded', 'round-robin'],
          isOptional: true,
          isHalf: true,
        },
      ],
    },
    {
      key: 'queue',
      fields: [
        { name: 'queueLimit', type: 'number', min: 1, max: 8000, isHalf: true },
        { name: 'ageing', type: 'duration', isHalf: true },
        { name: 'rampUp', type: 'duration', isHalf: true },
      ],
    },
    { key: 'breaks', fields: breaks },
  ],
};

/** The same groups, seen by why an agent may be away. */
export const reasonsSection: ItemSection = {
  path: 'not-ready-reasons',
  kind: 'group',
  icon: IconCoffee,
  columns: [
    { ...nameColumn, key: 'group' },
    {
      key: 'breaks',
      text: ({ document }) =>
        document.kind === 'group' ? (document.breaks ?? []).map(({ name }) => name).join(', ') : '',
      isKept: true,
    },
    fieldColumn('required', 'breakRequired'),
  ],
  begin: () => ({ name: 'default' }),
  groups: [
    {
      key: 'breaks',
      fields: [{ name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true }, ...breaks],
    },
  ],
};
