import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { call } from '../../../shared/client/client.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { SEND_LANES, systemQuery, testQuery, useSendLane } from '../data/accounts.ts';
import { useWords } from '../form/words.ts';
import type { ExtraProps } from '../model/section.ts';
import { useAction } from '../pages/use-action.ts';

/** The guide's least, and what we need beside it. */
const FIELDS = ['messages', 'message_deliveries', 'message_reads', 'message_echoes', 'messaging_postbacks'];

/** What goes into the Facebook app, what the Page subscribes, and how sending stands. */
export function CallbackAddress({ item }: ExtraProps): ReactNode {
  const { word } = useWords();
  const id = useId();
  const system = useQuery(systemQuery).data;
  const url = system?.callbackUrl ?? '';
  return (
    <div className="stack-16">
      <div className="field">
        <label className="label" htmlFor={id}>
          {word('account.callback')}
        </label>
        <div className="input locked">
          <input id={id} className="mono" readOnly value={url} onFocus={(event) => event.target.select()} />
          <IconButton
            icon={IconCopy}
            className="in-btn"
            label={word('form.copy', { label: word('account.callback') })}
            onClick={() => void copy()}
          />
        </div>
        {system?.isPublicUrlSet === false && <span className="hint">{word('account.callbackGuess')}</span>}
      </div>
      {item && <SubscribedFields name={item.name} />}
      {item && <SendLane name={item.name} />}
    </div>
  );

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(url);
    tell({ kind: 'success', title: word('form.copied', { label: word('account.callback') }) });
  }
}

/** Known once the connection was tested. */
function SubscribedFields({ name }: { name: string }): ReactNode {
  const { word } = useWords();
  const checks = useQuery(testQuery(name)).data?.checks;
  const about = checks?.filter(({ check }) => check === 'page-subscription' || check === 'message-echoes');
  const isKnown = about?.some(({ state }) => state !== 'not-run') === true;
  const trouble = about?.filter(({ state }) => state === 'failed' || state === 'warning') ?? [];
  const isMissing = (field: string): boolean =>
    trouble.some(({ message }) => new RegExp(`\\b${field}\\b`).test(message));
  return (
    <div className="field">
      <span className="label">{word('account.fields')}</span>
      {isKnown ? (
        <span className="row row-1 wrap">
          {FIELDS.map((field) => (
            <span key={field} className={`chip ${isMissing(field) ? 'danger' : 'success'}`}>
              <Icon of={isMissing(field) ? IconX : IconCheck} size={12} />
              <span className="visually-hidden">
                {word(isMissing(field) ? 'account.missing' : 'account.subscribed')}:{' '}
              </span>
              {field}
            </span>
          ))}
        </span>
      ) : (
        <span className="xs muted">{word('account.fieldsLater')}</span>
      )}
    </div>
  );
}

function SendLane({ name }: { name: string }): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const act = useAction();
  const lane = useSendLane(name);
  if (!lane) return null;
  const tone = { open: 'success', slow: 'warn', held: 'warn', closed: 'danger' }[lane.state];
  const { pageId } = lane;

  const resume = (): Promise<boolean> =>
    act(() => call('POST /api/v1/send-lanes/:pageId/resume', { params: { pageId } }), {
      done: word('account.resumed'),
      shows: [SEND_LANES],
    });

  return (
    <div className="field">
      <span className="label">{word('account.lane')}</span>
      <span className="row wrap">
        <span className={`chip ${tone}`}>{word(`account.lanes.${lane.state}`)}</span>
        {lane.reason !== undefined && <span className="secondary">{lane.reason}</span>}
        {lane.closedSince !== undefined && (
          <span className="xs muted">{word('account.since', { time: formats.moment(lane.closedSince) })}</span>
        )}
        {lane.parkedParts > 0 && (
          <span className="xs muted">{word('account.parked', { count: lane.parkedParts })}</span>
        )}
        {lane.state !== 'open' && (
          <button type="button" className="btn sm outline" onClick={() => void resume()}>
            {word('account.resume')}
          </button>
        )}
      </span>
    </div>
  );
}
