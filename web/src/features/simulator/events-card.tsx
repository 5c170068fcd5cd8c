import { IconActivity, IconArrowLeft, IconArrowRight, IconCopy, IconTrash } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { memo, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tell } from '../../shared/data/toasts.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { SearchField } from '../../shared/ui/search-field.tsx';
import { attempt } from './attempt.ts';
import { describeCall, type CallWords } from './describe-call.ts';
import { JsonText, prettyJson } from './json-text.tsx';
import { ask, callsQuery, customersQuery, type LoggedCall, type Page } from './simulator-api.ts';

type Which = 'all' | LoggedCall['direction'];

/** Everything that Messenger and Attendant say to each other, newest first. */
export function EventsCard({ pages }: { pages: readonly Page[] }): ReactNode {
  const { t } = useTranslation('simulator');
  const [which, setWhich] = useState<Which>('all');
  const [words, setWords] = useState('');
  const all = useDescribedCalls(pages);
  const wanted = words.trim().toLowerCase();
  const shown = all.filter(
    ({ call, name, summary }) =>
      (which === 'all' || call.direction === which) &&
      (wanted === '' || `${name} ${summary} ${call.body ?? ''}`.toLowerCase().includes(wanted)),
  );
  return (
    <section className="card events-card" aria-label={t('events.title')}>
      <div className="ch">
        <h2>{t('events.title')}</h2>
        <Segmented
          label={t('events.which')}
          value={which}
          choices={[
            { value: 'all', label: t('events.all') },
            { value: 'webhook', label: <WayLabel icon={IconArrowRight} text={t('events.webhooks')} /> },
            { value: 'graph', label: <WayLabel icon={IconArrowLeft} text={t('events.calls')} /> },
          ]}
          onChange={setWhich}
        />
        <span className="end" />
        <SearchField label={t('events.filter')} words={words} onChange={setWords} look="sm events-filter" />
        <IconButton icon={IconTrash} label={t('events.clear')} onClick={() => attempt(() => ask('DELETE', 'log'))} />
      </div>
      {shown.length === 0 ? (
        <div className="events-empty">
          <EmptyState icon={IconActivity} title={all.length > 0 ? t('events.noMatch') : t('events.none')}>
            {all.length > 0 ? undefined : t('events.noneText')}
          </EmptyState>
        </div>
      ) : (
        <ul className="events scroll" aria-label={t('events.list')}>
          {shown.map(({ call, name, summary }) => (
            <EventRow key={call.id} call={call} name={name} summary={summary} />
          ))}
        </ul>
      )}
    </section>
  );
}

function WayLabel({ icon, text }: { icon: typeof IconArrowLeft; text: string }): ReactNode {
  return (
    <>
      <Icon of={icon} size={12} />
      {text}
    </>
  );
}

type DescribedCall = CallWords & { call: LoggedCall };

function useDescribedCalls(pages: readonly Page[]): DescribedCall[] {
  const { t } = useTranslation('simulator');
  const formats = useFormats();
  const calls = useQuery(callsQuery).data;
  const customers = useQueries({
    queries: pages.map(({ pageId }) => customersQuery(pageId)),
    combine: (results) => results.flatMap(({ data = [] }) => data),
  });
  return useMemo(() => {
    const names = new Map(customers.map(({ psid, name }) => [psid, name]));
    const context = { t, nameOf: (psid: string) => names.get(psid) ?? psid, time: (at: number) => formats.time(at) };
    return (calls ?? []).map((call) => ({ call, ...describeCall(call, context) }));
  }, [calls, customers, t, formats]);
}

const EventRow = memo(function EventRow({ call, name, summary }: DescribedCall): ReactNode {
  const { t } = useTranslation('simulator');
  const formats = useFormats();
  const [isOpen, setIsOpen] = useState(false);
  const { direction, at, state, status } = call;
  const isBad = state === 'lost' || (status ?? 200) >= 400;
  const isWebhook = direction === 'webhook';
  const colour = isBad ? 't-danger' : isWebhook ? 't-success' : 't-accent';
  const ms = String(at % 1000).padStart(3, '0');
  const seconds = String(Math.floor(at / 1000) % 60).padStart(2, '0');
  return (
    <li>
      <button
        type="button"
        className={`ev ${isBad ? 'bad' : ''} ${isOpen ? 'open' : ''}`}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className="num muted ev-time">
          {formats.time(at)}:{seconds}.{ms}
        </span>
        <Icon of={isWebhook ? IconArrowRight : IconArrowLeft} size={14} className={colour} />
        <span className="mono clip">
          <span className="visually-hidden">{isWebhook ? t('events.webhook') : t('events.call')} </span>
          {name}
        </span>
        <span className="clip secondary" dir="auto">
          {summary}
        </span>
        <span className={`num ev-status ${isBad ? 't-danger med' : 'muted'}`}>
          {state === 'answered' ? status : <StateMark state={state} />}
        </span>
      </button>
      {isOpen && <EventDetails call={call} summary={summary} />}
    </li>
  );
});

function StateMark({ state }: { state: 'open' | 'lost' }): ReactNode {
  const { t } = useTranslation('simulator');
  return (
    <>
      <span aria-hidden="true">{state === 'open' ? '…' : '–'}</span>
      <span className="visually-hidden">{state === 'open' ? t('events.underWay') : t('events.noAnswer')}</span>
    </>
  );
}

function EventDetails({ call, summary }: { call: LoggedCall; summary: string }): ReactNode {
  const { t } = useTranslation('simulator');
  const { method, path, body, answer, ms } = call;
  async function copy(): Promise<void> {
    const parts = [`${method} ${path}`, body, answer].filter((part) => part !== undefined);
    await navigator.clipboard.writeText(parts.map(prettyJson).join('\n\n'));
    tell({ kind: 'success', title: t('events.copied') });
  }
  return (
    <div className="json">
      <div className="row json-head">
        <span className="mono grow">
          {method} {path}
        </span>
        {ms !== undefined && <span className="num muted">{t('events.took', { ms })}</span>}
        <IconButton icon={IconCopy} size={14} label={t('events.copy')} onClick={() => attempt(copy)} />
      </div>
      <p className="json-summary" dir="auto">
        {summary}
      </p>
      <h3>{t('events.sentBody')}</h3>
      {body === undefined ? <p className="muted">{t('events.noBody')}</p> : <JsonText text={body} />}
      {answer !== undefined && (
        <>
          <h3>{t('events.answer')}</h3>
          <JsonText text={answer} />
        </>
      )}
    </div>
  );
}
