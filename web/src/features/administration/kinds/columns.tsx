import { IconAlertTriangle, IconFileCode } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../shared/ui/avatar.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import type { Item } from '../data/items.ts';
import { valueAt } from '../model/values.ts';
import type { Column } from '../model/section.ts';

/** A field of the document as text; lists are joined. */
export function textAt({ document }: Item, path: string): string {
  const value = valueAt(document, path);
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The item's name, marked where files manage it. */
export const nameColumn: Column = {
  key: 'name',
  text: ({ name }) => name,
  show: (item) => <NameCell item={item} />,
  isKept: true,
};

/** A column that shows a field as it is. */
export const fieldColumn = (key: string, path = key, more: Partial<Column> = {}): Column => ({
  key,
  text: (item) => textAt(item, path),
  ...more,
});

/** How many there are in a list or a record. */
export const countColumn = (key: string, path = key): Column => ({
  key,
  text: ({ document }) => {
    const value = valueAt(document, path);
    if (Array.isArray(value)) return String(value.length);
    return typeof value === 'object' && value !== null ? String(Object.keys(value).length) : '';
  },
  isNumber: true,
});

function NameCell({ item }: { item: Item }): ReactNode {
  const { t } = useTranslation('admin');
  const shown = 'username' in item.document ? (item.document.name ?? item.name) : item.name;
  return (
    <span className="row">
      <span className="med clip">{shown}</span>
      {shown !== item.name && <span className="xs muted mono clip">{item.name}</span>}
      {item.source === 'files' && (
        <span className="from-files" title={t('list.fromFiles')}>
          <Icon of={IconFileCode} size={14} />
          <span className="visually-hidden">{t('list.fromFiles')}</span>
        </span>
      )}
    </span>
  );
}

/** A Page with its mark; a warning where there is none. */
export function PageCell({ name }: { name: string | undefined }): ReactNode {
  const { t } = useTranslation('admin');
  if (name === undefined)
    return (
      <span className="row row-1 t-warn">
        <Icon of={IconAlertTriangle} size={14} />
        {t('list.noPage')}
      </span>
    );
  return (
    <span className="row">
      <Avatar name={name} size={24} />
      <span className="clip">{name}</span>
    </span>
  );
}
