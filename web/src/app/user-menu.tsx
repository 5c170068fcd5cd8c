import { Popover } from '@mantine/core';
import { IconLogout, IconSettings } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { myStateQuery } from '../shared/data/agent-state.ts';
import { logOut, useMe } from '../shared/data/session.ts';
import { Appearance } from '../shared/ui/appearance.tsx';
import { Avatar } from '../shared/ui/avatar.tsx';
import { Icon } from '../shared/ui/icon.tsx';
import { useRoleName } from '../shared/ui/use-role-name.ts';
import { lookOf } from '../shared/ui/state-mark.tsx';

/** Oneself: appearance, language, settings, and the way out. */
export function UserMenu(): ReactNode {
  const { t } = useTranslation();
  const me = useMe();
  const roleName = useRoleName();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);

  async function leave(): Promise<void> {
    await logOut(queryClient);
    await navigate({ to: '/login', search: {} });
  }

  return (
    <Popover position="right-end" width={288} trapFocus returnFocus opened={isOpen} onChange={setIsOpen}>
      <Popover.Target>
        <button
          type="button"
          className="rail-item"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          title={t('app.you', { name: me.name })}
          aria-label={t('app.you', { name: me.name })}
        >
          <Avatar name={me.name} size={28}>
            <StateDot />
          </Avatar>
        </button>
      </Popover.Target>
      <Popover.Dropdown className="user-menu" aria-label={t('app.you', { name: me.name })}>
        <div className="user-menu-head">
          <div className="med">{me.name}</div>
          <div className="xs muted">{roleName(me.role, me.roleTitle)}</div>
        </div>
        <hr />
        <Appearance />
        <hr />
        <button
          type="button"
          className="menu-item"
          onClick={() => {
            setIsOpen(false);
            void navigate({ to: '/settings' });
          }}
        >
          <Icon of={IconSettings} />
          {t('app.settings')}
        </button>
        <button type="button" className="menu-item" onClick={() => void leave()}>
          <Icon of={IconLogout} />
          {t('app.logOut')}
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}

function StateDot(): ReactNode {
  const { takesChats } = useMe();
  const state = useQuery({ ...myStateQuery, enabled: takesChats }).data;
  if (!state) return null;
  const { icon, className } = lookOf(state.state, state.reason);
  return (
    <span className={`dot ${className}`}>
      <Icon of={icon} size={12} />
    </span>
  );
}
