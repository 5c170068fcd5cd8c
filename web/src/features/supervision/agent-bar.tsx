import { Menu } from '@mantine/core';
import { IconEye, IconFlagFilled, IconMessage2Share, IconUserPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, unwrap } from '../../shared/client/client.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { chatsOfAgentQuery, type AgentLine } from '../../shared/data/overview.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { StateMark } from '../../shared/ui/state-mark.tsx';

/** How a supervisor looks into a chat. */
export const CHAT_MODES = ['monitor', 'coach', 'join'] as const;
export type ChatMode = (typeof CHAT_MODES)[number];

const MODE_ICONS = { monitor: IconEye, coach: IconMessage2Share, join: IconUserPlus } as const;
const STATES = ['ready', 'not-ready', 'logged-out'] as const;

/** The chosen agent: their chats, into which one may look, and their state, which one may set. */
export function AgentBar({
  agent,
  onLookInto,
  onChanged,
  onClose,
}: {
  agent: AgentLine;
  onLookInto: (conversationId: string, mode: ChatMode) => void;
  onChanged: () => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { username, name, setBy } = agent;
  const chats = useQuery(chatsOfAgentQuery(username)).data ?? [];
  const [picked, setPicked] = useState<string>();
  const held = chats.filter((chat) => chat.agent?.username === username);
  const flagged = held.find(({ helpFlag }) => helpFlag);
  const chosen = held.find(({ id }) => id === picked) ?? flagged ?? held[0];
  return (
    <div className="agbar" role="group" aria-label={name}>
      <Avatar name={name} size={36} />
      <div className="grow agbar-who">
        <div className="row">
          <span className="semi clip">{name}</span>
          {flagged && (
            <span className="row row-1 t-danger xs med">
              <Icon of={IconFlagFilled} size={14} />
              {flagged.helpFlag?.reason === undefined
                ? t('supervision.asksForHelp')
                : t('supervision.asksForHelpWith', { reason: flagged.helpFlag.reason })}
            </span>
          )}
          {setBy !== undefined && <span className="muted xs">{t('supervision.setBy', { name: setBy })}</span>}
        </div>
        {held.length === 0 ? (
          <span className="muted xs">{t('supervision.noChats')}</span>
        ) : (
          <ChatChips chats={held} chosen={chosen?.id} onChoose={setPicked} />
        )}
      </div>
      {chosen && (
        <span className="seg">
          {CHAT_MODES.map((mode) => (
            <button key={mode} type="button" onClick={() => onLookInto(chosen.id, mode)}>
              <Icon of={MODE_ICONS[mode]} size={14} />
              {t(`supervision.${mode}`)}
            </button>
          ))}
        </span>
      )}
      <StateMenu agent={agent} onChanged={onChanged} />
      <IconButton icon={IconX} label={t('supervision.close', { name })} onClick={onClose} />
    </div>
  );
}

function ChatChips({
  chats,
  chosen,
  onChoose,
}: {
  chats: readonly ConversationView[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const now = useNow();
  const nameOf = useCustomerName();
  return (
    <div className="row row-1 chips" role="radiogroup" aria-label={t('supervision.chooseChat')}>
      {chats.map((chat) => {
        const { id, helpFlag, acceptedAt, startedAt } = chat;
        const length = formatDuration(now - Date.parse(acceptedAt ?? startedAt));
        return (
          <button
            key={id}
            type="button"
            role="radio"
            aria-checked={id === chosen}
            className={`chip ${helpFlag ? 'danger' : id === chosen ? 'accent' : ''}`}
            onClick={() => onChoose(id)}
          >
            {helpFlag && <Icon of={IconFlagFilled} size={12} />}
            <bdi>{nameOf(chat)}</bdi> <span className="num">{length}</span>
          </button>
        );
      })}
    </div>
  );
}

function StateMenu({
  agent: { username, name, state },
  onChanged,
}: {
  agent: AgentLine;
  onChanged: () => void;
}): ReactNode {
  const { t } = useTranslation();

  async function set(wanted: (typeof STATES)[number]): Promise<void> {
    try {
      unwrap(await call('PUT /api/v1/agents/:username/state', { params: { username }, body: { state: wanted } }));
      onChanged();
    } catch (error) {
      tellFailure(t('supervision.stateRefused'), error);
    }
  }

  return (
    <Menu position="top-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="btn sm outline">
          {t('supervision.changeState')}
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('supervision.stateOf', { name })}>
        {STATES.map((each) => (
          <Menu.Item key={each} disabled={each === state} onClick={() => void set(each)}>
            {each === 'logged-out' ? t('supervision.logOut') : <StateMark state={each} />}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
