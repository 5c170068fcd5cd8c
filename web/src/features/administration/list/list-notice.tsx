import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { ofKind, type Item } from '../data/items.ts';
import { useWords } from '../form/words.ts';
import type { ItemSection } from '../model/section.ts';

/** What an admin should know of a list: a Page that nobody takes customers of. */
export function ListNotice({ section, items }: { section: ItemSection; items: readonly Item[] }): ReactNode {
  const { word } = useWords();
  if (section.kind !== 'entry' && section.kind !== 'account') return null;
  const taken = new Set(ofKind(items, 'entry').map(({ document }) => document.account));
  const free = ofKind(items, 'account').filter(({ name }) => !taken.has(name));
  if (free.length === 0) return null;
  return (
    <div className="banner list-notice">
      <Icon of={IconAlertTriangle} />
      <span className="grow">
        {word('list.pagesWithoutEntry', { count: free.length, names: free.map(({ name }) => name).join(', ') })}
      </span>
      <Link to="/admin/$section/new" params={{ section: 'entries' }} className="med t-warn notice-link">
        {word('sections.entries.new')}
      </Link>
    </div>
  );
}
