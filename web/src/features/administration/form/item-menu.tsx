import { Menu } from '@mantine/core';
import { IconDots, IconDownload, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { tell } from '../../../shared/data/toasts.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { showAnew, type Item } from '../data/items.ts';
import { downloadItems } from '../list/download.ts';
import type { ItemSection } from '../model/section.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { useWords } from './words.ts';

/** What is done with an item seldom: its file, and deleting it. */
export function ItemMenu({
  section,
  item,
  discard,
}: {
  section: ItemSection;
  item: Item;
  discard: () => void;
}): ReactNode {
  const { word } = useWords();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="icon-btn md" aria-label={word('form.more')} title={word('form.more')}>
            <Icon of={IconDots} size={18} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon of={IconDownload} />} onClick={() => void downloadItems([item], item.name)}>
            {word('form.asFile')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon of={IconTrash} />} onClick={() => setIsDeleting(true)}>
            {word('form.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteDialog
        items={isDeleting ? [item] : []}
        onClose={() => setIsDeleting(false)}
        onDeleted={async () => {
          discard();
          await navigate({ to: '/admin/$section', params: { section: section.path } });
          await showAnew(queryClient);
          tell({ kind: 'success', title: word('form.deleted', { name: item.name }) });
        }}
      />
    </>
  );
}
