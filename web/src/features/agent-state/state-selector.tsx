import './state-selector.css';
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  choicesQuery,
  useChooseState,
  useMyState,
  type AgentStateView,
  type StateRequest,
} from '../../shared/data/agent-state.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { KEY_NAMES, useCommand } from '../../shared/lib/commands.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { StateMark, useStateWord } from '../../shared/ui/state-mark.tsx';

/** One's own state with the time in it, and what may be chosen. `chats`: how many are open. */
export function StateSelector({ chats }: { chats: number }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const state = useMyState();
  const choose = useChooseState();
  const wordOf = useStateWord();
  useCommand('state', () => setIsOpen(true));
  if (!state) return <span className="skel state-skeleton" />;

  function change(request: StateRequest): void {
    choose.mutate(request, {
      onError: (error) => tellFailure(t('state.refused'), error),
    });
  }

  return (
    <Menu opened={isOpen} onChange={setIsOpen} position="bottom-start" width={288} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button
          type="button"
          className="state-btn"
          aria-label={t('state.label', { state: wordOf(state.state, state.reason) })}
          title={`${t('state.menu')} (${KEY_NAMES.state})`}
        >
          <StateMark state={state.state} reason={state.reason} />
          {state.state !== 'logged-out' && <StateTime since={state.at} />}
          <Icon of={IconChevronDown} className="muted state-chevron" />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('state.menu')}>
        <StateChoices state={state} chats={chats} onChoose={change} />
      </Menu.Dropdown>
    </Menu>
  );
}

function StateTime({ since }: { since: string }): ReactNode {
  const now = useNow();
  return <span className="timer">{formatDuration(now - Date.parse(since))}</span>;
}

interface ChoicesProps {
  state: AgentStateView;
  chats: number;
  onChoose: (request: StateRequest) => void;
}

function StateChoices({ state, chats, onChoose }: ChoicesProps): ReactNode {
  const { t } = useTranslation();
  const choices = useQuery(choicesQuery).data;
  const wordOf = useStateWord();
  /** Whoever has chats leaves when these have ended: nobody is cut off. */
  const whenFree = chats > 0 ? { when: 'chats-ended' as const } : {};
  const { states = [], breaks = [], breakRequired = false } = choices ?? {};
  return (
    <>
      {states.includes('ready') && (
        <StateItem
          state="ready"
          isChosen={state.state === 'ready' && !state.next}
          onChoose={() => onChoose({ state: 'ready' })}
        />
      )}
      {states.includes('supervising') && (
        <StateItem
          state="supervising"
          isChosen={state.state === 'supervising'}
          onChoose={() => onChoose({ state: 'supervising' })}
        />
      )}
      <Menu.Label>{t('state.notReadyGroup')}</Menu.Label>
      {(breaks.length === 0 || !breakRequired) && (
        <StateItem
          state="not-ready"
          isChosen={state.state === 'not-ready' && state.reason === undefined}
          onChoose={() => onChoose({ state: 'not-ready', ...whenFree })}
        />
      )}
      {breaks.map(({ name, returnAfterMs }) => (
        <StateItem
          key={name}
          state="not-ready"
          reason={name}
          isChosen={state.state === 'not-ready' && state.reason === name}
          aside={returnAfterMs === undefined ? undefined : t('state.limit', { time: formatDuration(returnAfterMs) })}
          onChoose={() => onChoose({ state: 'not-ready', reason: name, ...whenFree })}
        />
      ))}
      {state.next && (
        <p className="state-note">{t('state.next', { state: wordOf(state.next.state, state.next.reason) })}</p>
      )}
      {!state.next && chats > 0 && <p className="state-note">{t('state.willWait', { count: chats })}</p>}
      {state.setBy !== undefined && <p className="state-note">{t('state.setBy', { name: state.setBy })}</p>}
      <Menu.Divider />
      <StateItem
        state="logged-out"
        isChosen={state.state === 'logged-out'}
        aside={chats > 0 ? t('state.afterChats') : undefined}
        onChoose={() => onChoose({ state: 'logged-out', ...whenFree })}
      />
    </>
  );
}

function StateItem({
  state,
  reason,
  isChosen,
  aside,
  onChoose,
}: {
  state: AgentStateView['state'];
  reason?: string;
  isChosen: boolean;
  aside?: string | undefined;
  onChoose: () => void;
}): ReactNode {
  return (
    <Menu.Item onClick={onChoose} aria-current={isChosen ? 'true' : undefined}>
      <span className="state-item">
        <StateMark state={state} reason={reason} />
        {aside !== undefined && <span className="xs muted end num">{aside}</span>}
        {isChosen && (
          <span className="end">
            <Icon of={IconCheck} />
          </span>
        )}
      </span>
    </Menu.Item>
  );
}
