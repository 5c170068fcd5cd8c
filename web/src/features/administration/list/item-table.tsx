import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import type { Item } from '../data/items.ts';
import { useWords } from '../form/words.ts';
import type { Column, ItemSection, ListContext } from '../model/section.ts';

interface Sorting {
  key: string;
  isDown: boolean;
}

/** The items as rows; the first cell leads to the item. */
export function ItemTable({
  section,
  items,
  context,
  chosen,
  setChosen,
}: {
  section: ItemSection;
  items: readonly Item[];
  context: ListContext;
  chosen: ReadonlySet<string>;
  setChosen: (chosen: ReadonlySet<string>) => void;
}): ReactNode {
  const { word } = useWords();
  const [sorting, setSorting] = useState<Sorting>({ key: section.columns[0]?.key ?? '', isDown: false });
  const sorted = sortItems(items, { section, sorting, context });
  const canChoose = !section.isPart;

  function toggle(name: string): void {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  }

  return (
    <table className="table admin-table">
      <thead>
        <tr>
          {canChoose && (
            <th className="choose-cell">
              <span className="visually-hidden">{word('list.choose')}</span>
            </th>
          )}
          {section.columns.map((column) => (
            <HeadCell key={column.key} column={column} sorting={sorting} onSort={setSorting} />
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((item) => (
          <tr key={item.name} className={chosen.has(item.name) ? 'is-selected' : ''}>
            {canChoose && (
              <td className="choose-cell">
                <input
                  type="checkbox"
                  className="check-input"
                  aria-label={word('list.chooseOne', { name: item.name })}
                  checked={chosen.has(item.name)}
                  onChange={() => toggle(item.name)}
                />
              </td>
            )}
            {section.columns.map((column, index) => (
              <td key={column.key} className={cellClass(column)}>
                {index === 0 ? (
                  <Link
                    to="/admin/$section/edit/$name"
                    params={{ section: section.path, name: item.name }}
                    className="row-link"
                  >
                    {column.show?.(item, context) ?? column.text(item, context)}
                  </Link>
                ) : (
                  <span className="cell">
                    {column.show?.(item, context) ?? shown(column.text(item, context), word)}
                  </span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const cellClass = ({ isNumber, isKept }: Column): string => `${isNumber ? 'r' : ''} ${isKept ? '' : 'off-phone'}`;

/** Words for what is no word. */
function shown(text: string, word: (key: string) => string): ReactNode {
  if (text === '') return <span className="muted">–</span>;
  if (text === 'true') return word('list.yes');
  return text === 'false' ? word('list.no') : text;
}

function HeadCell({
  column,
  sorting,
  onSort,
}: {
  column: Column;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}): ReactNode {
  const { word } = useWords();
  const isSorted = sorting.key === column.key;
  return (
    <th
      scope="col"
      className={cellClass(column)}
      aria-sort={isSorted ? (sorting.isDown ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="sort"
        onClick={() => onSort({ key: column.key, isDown: isSorted && !sorting.isDown })}
      >
        {word(`columns.${column.key}`)}
        {isSorted && <Icon of={sorting.isDown ? IconArrowDown : IconArrowUp} size={12} />}
      </button>
    </th>
  );
}

function sortItems(
  items: readonly Item[],
  { section, sorting, context }: { section: ItemSection; sorting: Sorting; context: ListContext },
): Item[] {
  const column = section.columns.find(({ key }) => key === sorting.key);
  if (!column) return [...items];
  const order = new Intl.Collator(undefined, { numeric: true });
  const sorted = items.toSorted((one, other) => order.compare(column.text(one, context), column.text(other, context)));
  return sorting.isDown ? sorted.toReversed() : sorted;
}
