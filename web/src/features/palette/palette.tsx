import './palette.css';
import { Modal } from '@mantine/core';
import { IconSearch, type TablerIcon } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../shared/ui/icon.tsx';

/** Something that can be gone to, or done. */
export interface PaletteItem {
  key: string;
  group: string;
  icon: TablerIcon;
  label: string;
  /** More of it, muted. */
  aside?: string | undefined;
  /** Keys that do the same. */
  keys?: string | undefined;
  act: () => void;
}

/** One field for everything: chats, people, pages, states. Arrow keys choose, Enter does it. */
export function Palette({
  words,
  items,
  onWords,
  onClose,
}: {
  words: string;
  items: readonly PaletteItem[];
  onWords: (words: string) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, items.length - 1);
  const optionId = (index: number): string => `${id}-${index}`;

  function choose(index: number): void {
    setChosen(index);
    document.getElementById(optionId(index))?.scrollIntoView({ block: 'nearest' });
  }

  function run(item: PaletteItem | undefined): void {
    if (!item) return;
    onClose();
    item.act();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || items.length === 0) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      choose((at + by + items.length) % items.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(items[at]);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={560}
      yOffset="10vh"
      padding={0}
      attributes={{ content: { 'aria-label': t('palette.title') } }}
    >
      <div className="palette">
        <div className="palette-field">
          <Icon of={IconSearch} size={18} className="muted" />
          <input
            role="combobox"
            aria-label={t('palette.search')}
            placeholder={t('palette.search')}
            aria-expanded={items.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={items.length > 0 ? optionId(at) : undefined}
            data-autofocus
            value={words}
            onChange={(event) => {
              setChosen(0);
              onWords(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        {items.length === 0 ? (
          <p className="palette-none muted" role="status">
            {t('palette.none', { words })}
          </p>
        ) : (
          <Options id={id} items={items} at={at} onHover={setChosen} onRun={run} />
        )}
      </div>
    </Modal>
  );
}

function Options({
  id,
  items,
  at,
  onHover,
  onRun,
}: {
  id: string;
  items: readonly PaletteItem[];
  at: number;
  onHover: (index: number) => void;
  onRun: (item: PaletteItem) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={t('palette.title')}>
      {groupsOf(items).map(([group, members]) => (
        <div key={group} role="group" aria-label={group}>
          <div className="palette-group" aria-hidden="true">
            {group}
          </div>
          {members.map(({ item, index }) => (
            <Option
              key={item.key}
              id={`${id}-${index}`}
              item={item}
              isChosen={index === at}
              onHover={() => onHover(index)}
              onRun={() => onRun(item)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Option({
  id,
  item: { icon, label, aside, keys },
  isChosen,
  onHover,
  onRun,
}: {
  id: string;
  item: PaletteItem;
  isChosen: boolean;
  onHover: () => void;
  onRun: () => void;
}): ReactNode {
  return (
    // The field holds the focus and the keys; a pointer may choose as well.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div id={id} role="option" aria-selected={isChosen} className="palette-item" onMouseMove={onHover} onClick={onRun}>
      <Icon of={icon} className="muted" />
      <span className="grow clip" dir="auto">
        {label}
      </span>
      {aside !== undefined && <span className="xs muted clip">{aside}</span>}
      {keys !== undefined && <kbd>{keys}</kbd>}
    </div>
  );
}

/** In the order of the first of each group. */
function groupsOf(items: readonly PaletteItem[]): [string, { item: PaletteItem; index: number }[]][] {
  const groups = new Map<string, { item: PaletteItem; index: number }[]>();
  for (const [index, item] of items.entries()) {
    groups.set(item.group, [...(groups.get(item.group) ?? []), { item, index }]);
  }
  return [...groups];
}
