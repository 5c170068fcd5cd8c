import { IconMapQuestion } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { useMe } from '../../shared/data/session.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { FormPage } from './form/form-page.tsx';
import { useItems } from './data/items.ts';
import { useWords } from './form/words.ts';
import { ListPage } from './list/list-page.tsx';
import { AuditPage } from './pages/audit-page.tsx';
import { HoldsPage } from './pages/holds-page.tsx';
import { SkillsPage } from './pages/skills-page.tsx';
import { SystemPage } from './pages/system-page.tsx';
import { TimersPage } from './pages/timers-page.tsx';
import { TokensPage } from './pages/tokens-page.tsx';
import type { ItemSection } from './model/section.ts';
import { findSection, isSectionOpenTo, type PageSection } from './sections.ts';

/** The list of scenarios is the builder's, and has a route of its own. */
const PAGES: Readonly<Partial<Record<PageSection['path'], ComponentType>>> = {
  skills: SkillsPage,
  holds: HoldsPage,
  audit: AuditPage,
  system: SystemPage,
  tokens: TokensPage,
  timers: TimersPage,
};

/** What an address under /admin shows: a list, or a page of its own. */
export function SectionPage(): ReactNode {
  const { section: path = '' } = useParams({ strict: false });
  const section = useOpenSection(path);
  if (!section) return <NoSection />;
  if ('kind' in section && section.only !== undefined) return <OnlyPage key={path} section={section} />;
  if ('kind' in section) return <ListPage key={path} section={section} />;
  const Page = PAGES[section.path];
  return Page ? <Page /> : <NoSection />;
}

/** The form of the one item that a section has, whether it is there yet or not. */
function OnlyPage({ section }: { section: ItemSection }): ReactNode {
  const items = useItems();
  const isThere = items.some(({ kind, name }) => kind === section.kind && name === section.only);
  return <FormPage key={String(isThere)} section={section} name={isThere ? section.only : undefined} />;
}

/** The form of a new item, or of one that is there. */
export function ItemPage(): ReactNode {
  const { section: path = '', name } = useParams({ strict: false });
  const section = useOpenSection(path);
  if (!section || !('kind' in section)) return <NoSection />;
  return <FormPage key={`${path}/${name ?? ''}`} section={section} name={name} />;
}

/** Undefined where there is none, or it is not theirs to see. */
function useOpenSection(path: string): ItemSection | PageSection | undefined {
  const me = useMe();
  const section = findSection(path);
  return section && isSectionOpenTo(me, section) ? section : undefined;
}

function NoSection(): ReactNode {
  const { word } = useWords();
  return (
    <main className="admin-main centred" id="main" data-region>
      <EmptyState
        icon={IconMapQuestion}
        title={word('noSectionTitle')}
        action={
          <Link to="/admin" className="btn outline">
            {word('title')}
          </Link>
        }
      >
        {word('noSectionText')}
      </EmptyState>
    </main>
  );
}
