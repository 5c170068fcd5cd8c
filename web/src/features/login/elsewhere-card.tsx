import { IconDeviceDesktop } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionListItem } from '../../../../contracts/session-schema.ts';
import { call } from '../../shared/client/client.ts';
import { describeDevice } from '../../shared/lib/describe-device.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';

/** The desktop is one for each person: taking over ends the other log-ins. */
export function ElsewhereCard({
  others,
  onTakeOver,
  onCancel,
}: {
  others: SessionListItem[];
  onTakeOver: () => void;
  onCancel: () => Promise<void>;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const [isBusy, setIsBusy] = useState(false);
  const [newest] = others.toSorted((one, other) => other.lastSeenAt.localeCompare(one.lastSeenAt));
  if (!newest) return null;
  const device = describeDevice(newest.userAgent);

  async function takeOver(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    await Promise.all(others.map(({ id }) => call('DELETE /api/v1/sessions/:id', { params: { id } })));
    onTakeOver();
  }

  return (
    <section className="card login-card">
      <h1>{t('login.elsewhereTitle')}</h1>
      <form onSubmit={(event) => void takeOver(event)}>
        <div className="row row-3 login-device">
          <Icon of={IconDeviceDesktop} size={20} className="muted" />
          <span className="grow">
            <span className="med">{device ? t('login.browserOn', device) : t('login.unknownDevice')}</span>
            <span className="xs muted login-since">
              {t('login.elsewhereSince', {
                time: formats.moment(newest.createdAt),
                seen: formats.time(newest.lastSeenAt),
              })}
              {others.length > 1 && ` ${t('login.elsewhereMany', { count: others.length - 1 })}`}
            </span>
          </span>
        </div>
        <p className="secondary">{t('login.elsewhereMore')}</p>
        <button type="submit" className="btn primary lg" aria-disabled={isBusy} autoFocus>
          {t('login.takeOver')}
        </button>
        <button type="button" className="btn quiet" onClick={() => void onCancel()}>
          {t('login.keepBoth')}
        </button>
      </form>
    </section>
  );
}
