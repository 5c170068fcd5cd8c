import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { BulkPreview, BulkSurgeryView, TimerView } from '../../../../../contracts/bulk-surgery-schema.ts';
import { newClientId } from '../../../shared/client/client.ts';
import { reasonOf } from '../../../shared/client/problem-of.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { beginTurn, previewTurn, stopTurn, surgeryQuery, type Turn } from '../data/timers.ts';
import { useWords } from '../form/words.ts';

const MINUTE_S = 60;
const STEPS = { minutes: 10 * MINUTE_S, hour: 60 * MINUTE_S, hours: 240 * MINUTE_S, day: 1440 * MINUTE_S } as const;
type Step = keyof typeof STEPS;

interface Asked {
  kind: Turn['kind'];
  isSkipped: boolean;
  timers: readonly TimerView[];
}

/** First what would come of it, then doing it, then how it stands. */
export function TurnDialog({ asked, onClose }: { asked: Asked; onClose: () => void }): ReactNode {
  const { word } = useWords();
  const [step, setStep] = useState<Step>('hour');
  // One order, however often it is sent.
  const [clientId] = useState(newClientId);
  const [begunId, setBegunId] = useState<string>();
  const client = useQueryClient();
  const surgery = toTurn(asked, step);
  const preview = useQuery({
    queryKey: ['turn-preview', clientId, surgery],
    queryFn: () => previewTurn(surgery, asked.timers),
    staleTime: Infinity,
    retry: false,
  });
  const order = useMutation({
    mutationFn: (items: BulkPreview['items']) => beginTurn(surgery, { items, clientId }),
    onSuccess: ({ id }) => setBegunId(id),
  });
  async function close(): Promise<void> {
    onClose();
    await Promise.all(['timers', 'surgeries'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  }
  const key = asked.kind === 'fire-timer' ? 'fire' : asked.isSkipped ? 'skip' : 'putOff';
  const failure = order.error ?? preview.error;
  const items = preview.data?.items ?? [];
  return (
    <Dialog
      isOpen
      title={word(`timers.titles.${key}`, { count: asked.timers.length })}
      onClose={() => void close()}
      foot={
        <>
          <button type="button" className="btn outline" data-autofocus onClick={() => void close()}>
            {word(begunId === undefined ? 'timers.cancel' : 'timers.close')}
          </button>
          {begunId === undefined && (
            <button
              type="button"
              className="btn primary"
              disabled={items.length === 0 || order.isPending}
              onClick={() => order.mutate(items)}
            >
              {word('timers.carryOut', { count: items.length })}
            </button>
          )}
        </>
      }
    >
      <div className="dialog-text col">
        {begunId === undefined && (
          <>
            <p>{word(`timers.means.${key}`)}</p>
            {key === 'putOff' && <StepField step={step} onChange={setStep} />}
            <div role="status">
              {preview.data ? <Outcomes preview={preview.data} /> : !failure && <p>{word('timers.asking')}</p>}
            </div>
          </>
        )}
        {begunId !== undefined && <Progress id={begunId} />}
        {failure && (
          <p className="t-danger" role="alert">
            {reasonOf(failure)}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function toTurn({ kind, isSkipped }: Asked, step: Step): Turn {
  if (kind === 'fire-timer') return { kind };
  return isSkipped ? { kind } : { kind, seconds: STEPS[step] };
}

function StepField({ step, onChange }: { step: Step; onChange: (step: Step) => void }): ReactNode {
  const { word } = useWords();
  return (
    <Field label={word('timers.by.time')}>
      {(control) => (
        <span className="input">
          <select {...control} value={step} onChange={(event) => onChange(event.target.value as Step)}>
            {(Object.keys(STEPS) as Step[]).map((each) => (
              <option key={each} value={each}>
                {word(`timers.steps.${each}`)}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  );
}

/** What would become of them, by where they stand. */
function Outcomes({ preview: { groups } }: { preview: BulkPreview }): ReactNode {
  const { word } = useWords();
  return (
    <ul className="outcomes">
      {groups.map(({ scenario, block, title, outcome, to, isOver, count }) => (
        <li key={JSON.stringify([scenario, block, outcome, to, isOver])}>
          <span className="num med">{count}</span> <bdi>{title ?? block ?? word('timers.nowhere')}</bdi>
          {': '}
          {outcome === 'done'
            ? word(isOver ? 'timers.wouldEnd' : to === block ? 'timers.wouldStay' : 'timers.wouldGo', { block: to })
            : word(`timers.outcomes.${outcome}`)}
        </li>
      ))}
    </ul>
  );
}

function Progress({ id }: { id: string }): ReactNode {
  const { word } = useWords();
  const client = useQueryClient();
  const operation = useQuery(surgeryQuery(id)).data;
  const stop = useMutation({
    mutationFn: () => stopTurn(id),
    onSuccess: (stopped) => client.setQueryData(surgeryQuery(id).queryKey, stopped),
  });
  if (!operation) return null;
  const { state, total } = operation;
  return (
    <>
      <progress aria-label={word(`timers.states.${state}`)} value={doneOf(operation)} max={total} />
      <div role="status">
        <p className="med">{word(`timers.states.${state}`)}</p>
        <Counts operation={operation} />
      </div>
      {state === 'running' && (
        <button type="button" className="btn sm outline" disabled={stop.isPending} onClick={() => stop.mutate()}>
          {word('timers.stop')}
        </button>
      )}
    </>
  );
}

const doneOf = ({ counts }: BulkSurgeryView): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Every one is accounted for: also those who were not asked. */
export function Counts({ operation }: { operation: BulkSurgeryView }): ReactNode {
  const { word } = useWords();
  const left = operation.total - doneOf(operation);
  const parts = Object.entries(operation.counts).map(
    ([outcome, count]) => `${count} ${word(`timers.outcomes.${outcome}`)}`,
  );
  if (left > 0) parts.push(`${left} ${word('timers.outcomes.waiting')}`);
  return <p className="num">{parts.join(' · ')}</p>;
}
