import { IconGripVertical, IconSearch, IconX } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockTypeDescription } from '../../../../scenario-dsl/document/describe-block-types-schema.ts';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { FAMILIES, familyOf, iconOf } from './block-look.ts';
import { useActions, useBuilder } from './builder-context.tsx';
import { DRAGGED } from './canvas/dragged.ts';

/** The blocks there are: dragged onto the canvas, or put in with Enter, behind the block that is selected. */
export function Palette(): ReactNode {
  const { t } = useTranslation('builder');
  const [words, setWords] = useState('');
  const types = useBuilder((state) => state.types);
  const pending = useBuilder((state) => state.pending);
  const { set } = useActions();
  const list = useRef<HTMLDivElement>(null);
  const add = useAdd();
  const found = findTypes(types, words);
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      setWords('');
      set({ pending: undefined });
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const stops = [...(list.current?.querySelectorAll<HTMLElement>('input, .pal-item') ?? [])];
      stops[stops.indexOf(document.activeElement as HTMLElement) + by]?.focus();
    }
    const [first] = found;
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && first) add(first.type);
  }
  return (
    <aside className="pal scroll" aria-label={t('blocks')} data-region ref={list} onKeyDown={onKeyDown}>
      <div className="input sm">
        <Icon of={IconSearch} />
        <input
          type="search"
          aria-label={t('findBlock')}
          placeholder={t('findBlock')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <kbd>A</kbd>
      </div>
      {pending && (
        <p className="pal-pending" role="status">
          <span className="grow">
            {t('choosePending', { exit: pending.name.replaceAll('-', ' '), block: pending.from })}
          </span>
          <IconButton icon={IconX} size={14} label={t('stopChoosing')} onClick={() => set({ pending: undefined })} />
        </p>
      )}
      {FAMILIES.map((family) => {
        const members = found.filter(({ type }) => familyOf(type, types) === family);
        return (
          members.length > 0 && (
            <section key={family} aria-label={t(`families.${family}`)}>
              <h3>{t(`families.${family}`)}</h3>
              {members.map((each) => (
                <PaletteItem key={each.type} of={each} family={family} onAdd={() => add(each.type)} />
              ))}
            </section>
          )
        );
      })}
      {found.length === 0 && types.length > 0 && <p className="pal-none muted xs">{t('noBlockFound', { words })}</p>}
    </aside>
  );
}

function PaletteItem({
  of: { type, title, description },
  family,
  onAdd,
}: {
  of: BlockTypeDescription;
  family: string;
  onAdd: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      className={`pal-item f-${family}`}
      title={description}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={onAdd}
    >
      <span className="tile">
        <Icon of={iconOf(type)} size={14} />
      </span>
      <span className="clip">{title}</span>
      <Icon of={IconGripVertical} className="i-grip" />
    </button>
  );
}

/** What a person may call a block: its title, its key, and what it does. */
function findTypes(types: readonly BlockTypeDescription[], words: string): BlockTypeDescription[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [...types];
  const rank = ({ title, type, description }: BlockTypeDescription): number => {
    if (title.toLowerCase().startsWith(wanted)) return 0;
    if (`${title} ${type}`.toLowerCase().includes(wanted)) return 1;
    return description.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return types.filter((each) => rank(each) < 3).toSorted((a, b) => rank(a) - rank(b));
}

/** Puts a block in: where one is asked for, else behind the one that is selected, else by itself. */
function useAdd(): (type: BlockTypeDescription['type']) => void {
  const blocks = useBuilder((state) => state.graph.blocks);
  const selected = useBuilder((state) => state.selected);
  const pending = useBuilder((state) => state.pending);
  const { edit, reveal } = useActions();
  return (type) => {
    const block = blocks.find(({ id }) => id === selected.at(-1));
    const next = block?.exits.find(({ kind }) => kind === 'next');
    const from = pending ? blocks.find(({ id }) => id === pending.from) : block;
    const exit = pending ? from?.exits.find((each) => isSameWay(each, pending.way)) : next;
    const added =
      from && exit
        ? edit(
            exit.target === undefined && exit.kind !== 'next'
              ? { do: 'add-at-exit', type, from: from.id, way: wayOf(exit) }
              : { do: 'add', type, on: { from: from.id, way: wayOf(exit), target: exit.target } },
          )
        : edit({ do: 'add', type });
    void added.then(([id]) => {
      if (id !== undefined) reveal(id);
    });
  };
}

type Exit = { name: string; path?: readonly (string | number)[] };
type Way = { exit: string } | { path: readonly (string | number)[] };

function wayOf({ path, name }: Exit): Way {
  return path ? { path } : { exit: name };
}

function isSameWay(exit: Exit, way: Way): boolean {
  return JSON.stringify(wayOf(exit)) === JSON.stringify(way);
}
