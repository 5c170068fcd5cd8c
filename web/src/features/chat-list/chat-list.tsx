import './chat-list.css';
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../shared/data/chats.ts';
import { useCommand } from '../../shared/lib/commands.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { ChatRow } from './chat-row.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { useOrder, type Order } from './use-order.ts';

/** My chats, in an order that stays while the pointer is on it. */
export function ChatList({
  chats,
  isLoading,
  selected,
}: {
  chats: Chat[];
  isLoading: boolean;
  selected: string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const [order, setOrder] = useState<Order>('longest');
  const [isHeld, setIsHeld] = useState(false);
  const ordered = useOrder(chats, order, isHeld);
  useStepping(ordered, selected);

  return (
    <>
      <div className="list-bar">
        <span>
          <h2>{t('chats.title')}</h2> <span className="num">{chats.length}</span>
        </span>
        <OrderMenu order={order} onChange={setOrder} />
      </div>
      <nav
        className="rows"
        aria-label={t('chats.list')}
        onPointerEnter={() => setIsHeld(true)}
        onPointerLeave={() => setIsHeld(false)}
      >
        {isLoading && <ListSkeleton />}
        {ordered.map((chat) => (
          <ChatRow key={chat.conversation.id} chat={chat} isSelected={chat.conversation.id === selected} />
        ))}
      </nav>
    </>
  );
}

function OrderMenu({ order, onChange }: { order: Order; onChange: (order: Order) => void }): ReactNode {
  const { t } = useTranslation();
  const words: Record<Order, string> = { longest: t('chats.longest'), newest: t('chats.newest') };
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="btn sm quiet xs end" aria-label={`${t('chats.sort')}: ${words[order]}`}>
          {words[order]} <Icon of={IconChevronDown} size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['longest', 'newest'] as const).map((each) => (
          <Menu.Item
            key={each}
            onClick={() => onChange(each)}
            rightSection={each === order ? <Icon of={IconCheck} /> : undefined}
          >
            {words[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Keys go from chat to chat, and to the one that has waited longest. */
function useStepping(ordered: Chat[], selected: string | undefined): void {
  const navigate = useNavigate();
  const ids = ordered.map(({ conversation }) => conversation.id);
  const index = ids.indexOf(selected ?? '');
  const go = (id: string | undefined): void => {
    if (id !== undefined) void navigate({ to: '/chats/$id', params: { id } });
  };
  useCommand('next-chat', () => go(ids[(index + 1) % ids.length]));
  useCommand('previous-chat', () => go(ids.at(index <= 0 ? -1 : index - 1)));
  useCommand('longest-waiting', () => go(ids[0]));
}
