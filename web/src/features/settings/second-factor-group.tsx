import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactorView } from '../../../../contracts/session-schema.ts';
import { call, unwrap } from '../../shared/client/client.ts';
import { logInMethodsQuery } from '../../shared/data/session.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Group } from './group.tsx';
import { TurnOffDialog } from './turn-off-dialog.tsx';
import { TurnOnDialog } from './turn-on-dialog.tsx';

/** How one's own second factor stands. */
export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: async () => unwrap(await call('GET /api/v1/users/me/second-factor')),
  staleTime: 0,
});

/** Whether one's log-in needs more than the password, and how to change that. */
export function SecondFactorGroup(): ReactNode {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [dialog, setDialog] = useState<'on' | 'off'>();
  const factor = useQuery(secondFactorQuery).data;
  const provider = useQuery(logInMethodsQuery).data?.provider?.name ?? '';
  if (!factor) return null;
  const { isOn, isRequired, isByProvider } = factor;

  function close(): void {
    setDialog(undefined);
    void queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    void queryClient.invalidateQueries({ queryKey: ['sessions'] });
  }

  return (
    <Group title={t('secondFactor.title')} text={t('secondFactor.text')}>
      {isByProvider && <p className="secondary">{t('secondFactor.atProvider', { provider })}</p>}
      {(isOn || !isByProvider) && <Standing factor={factor} />}
      {isOn && isRequired && <p className="secondary">{t('secondFactor.stays')}</p>}
      {isOn && !isRequired && (
        <button type="button" className="btn outline" onClick={() => setDialog('off')}>
          {t('secondFactor.turnOff')}
        </button>
      )}
      {!isOn && !isByProvider && (
        <button type="button" className="btn outline" onClick={() => setDialog('on')}>
          {t('secondFactor.turnOn')}
        </button>
      )}
      {dialog === 'on' && <TurnOnDialog onClose={close} />}
      {dialog === 'off' && <TurnOffDialog onClose={close} />}
    </Group>
  );
}

function Standing({ factor: { isOn, since = '', recoveryCodesLeft } }: { factor: SecondFactorView }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <p className="row row-1">
      <Icon of={isOn ? IconShieldCheck : IconShieldOff} size={18} className={isOn ? 't-success' : 'muted'} />
      <span>
        {isOn ? t('secondFactor.onSince', { time: formats.moment(since) }) : t('secondFactor.off')}{' '}
        {isOn && t('secondFactor.codesLeft', { count: recoveryCodesLeft })}
      </span>
    </p>
  );
}
