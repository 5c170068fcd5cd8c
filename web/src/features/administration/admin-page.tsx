import './admin.css';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../../shared/data/session.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { itemsQuery, scenariosQuery } from './data/items.ts';
import { useWords } from './form/words.ts';
import { isSectionOpenTo, navigation, type PageSection } from './sections.ts';
import type { ItemSection } from './model/section.ts';
import { addAdminTexts } from './texts.ts';

addAdminTexts();

/** Administration: its navigation, and the section that is open. */
export function AdminPage(): ReactNode {
  const { word } = useWords();
  const me = useMe();
  const groups = navigation
    .map(({ key, sections }) => ({ key, sections: sections.filter((section) => isSectionOpenTo(me, section)) }))
    .filter(({ sections }) => sections.length > 0);
  const { pathname } = useLocation();
  const isHome = /^\/admin\/?$/.test(pathname);
  return (
    <div className="admin" data-view={isHome ? 'home' : 'section'}>
      <nav className="admin-nav scroll" aria-label={word('title')} data-region>
        <h2>
          <Link to="/admin" activeOptions={{ exact: true }}>
            {word('title')}
          </Link>
        </h2>
        {groups.map(({ key, sections }) => (
          <div key={key}>
            <h3 id={`nav-${key}`}>{word(`nav.${key}`)}</h3>
            <ul aria-labelledby={`nav-${key}`}>
              {sections.map((section) => (
                <NavItem key={section.path} section={section} />
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="admin-pane">
        {!isHome && (
          <Link to="/admin" className="admin-back only-phone">
            <Icon of={IconArrowLeft} />
            {word('title')}
          </Link>
        )}
        <Outlet />
      </div>
    </div>
  );
}

function NavItem({ section }: { section: ItemSection | PageSection }): ReactNode {
  const { word } = useWords();
  const items = useQuery({ ...itemsQuery, enabled: 'kind' in section }).data;
  const scenarios = useQuery({ ...scenariosQuery, enabled: section.path === 'scenarios' }).data;
  const count =
    'kind' in section
      ? section.isPart
        ? undefined
        : items?.filter(({ kind }) => kind === section.kind).length
      : section.path === 'scenarios'
        ? scenarios?.length
        : undefined;
  return (
    <li>
      <Link
        to="/admin/$section"
        params={{ section: section.path }}
        className="nav-item"
        activeProps={{ className: 'on', 'aria-current': 'page' }}
      >
        <Icon of={section.icon} />
        <span className="clip">{word(`sections.${section.path}.title`)}</span>
        {count !== undefined && count > 0 && <span className="end num">{count}</span>}
      </Link>
    </li>
  );
}
