import './supervision.css';
import {
  IconAlertTriangle,
  IconBellCheck,
  IconCircleCheck,
  IconFlagFilled,
  IconHourglass,
  IconMessageOff,
  IconUserOff,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, unwrap } from '../../shared/client/client.ts';
import { refreshAlerts, serviceAlertsQuery, type ServiceAlert } from '../../shared/data/alerts.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { LoadFailed } from '../../shared/ui/load-failed.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { SupervisorTabs } from '../../shared/ui/supervisor-tabs.tsx';
import { Timer } from '../../shared/ui/timer.tsx';

const STATES = ['open', 'resolved'] as const;
const ICONS = {
  'long-wait': IconHourglass,
  'help-wanted': IconFlagFilled,
  'agent-silent': IconMessageOff,
  'nobody-ready': IconUserOff,
};

/** What is the matter with the services, and who has taken it up. `onLookInto`: opens the chat that it is about. */
export function AlertsPage({ onLookInto }: { onLookInto: (conversationId: string) => void }): ReactNode {
  const { t } = useTranslation();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const { data: alerts, error, refetch } = useQuery(serviceAlertsQuery(state));
  return (
    <main className="sup" id="main" aria-label={t('supervision.alerts.title')} data-region aria-busy={!alerts}>
      <header className="sbar">
        <h1 className="visually-hidden">{t('supervision.alerts.title')}</h1>
        <SupervisorTabs />
      </header>
      <div className="alerts">
        <Segmented
          label={t('supervision.alerts.title')}
          value={state}
          choices={STATES.map((value) => ({ value, label: t(`supervision.alerts.${value}`) }))}
          onChange={setState}
        />
        <section className="card alerts-card" aria-label={t(`supervision.alerts.${state}`)}>
          {alerts === undefined && error ? (
            <LoadFailed
              title={t('supervision.alerts.failedTitle')}
              message={error.message}
              onRetry={() => void refetch()}
            />
          ) : alerts === undefined ? (
            <div className="skel sup-skeleton" />
          ) : alerts.length === 0 ? (
            <EmptyState icon={IconBellCheck} title={t(`supervision.alerts.none.${state}`)}>
              {t(`supervision.alerts.noneText.${state}`)}
            </EmptyState>
          ) : (
            <ul>
              {alerts.map((alert) => (
                <AlertLine key={alert.id} alert={alert} onLookInto={onLookInto} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </main>
  );
}

function AlertLine({
  alert,
  onLookInto,
}: {
  alert: ServiceAlert;
  onLookInto: (conversationId: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { id, kind, service, group, message, remedy, firstAt, resolvedAt, acknowledged, conversationId } = alert;
  const isOpen = resolvedAt === undefined;
  const known = kind in ICONS ? (kind as keyof typeof ICONS) : undefined;
  // What is known by its kind is said in the reader's language.
  const title = known ? t(`supervision.alerts.kinds.${known}`, { service: service ?? group }) : message;
  const hint = known ? t(`supervision.alerts.remedies.${known}`) : remedy;
  return (
    <li className="alert-line">
      <Icon
        of={isOpen ? (known ? ICONS[known] : IconAlertTriangle) : IconCircleCheck}
        className={isOpen ? 't-danger' : 'muted'}
      />
      <span className="alert-text">
        <b className="med">{title}</b>
        {isOpen && hint !== undefined && <span className="secondary">{hint}</span>}
        <span className="xs muted num">
          {isOpen
            ? t('supervision.alerts.since', { time: formats.moment(firstAt) })
            : t('supervision.alerts.fromTo', { from: formats.moment(firstAt), to: formats.moment(resolvedAt) })}
          {acknowledged &&
            ` · ${t('supervision.alerts.acknowledged', { name: acknowledged.by, time: formats.time(acknowledged.at) })}`}
        </span>
      </span>
      {isOpen && <Timer since={Date.parse(firstAt)} title={t('supervision.alerts.age')} />}
      {isOpen && (
        <span className="alert-acts">
          {conversationId !== undefined && (
            <button type="button" className="btn sm outline" onClick={() => onLookInto(conversationId)}>
              {t('supervision.monitor')}
            </button>
          )}
          {conversationId === undefined && (
            <Link className="btn sm outline" to="/supervision">
              {t('supervision.alerts.toQueue')}
            </Link>
          )}
          {!acknowledged && <AcknowledgeButton id={id} title={title} />}
        </span>
      )}
    </li>
  );
}

function AcknowledgeButton({ id, title }: { id: string; title: string }): ReactNode {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  async function acknowledge(): Promise<void> {
    setIsBusy(true);
    try {
      unwrap(await call('POST /api/v1/alerts/:id/acknowledge', { params: { id } }));
    } catch (error) {
      tellFailure(t('supervision.refused'), error);
    } finally {
      setIsBusy(false);
      refreshAlerts(queryClient);
    }
  }
  return (
    <button
      type="button"
      className="btn sm outline"
      disabled={isBusy}
      aria-label={t('supervision.alerts.acknowledgeThis', { title })}
      onClick={() => void acknowledge()}
    >
      {t('supervision.alerts.acknowledge')}
    </button>
  );
}
