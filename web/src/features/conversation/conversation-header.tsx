import { Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowsLeftRight,
  IconDoorExit,
  IconDots,
  IconFlag,
  IconFlagFilled,
  IconUser,
  IconUserPlus,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useMessages, waitingSince } from '../../shared/data/messages.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { answerTargetMs } from '../../shared/data/targets.ts';
import { KEY_NAMES } from '../../shared/lib/commands.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { Timer, WaitTimer } from '../../shared/ui/timer.tsx';

import { canBePutAway, isAsleep, SnoozeMenu } from './snooze.tsx';

export interface HeaderActions {
  onFlag: () => void;
  onInvite: () => void;
  onTransfer: () => void;
  /** Ends the chat, or leaves it to the others. */
  onEnd: () => void;
  onShowCustomer: () => void;
}

/** Who it is, for how long, and what can be done with the chat. */
export function ConversationHeader({
  conversation,
  isOpen,
  isHolder,
  endsForAll,
  actions,
}: {
  conversation: ConversationView;
  isOpen: boolean;
  isHolder: boolean;
  /** Nobody else of ours is in it. */
  endsForAll: boolean;
  actions: HeaderActions;
}): ReactNode {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const name = nameOf(conversation);
  const { service, account } = conversation;
  return (
    <header className="conv-head">
      <Link
        to="/chats"
        className="icon-btn md only-phone"
        aria-label={t('conversation.back')}
        title={t('conversation.back')}
      >
        <Icon of={IconArrowLeft} size={20} />
      </Link>
      <span className="hide-phone">
        <Avatar name={name} size={36} />
      </span>
      <div className="grow">
        <h1 className="clip" dir="auto">
          {name}
        </h1>
        <div className="xs muted clip">{[service, account].filter(Boolean).join(' · ')}</div>
      </div>
      {isOpen && <Times conversation={conversation} />}
      <WideActions {...{ conversation, isOpen, isHolder, endsForAll, actions }} />
      <PhoneActions {...{ conversation, isOpen, isHolder, endsForAll, actions }} />
    </header>
  );
}

interface ActionsProps {
  conversation: ConversationView;
  isOpen: boolean;
  isHolder: boolean;
  endsForAll: boolean;
  actions: HeaderActions;
}

function Times({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const { messages } = useMessages(conversation.id);
  const since = waitingSince(messages);
  return (
    <span className="conv-times">
      <Timer since={Date.parse(conversation.startedAt)} title={t('conversation.duration')} className="whole" />
      {since !== undefined && (
        <WaitTimer since={since} targetMs={answerTargetMs(conversation)} title={t('conversation.turn')} />
      )}
    </span>
  );
}

function WideActions({ conversation, isOpen, isHolder, endsForAll, actions }: ActionsProps): ReactNode {
  const { t } = useTranslation();
  const isFlagged = conversation.helpFlag !== undefined;
  return (
    <span className="row hide-phone">
      {isOpen && (
        <IconButton
          className={`md ${isFlagged ? 'on' : ''}`}
          icon={isFlagged ? IconFlagFilled : IconFlag}
          size={18}
          label={isFlagged ? t('conversation.unflag') : t('conversation.flag')}
          onClick={actions.onFlag}
        />
      )}
      {isHolder && canBePutAway(conversation) && !isAsleep(conversation) && <SnoozeMenu conversation={conversation} />}
      {isHolder && (
        <IconButton
          className="md"
          icon={IconUserPlus}
          size={18}
          label={t('conversation.invite')}
          onClick={actions.onInvite}
        />
      )}
      <IconButton
        className="md only-mid"
        icon={IconUser}
        size={18}
        label={t('conversation.customer')}
        onClick={actions.onShowCustomer}
      />
      {isHolder && (
        <button
          type="button"
          className="btn outline"
          title={`${t('conversation.transfer')} (${KEY_NAMES.transfer})`}
          onClick={actions.onTransfer}
        >
          <Icon of={IconArrowsLeftRight} />
          {t('conversation.transfer')}
        </button>
      )}
      {isOpen && (
        <button type="button" className="btn outline" onClick={actions.onEnd}>
          {endsForAll ? t('conversation.end') : t('conversation.leave')}
        </button>
      )}
    </span>
  );
}

/** On a phone there is room for the most useful one; the others are behind three dots. */
function PhoneActions({ conversation, isOpen, isHolder, endsForAll, actions }: ActionsProps): ReactNode {
  const { t } = useTranslation();
  const isFlagged = conversation.helpFlag !== undefined;
  return (
    <span className="row row-1 only-phone">
      {isHolder && canBePutAway(conversation) && !isAsleep(conversation) && <SnoozeMenu conversation={conversation} />}
      {isHolder && (
        <IconButton
          icon={IconArrowsLeftRight}
          size={20}
          label={t('conversation.transfer')}
          onClick={actions.onTransfer}
        />
      )}
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="icon-btn" aria-label={t('conversation.more')} title={t('conversation.more')}>
            <Icon of={IconDots} size={20} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon of={IconUser} />} onClick={actions.onShowCustomer}>
            {t('conversation.customer')}
          </Menu.Item>
          {isOpen && (
            <Menu.Item leftSection={<Icon of={IconFlag} />} onClick={actions.onFlag}>
              {isFlagged ? t('conversation.unflag') : t('conversation.flag')}
            </Menu.Item>
          )}
          {isHolder && (
            <Menu.Item leftSection={<Icon of={IconUserPlus} />} onClick={actions.onInvite}>
              {t('conversation.invite')}
            </Menu.Item>
          )}
          {isOpen && (
            <Menu.Item leftSection={<Icon of={IconDoorExit} />} onClick={actions.onEnd}>
              {endsForAll ? t('conversation.end') : t('conversation.leave')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
