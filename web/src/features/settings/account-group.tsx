import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { logOut, useMe } from '../../shared/data/session.ts';
import { useRoleName } from '../../shared/ui/use-role-name.ts';
import { Group } from './group.tsx';

/** Who is logged in, and the way out. */
export function AccountGroup(): ReactNode {
  const { t } = useTranslation();
  const { name, role, roleTitle } = useMe();
  const roleName = useRoleName();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  async function leave(): Promise<void> {
    await logOut(queryClient);
    await navigate({ to: '/login', search: {} });
  }
  return (
    <Group title={t('settings.account')} text={t('settings.accountText', { name, role: roleName(role, roleTitle) })}>
      <button type="button" className="btn outline" onClick={() => void leave()}>
        {t('app.logOut')}
      </button>
    </Group>
  );
}
