import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../../../shared/client/client.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { deliveriesQuery } from '../data/operations.ts';
import { useWords } from '../form/words.ts';
import type { ExtraProps } from '../model/section.ts';
import { useAction } from '../pages/use-action.ts';

/** Events that the receiver has not taken, and trying them again. */
export function WebhookDeliveries({ item }: ExtraProps): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const act = useAction();
  const { data: deliveries } = useQuery({ ...deliveriesQuery(item?.name ?? ''), enabled: item !== undefined });
  if (!item) return <p className="muted">{word('webhook.later')}</p>;
  if (!deliveries || deliveries.length === 0) return <p className="muted">{word('webhook.none')}</p>;
  const done = word('webhook.replayed');
  const shows = ['webhook-deliveries'];
  const hasDead = deliveries.some(({ state }) => state === 'dead');
  return (
    <div className="stack-12">
      <ul className="cards">
        {deliveries.map(({ id, type, state, tries, reason, createdAt, dueAt }) => (
          <li key={id} className="trouble">
            <span className={`chip ${state === 'dead' ? 'danger' : 'warn'}`}>{word(`webhook.states.${state}`)}</span>
            <span className="grow">
              <span className="mono">{type}</span> <span className="xs muted num">{formats.moment(createdAt)}</span>
              {reason !== undefined && <span className="secondary block">{reason}</span>}
              <span className="xs muted num block">
                {word(state === 'dead' ? 'webhook.givenUp' : 'webhook.next', {
                  count: tries,
                  time: formats.moment(dueAt),
                })}
              </span>
            </span>
            {state === 'dead' && (
              <button
                type="button"
                className="btn sm outline"
                onClick={() =>
                  void act(() => call('POST /api/v1/webhook-deliveries/:id/replay', { params: { id } }), {
                    done,
                    shows,
                  })
                }
              >
                {word('webhook.replay')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {hasDead && (
        <button
          type="button"
          className="btn outline add-row"
          onClick={() =>
            void act(() => call('POST /api/v1/webhooks/:name/replay', { params: { name: item.name } }), { done, shows })
          }
        >
          {word('webhook.replayAll')}
        </button>
      )}
    </div>
  );
}
