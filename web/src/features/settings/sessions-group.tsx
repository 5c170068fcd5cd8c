import { IconDeviceDesktop } from '@tabler/icons-react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionListItem } from '../../../../contracts/session-schema.ts';
import { call, unwrap } from '../../shared/client/client.ts';
import { useMe } from '../../shared/data/session.ts';
import { tell } from '../../shared/data/toasts.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { describeDevice } from '../../shared/lib/describe-device.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Group } from './group.tsx';

/** One's own: admins are told everybody's where they name nobody. */
const sessionsQuery = (username: string) =>
  queryOptions({
    queryKey: ['sessions', username],
    queryFn: async () => unwrap(await call('GET /api/v1/sessions', { query: { username } })).items,
    staleTime: 0,
  });

/** Where one is logged in, and how to end what one does not know. */
export function SessionsGroup(): ReactNode {
  const { t } = useTranslation();
  const sessions = useQuery(sessionsQuery(useMe().username)).data ?? [];
  return (
    <Group title={t('settings.sessions')} text={t('settings.sessionsText')}>
      <ul className="sessions">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Group>
  );
}

function SessionRow({ session }: { session: SessionListItem }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const { id, userAgent, address, createdAt, lastSeenAt, isCurrent } = session;
  const described = describeDevice(userAgent);
  const device = described ? t('login.browserOn', described) : t('login.unknownDevice');

  async function revoke(): Promise<void> {
    const response = await call('DELETE /api/v1/sessions/:id', { params: { id } });
    await queryClient.invalidateQueries({ queryKey: ['sessions'] });
    if (response.ok) tell({ kind: 'success', title: t('settings.revoked') });
    else tell({ kind: 'danger', title: t('settings.failed', { reason: response.error.message }) });
  }

  return (
    <li>
      <Icon of={IconDeviceDesktop} size={18} className="muted" />
      <span className="grow">
        <span className="med">{device}</span> <span className="muted num">{address}</span>
        <span className="xs muted session-times num">
          {t('settings.since', { time: formats.moment(createdAt) })} ·{' '}
          {t('settings.lastSeen', { time: formats.moment(lastSeenAt) })}
        </span>
      </span>
      {isCurrent ? (
        <span className="chip accent">{t('settings.thisOne')}</span>
      ) : (
        <button
          type="button"
          className="btn sm outline"
          aria-label={t('settings.revokeLabel', { device })}
          onClick={() => void revoke()}
        >
          {t('settings.revoke')}
        </button>
      )}
    </li>
  );
}
