import { Menu } from '@mantine/core';
import { IconBan, IconDots, IconEdit, IconMessagePlus, IconPlus, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import {
  useBlockContact,
  useChangeContact,
  useContactConversations,
  type ContactView,
} from '../../shared/data/contacts.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { BlockDialog } from './block-dialog.tsx';
import { ContactDialog } from './contact-dialog.tsx';

/** The person: name, how often they have written, tags. */
export function PersonSection({
  conversation,
  contact,
  onWrite,
}: {
  conversation: ConversationView;
  contact: ContactView | undefined;
  /** Writes to them first; absent where somebody talks with them. */
  onWrite: ((contact: { id: string; name: string }) => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const name = nameOf(conversation);
  return (
    <section className="sect ctx-sect">
      <div className="row row-3">
        <Avatar name={name} size={48} />
        <div className="grow">
          <h2 dir="auto">{name}</h2>
          <div className="xs muted">
            <HowOften conversation={conversation} />
          </div>
        </div>
        {contact && <PersonMenu contact={contact} name={name} onWrite={onWrite} />}
      </div>
      {contact && (
        <div className="tags">
          {contact.isBlocked && (
            <span className="chip danger">
              <Icon of={IconBan} size={12} />
              {t('customer.blocked')}
            </span>
          )}
          <Tags contact={contact} />
        </div>
      )}
    </section>
  );
}

function HowOften({ conversation: { contact } }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const { conversations, hasMore } = useContactConversations(contact?.id);
  if (!conversations) return <>&nbsp;</>;
  if (conversations.length <= 1) return t('customer.newCustomer');
  const first = conversations.at(-1);
  if (hasMore || !first) return t('customer.conversationsMany', { count: conversations.length });
  const count = t('customer.conversations', { count: conversations.length });
  return `${count} ${t('customer.since', { year: new Date(first.startedAt).getFullYear() })}`;
}

function PersonMenu({
  contact,
  name,
  onWrite,
}: {
  contact: ContactView;
  name: string;
  onWrite: ((contact: { id: string; name: string }) => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'edit' | 'block'>();
  const block = useBlockContact(contact.id);
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="icon-btn" aria-label={t('customer.more')} title={t('customer.more')}>
            <Icon of={IconDots} size={18} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {onWrite && !contact.isBlocked && (
            <Menu.Item leftSection={<Icon of={IconMessagePlus} />} onClick={() => onWrite({ id: contact.id, name })}>
              {t('outbound.write')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon of={IconEdit} />} onClick={() => setDialog('edit')}>
            {t('customer.edit')}
          </Menu.Item>
          {contact.isBlocked ? (
            <Menu.Item leftSection={<Icon of={IconBan} />} onClick={() => block.mutate(null)}>
              {t('customer.unblock')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<Icon of={IconBan} />} onClick={() => setDialog('block')}>
              {t('customer.block')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'edit' && <ContactDialog contact={contact} onClose={() => setDialog(undefined)} />}
      {dialog === 'block' && <BlockDialog contact={contact} name={name} onClose={() => setDialog(undefined)} />}
    </>
  );
}

function Tags({ contact }: { contact: ContactView }): ReactNode {
  const { t } = useTranslation();
  const [written, setWritten] = useState<string>();
  const change = useChangeContact(contact.id);
  const { tags } = contact;

  function save(changed: string[]): void {
    change.mutate(
      { tags: changed },
      { onError: (error) => tell({ kind: 'danger', title: t('customer.notSaved', { reason: error.message }) }) },
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') setWritten(undefined);
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const tag = written?.trim() ?? '';
    if (tag !== '' && !tags.includes(tag)) save([...tags, tag]);
    setWritten(undefined);
  }

  return (
    <>
      {tags.map((tag) => (
        <span key={tag} className="chip">
          {tag}
          <button
            type="button"
            aria-label={t('customer.removeTag', { tag })}
            title={t('customer.removeTag', { tag })}
            onClick={() => save(tags.filter((each) => each !== tag))}
          >
            <Icon of={IconX} size={12} />
          </button>
        </span>
      ))}
      {written === undefined ? (
        <button type="button" className="chip outline" onClick={() => setWritten('')}>
          <Icon of={IconPlus} size={12} />
          {t('customer.addTag')}
        </button>
      ) : (
        <input
          aria-label={t('customer.addTagLabel')}
          autoFocus
          value={written}
          maxLength={200}
          onChange={(event) => setWritten(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => setWritten(undefined)}
        />
      )}
    </>
  );
}
