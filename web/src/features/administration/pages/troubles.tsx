import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../../../shared/client/client.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { alertsQuery } from '../data/operations.ts';
import { useWords } from '../form/words.ts';
import { TroubleList } from './trouble-list.tsx';
import { useAction } from './use-action.ts';

/** Alerts that nobody has seen to. */
export function Troubles(): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const act = useAction();
  const { data: alerts } = useQuery(alertsQuery);
  if (!alerts) return null;
  const cards = alerts.map(({ id, message, remedy, count, firstAt, lastAt }) => (
    <li key={id} className="trouble">
      <Icon of={IconAlertTriangle} className="t-warn" />
      <span className="grow">
        <span className="med block">{message}</span>
        {remedy !== undefined && <span className="secondary block">{remedy}</span>}
        <span className="xs muted num">
          {word('alerts.times', { count, first: formats.moment(firstAt), last: formats.moment(lastAt) })}
        </span>
      </span>
      <button
        type="button"
        className="btn sm outline"
        onClick={() =>
          void act(() => call('POST /api/v1/alerts/:id/resolve', { params: { id } }), {
            done: word('alerts.resolved'),
            shows: ['alerts'],
          })
        }
      >
        {word('alerts.resolve')}
      </button>
    </li>
  ));
  return <TroubleList title={word('alerts.title')} none={word('alerts.none')} cards={cards} />;
}
