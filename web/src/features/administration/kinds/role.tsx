import { IconIdBadge2 } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import {
  notTheirsToGive,
  ROLES,
  SHIPPED_ROLES,
  type Privilege,
  type Role,
} from '../../../../../contracts/privileges.ts';
import { call, unwrap } from '../../../shared/client/client.ts';
import { useMe } from '../../../shared/data/session.ts';
import { useRoleName } from '../../../shared/ui/use-role-name.ts';
import { ofKind, useItems, type Item } from '../data/items.ts';
import { asList } from '../form/control.ts';
import { FieldNote } from '../form/field-note.tsx';
import { useWords } from '../form/words.ts';
import { PRIVILEGE_GROUPS, privilegesIn, type PrivilegeGroup } from '../model/privilege-groups.ts';
import type { CustomFieldProps, ExtraProps, ItemSection } from '../model/section.ts';
import { countColumn, fieldColumn, nameColumn } from './columns.tsx';

export const roleSection: ItemSection = {
  path: 'roles',
  kind: 'role',
  icon: IconIdBadge2,
  needs: 'manage-users',
  columns: [
    nameColumn,
    fieldColumn('title'),
    { ...countColumn('privileges'), key: 'granted' },
    {
      key: 'holders',
      text: ({ name }, { items }) => String(holdersOf(items, name).length),
      isNumber: true,
      isKept: true,
    },
  ],
  begin: () => ({ privileges: [] }),
  groups: [
    {
      key: 'role',
      fields: [
        { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true },
        { name: 'title', type: 'text', isHalf: true },
      ],
    },
    { key: 'privileges', fields: [{ name: 'privileges', type: 'custom', of: PrivilegesField }] },
    { key: 'log-in', fields: [{ name: 'requireSecondFactor', type: 'switch', whenAbsent: false }] },
  ],
  extras: { side: RoleSide, foot: ShippedRoles },
};

const holdersOf = (items: readonly Item[], role: string) =>
  ofKind(items, 'user').filter(({ document }) => document.role === role);

/** Every privilege with what it lets one do, under what it is about. What is not one's own cannot be given nor taken. */
function PrivilegesField({ value, onChange, problem }: CustomFieldProps): ReactNode {
  const { word } = useWords();
  const chosen = asList(value);
  const toggle = (privilege: Privilege): void =>
    onChange(chosen.includes(privilege) ? chosen.filter((each) => each !== privilege) : [...chosen, privilege]);
  return (
    <div className={problem === undefined ? 'stack-16 wide' : 'stack-16 wide bad'}>
      <p className="secondary">{word('roles.rule')}</p>
      {problem !== undefined && (
        <div className="field">
          <FieldNote hint={undefined} problem={problem} />
        </div>
      )}
      {PRIVILEGE_GROUPS.map((group) => (
        <PrivilegeGroupBox key={group} group={group} chosen={chosen} onToggle={toggle} />
      ))}
    </div>
  );
}

function PrivilegeGroupBox({
  group,
  chosen,
  onToggle,
}: {
  group: PrivilegeGroup;
  chosen: readonly string[];
  onToggle: (privilege: Privilege) => void;
}): ReactNode {
  const { word } = useWords();
  const me = useMe();
  const id = useId();
  return (
    <fieldset className="privileges">
      <legend>{word(`roles.groups.${group}`)}</legend>
      {privilegesIn(group).map((privilege) => {
        const isTheirs = notTheirsToGive(me, [privilege]).length === 0;
        return (
          <label key={privilege} className="privilege">
            <input
              type="checkbox"
              className="check-input"
              checked={chosen.includes(privilege)}
              disabled={!isTheirs}
              aria-describedby={`${id}-${privilege}`}
              onChange={() => onToggle(privilege)}
            />
            <span className="grow">
              <span className="block">{word(`privileges.${privilege}`)}</span>
              <span className="xs muted mono" id={`${id}-${privilege}`}>
                {privilege}
                {!isTheirs && ` · ${word('roles.notYours')}`}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Who has the role. */
function RoleSide({ item }: ExtraProps): ReactNode {
  const { word } = useWords();
  const items = useItems();
  if (!item)
    return (
      <>
        <h2>{word('roles.newTitle')}</h2>
        <p className="side-text">{word('roles.newText')}</p>
      </>
    );
  return (
    <>
      <h2>{word('roles.holders')}</h2>
      <Holders names={holdersOf(items, item.name)} />
      <p className="side-text">{word('roles.atOnce')}</p>
    </>
  );
}

function Holders({ names }: { names: readonly Item[] }): ReactNode {
  const { word } = useWords();
  if (names.length === 0) return <p className="side-text">{word('roles.nobody')}</p>;
  return (
    <ul className="side-text">
      {names.map(({ name }) => (
        <li key={name}>
          <Link to="/admin/$section/edit/$name" params={{ section: 'users', name }}>
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Which roles require a second factor: of those that ship the deployment says so, and no document. */
const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: async () =>
    unwrap(await call('GET /api/v1/roles')).items.flatMap(({ name, requireSecondFactor }) =>
      requireSecondFactor ? [name] : [],
    ),
});

/** The roles that ship, to be read: what each lets one do, and who has it. */
function ShippedRoles(): ReactNode {
  const { word } = useWords();
  const items = useItems();
  const { data: required = [] } = useQuery(rolesQuery);
  return (
    <section className="shipped-roles" aria-label={word('roles.shipped')}>
      <h2>{word('roles.shipped')}</h2>
      <p className="secondary">{word('roles.shippedText')}</p>
      {ROLES.map((role) => (
        <ShippedRole
          key={role}
          role={role}
          holders={holdersOf(items, role)}
          isFactorRequired={required.includes(role)}
        />
      ))}
    </section>
  );
}

function ShippedRole({
  role,
  holders,
  isFactorRequired,
}: {
  role: Role;
  holders: readonly Item[];
  isFactorRequired: boolean;
}): ReactNode {
  const { word } = useWords();
  const roleName = useRoleName();
  return (
    <details>
      <summary>
        <span className="med">{roleName(role)}</span>{' '}
        <span className="muted num">{word('roles.holdersCount', { count: holders.length })}</span>
      </summary>
      {isFactorRequired && <p className="side-text">{word('roles.factorRequired')}</p>}
      <ul className="side-text">
        {[...SHIPPED_ROLES[role]].map((privilege) => (
          <li key={privilege}>{word(`privileges.${privilege}`)}</li>
        ))}
      </ul>
      <h3>{word('roles.holders')}</h3>
      <Holders names={holders} />
    </details>
  );
}
