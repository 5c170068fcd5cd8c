import { IconBell, IconClock, IconHourglass, IconInfoCircle, IconMoodSmile } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import type { LiveOverview, QueueLine, ServiceFigures } from '../../shared/data/overview.ts';
import { tell, tellFailure } from '../../shared/data/toasts.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { WaitTimer } from '../../shared/ui/timer.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { ChoiceMenu } from './choice-menu.tsx';
import { tellWhy } from './why-waits.ts';

const ORDERS = ['longest', 'priority', 'service'] as const;
type Order = (typeof ORDERS)[number];

const STEP = 10;
const HIGHEST = 100;

/** Who waits, the longest first, with why; and what can be done for them. */
export function QueueCard({ overview, onChanged }: { overview: LiveOverview; onChanged: () => void }): ReactNode {
  const { t } = useTranslation();
  const { queue, waiting, services, agents } = overview;
  const [open, setOpen] = useState<string>();
  const [assigned, setAssigned] = useState<QueueLine>();
  const [order, setOrder] = useState<Order>('longest');
  const targets = new Map(services.map((service) => [service.name, service]));
  return (
    <section className="card queue-card" aria-labelledby="sup-queue">
      <div className="ch">
        <h2 id="sup-queue">{t('supervision.queue')}</h2>
        <span className="muted num">{t('supervision.waitingCount', { count: waiting })}</span>
        <span className="end" />
        <ChoiceMenu
          className="btn sm ghost"
          label={t('supervision.sort')}
          value={order}
          choices={ORDERS.map((value) => ({ value, label: t(`supervision.sorts.${value}`) }))}
          onChange={setOrder}
        />
      </div>
      {queue.length === 0 ? (
        <EmptyState icon={IconMoodSmile} title={t('supervision.nobodyWaitsTitle')}>
          {t('supervision.nobodyWaitsText')}
        </EmptyState>
      ) : (
        <ol className="q" tabIndex={0} aria-labelledby="sup-queue">
          {sortQueue(queue, order).map((line) => (
            <QueueRow
              key={line.conversation.id}
              line={line}
              service={targets.get(line.conversation.service ?? '')}
              isOpen={open === line.conversation.id}
              onToggle={() => setOpen(open === line.conversation.id ? undefined : line.conversation.id)}
              onAssign={() => setAssigned(line)}
              onChanged={onChanged}
            />
          ))}
          {waiting > queue.length && (
            <li className="muted xs">{t('supervision.moreWait', { count: waiting - queue.length })}</li>
          )}
        </ol>
      )}
      {assigned && (
        <AssignDialog line={assigned} agents={agents} onClose={() => setAssigned(undefined)} onAssigned={onChanged} />
      )}
    </section>
  );
}

/** The longest waiting come first, within a priority and a service, too. */
function sortQueue(queue: readonly QueueLine[], order: Order): QueueLine[] {
  if (order === 'longest') return [...queue];
  return queue.toSorted((one, other) =>
    order === 'priority'
      ? (other.why?.priority ?? 0) - (one.why?.priority ?? 0)
      : (one.conversation.service ?? '').localeCompare(other.conversation.service ?? ''),
  );
}

interface RowProps {
  line: QueueLine;
  service: ServiceFigures | undefined;
  isOpen: boolean;
  onToggle: () => void;
  onAssign: () => void;
  onChanged: () => void;
}

function QueueRow({ line, service, isOpen, onToggle, onAssign, onChanged }: RowProps): ReactNode {
  const { t } = useTranslation();
  const now = useNow();
  const nameOf = useCustomerName();
  const { conversation, offer, why } = line;
  const name = nameOf(conversation);
  const since = Date.parse(conversation.queuedAt ?? conversation.startedAt);
  const words = wordsOf(conversation);
  const icon = offer ? IconBell : why && why.agents.length === 0 ? IconHourglass : IconInfoCircle;
  return (
    <li className={isOpen ? 'hot' : ''}>
      <button type="button" className="q-row" aria-expanded={isOpen} onClick={onToggle}>
        <span className="row">
          <span className="semi clip" dir="auto">
            {name}
          </span>
          <span className="end">
            <WaitTimer
              since={since}
              targetMs={2 * (service?.target.withinMs ?? 60_000)}
              title={t('supervision.waits')}
              calmIcon={IconClock}
            />
          </span>
        </span>
        {words !== undefined && (
          <span className="clip secondary q-words" dir="auto">
            {words}
          </span>
        )}
        <span className="why">
          <Icon of={icon} size={14} className="muted" />
          <span>
            {conversation.service !== undefined && <b className="med">{conversation.service}. </b>}
            {tellWhy(t, line, now)}
            {why && why.priority > 0 && ` ${t('supervision.priority', { priority: why.priority })}.`}
          </span>
        </span>
      </button>
      {isOpen && (
        <div className="acts" role="group" aria-label={t('supervision.actions', { name })}>
          <button type="button" className="btn sm outline" onClick={onAssign}>
            {t('supervision.assign')}
          </button>
          {!offer && (
            <RaiseButton id={conversation.id} name={name} priority={why?.priority ?? 0} onChanged={onChanged} />
          )}
        </div>
      )}
    </li>
  );
}

/** What they came for: their newest words, else what they answered last, else how they began. */
function wordsOf({ chat, answers }: QueueLine['conversation']): string | undefined {
  const { firstWords, lastWords } = chat ?? {};
  if (lastWords?.by === 'customer' && lastWords.text !== undefined) return lastWords.text;
  return answers?.at(-1)?.value ?? firstWords?.text;
}

function RaiseButton({
  id,
  name,
  priority,
  onChanged,
}: {
  id: string;
  name: string;
  priority: number;
  onChanged: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  const raised = Math.min(HIGHEST, priority + STEP);

  async function raise(): Promise<void> {
    setIsBusy(true);
    try {
      const body = { clientId: newClientId(), priority: raised };
      unwrap(await call('POST /api/v1/conversations/:id/priority', { params: { id }, body }));
      tell({ kind: 'success', title: t('supervision.raised', { name, priority: raised }) });
      onChanged();
    } catch (error) {
      tellFailure(t('supervision.refused'), error);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <button
      type="button"
      className="btn sm outline"
      disabled={isBusy || priority >= HIGHEST}
      onClick={() => void raise()}
    >
      {t('supervision.raise')}
    </button>
  );
}
