import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { attempt } from './attempt.ts';
import { FormDialog } from './form-dialog.tsx';
import { PhonePart } from './phone-part.tsx';
import { phoneOf, type Message, type Parties } from './simulator-api.ts';

const REACTIONS = ['❤️', '👍', '😆', '😮', '😢', '😠'];

/** One message on a phone, with its reactions and what can be done with it. */
export function PhoneMessage({
  message,
  parties,
  name,
  pageName,
  isFirst,
}: {
  message: Message;
  parties: Parties;
  name: string;
  pageName: string;
  isFirst: boolean;
}): ReactNode {
  const { t } = useTranslation('simulator');
  if (message.isDeleted) return <span className="bubble gone">{t('phone.unsent')}</span>;
  const { text, attachments = [], reactions = {}, isEdited } = message;
  const first = isFirst ? 'first' : '';
  const reactedBy = { customer: name, page: pageName };
  return (
    <div className="ph-message">
      {text !== undefined && (
        <div className={`bubble text ${first}`} dir="auto">
          {text}
        </div>
      )}
      {attachments.map((attachment, index) => (
        <PhonePart
          // What is attached to a message never changes its place.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          attachment={attachment}
          parties={parties}
        />
      ))}
      {(reactions.customer ?? reactions.page) !== undefined && (
        <span className="reacts">
          {(['customer', 'page'] as const).map((by) => {
            const emoji = reactions[by];
            if (emoji === undefined) return null;
            return (
              <span key={by} role="img" aria-label={t('phone.reactedBy', { name: reactedBy[by], emoji })}>
                {emoji}
              </span>
            );
          })}
        </span>
      )}
      {isEdited && <span className="meta">{t('phone.edited')}</span>}
      <MessageMenu message={message} parties={parties} />
    </div>
  );
}

function MessageMenu({ message, parties }: { message: Message; parties: Parties }): ReactNode {
  const { t } = useTranslation('simulator');
  const [isEditing, setIsEditing] = useState(false);
  const { mid, from, text, reactions = {} } = message;
  const acts = phoneOf(parties);
  const react = (emoji?: string): void =>
    attempt(() => acts.happen({ kind: 'reaction', mid, ...(emoji !== undefined && { emoji }) }));
  return (
    <span className="ph-tools">
      <Menu position="bottom-end" width={232} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <IconButton icon={IconDots} size={14} label={t('phone.messageMenu', { text: (text ?? '').slice(0, 40) })} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('phone.reactions')}</Menu.Label>
          <div className="reaction-row" role="none">
            {REACTIONS.map((emoji) => (
              <Menu.Item key={emoji} onClick={() => react(emoji)}>
                {emoji}
              </Menu.Item>
            ))}
          </div>
          {reactions.customer !== undefined && <Menu.Item onClick={() => react()}>{t('phone.takeBack')}</Menu.Item>}
          {from === 'customer' && (
            <>
              <Menu.Divider />
              {text !== undefined && <Menu.Item onClick={() => setIsEditing(true)}>{t('phone.edit')}</Menu.Item>}
              <Menu.Item onClick={() => attempt(() => acts.happen({ kind: 'delete', mid }))}>
                {t('phone.unsend')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isEditing && (
        <FormDialog
          title={t('phone.editTitle')}
          action={t('phone.save')}
          fields={[{ name: 'text', label: t('say.placeholder'), value: text ?? '' }]}
          onClose={() => setIsEditing(false)}
          onSubmit={(values) => attempt(() => acts.happen({ kind: 'edit', mid, text: values['text'] }))}
        />
      )}
    </span>
  );
}
