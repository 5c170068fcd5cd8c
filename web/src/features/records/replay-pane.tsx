import { IconChevronLeft, IconChevronRight, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MomentView, ReplayView } from '../../../../contracts/time-travel-schema.ts';
import { replayOfQuery, routingOfQuery } from '../../shared/data/records.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { Pairs } from '../../shared/ui/pairs.tsx';
import { Blocks, Said, SaveAsTest } from './replay-parts.tsx';
import { SurgeryPane } from './surgery-pane.tsx';
import { upTo, variablesAt, visitedAt } from './moments.ts';

/** Where the conversation stood at each moment, stepped forward and back. */
export function ReplayPane({
  id,
  isRunning,
  nameOf,
}: {
  id: string;
  isRunning: boolean;
  nameOf: (username: string) => string;
}): ReactNode {
  const { t } = useTranslation('records');
  const { data: replay, isError, isLoading } = useQuery(replayOfQuery(id));
  if (isLoading) return <div className="skel recs-skeleton" role="status" aria-label={t('replay.loading')} />;
  if (isError || !replay) return <EmptyState icon={IconHistory} title={t('replay.failed')} />;
  if (replay.moments.length === 0)
    return (
      <>
        <EmptyState icon={IconHistory} title={t('replay.none')}>
          {replay.stop}
        </EmptyState>
        {isRunning && <SurgeryPane id={id} />}
      </>
    );
  return (
    <>
      <Steps id={id} replay={replay} nameOf={nameOf} />
      {isRunning && <SurgeryPane id={id} />}
    </>
  );
}

function Steps({
  id,
  replay,
  nameOf,
}: {
  id: string;
  replay: ReplayView;
  nameOf: (username: string) => string;
}): ReactNode {
  const { t } = useTranslation('records');
  const { moments, blocks, stop } = replay;
  const last = moments.length - 1;
  const [wanted, setIndex] = useState(0);
  // A running conversation may be loaded anew with fewer.
  const index = Math.min(wanted, last);
  const moment = moments[index];
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    setIndex(Math.max(0, Math.min(last, index + by)));
  }
  if (!moment) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrows work from each control in it
    <section className="replay" onKeyDown={onKeyDown} aria-label={t('page.replay')}>
      <div className="replay-steps">
        <IconButton
          className="md"
          icon={IconChevronLeft}
          label={t('replay.back')}
          keys="←"
          aria-disabled={index === 0}
          onClick={() => setIndex(Math.max(0, index - 1))}
        />
        <input
          type="range"
          min={0}
          max={last}
          value={index}
          aria-label={t('replay.moment')}
          aria-valuetext={t('replay.place', { place: index + 1, count: moments.length })}
          onChange={(event) => setIndex(Number(event.target.value))}
        />
        <IconButton
          className="md"
          icon={IconChevronRight}
          label={t('replay.forward')}
          keys="→"
          aria-disabled={index === last}
          onClick={() => setIndex(Math.min(last, index + 1))}
        />
        <span className="muted num xs">{t('replay.place', { place: index + 1, count: moments.length })}</span>
      </div>
      <div aria-live="polite">
        <Happened moment={moment} />
      </div>
      {index === last && stop !== null && <p className="replay-stop xs">{stop}</p>}
      <Standing moment={moment} blocks={blocks} />
      <Reasons id={id} moments={moments} index={index} nameOf={nameOf} />
      <Blocks blocks={blocks} moment={moment} visited={visitedAt(moments, index)} />
      <Variables moments={moments} index={index} />
      <SaveAsTest id={id} />
    </section>
  );
}

const CAUSES = [
  'began',
  'timer',
  'customer.message',
  'customer.referred',
  'customer.left',
  'agent.reserved',
  'agent.none',
  'agent.queue-limit',
  'queue.changed',
  'offer.accepted',
  'offer.rejected',
  'chat.ended',
  'operation.completed',
] as const;

function useCauseWord(): (cause: string) => string {
  const { t } = useTranslation('records');
  return (cause) => {
    const known = CAUSES.find((each) => each === cause);
    return known === undefined ? cause : t(`replay.causes.${known}`);
  };
}

/** What the scenario was told, and what it said to it. */
function Happened({ moment: { at, cause, detail, said } }: { moment: MomentView }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const wordOf = useCauseWord();
  return (
    <>
      <p>
        <span className="muted num xs">{formats.time(at)}</span> <span className="med">{wordOf(cause)}</span>
        {detail !== undefined && detail !== '' && (
          <>
            {': '}
            <span dir="auto">{detail}</span>
          </>
        )}
      </p>
      <Said texts={said} label={t('replay.said')} />
    </>
  );
}

function Standing({ moment, blocks }: { moment: MomentView; blocks: ReplayView['blocks'] }): ReactNode {
  const { t } = useTranslation('records');
  const { at, block, timers, asked, isEnded } = moment;
  const title = blocks.find(({ id }) => id === block)?.title ?? block;
  const waits = timers.map((timer) => formatDuration(Date.parse(timer) - Date.parse(at))).join(', ');
  const pairs: [string, ReactNode][] = [
    [isEnded ? t('replay.ended') : t('replay.stands'), title],
    [t('replay.asked'), asked],
    [t('replay.timers'), waits],
  ];
  return <Pairs pairs={pairs.filter(([, value]) => value !== undefined && value !== '')} />;
}

/** Why agents were given or not, since the moment before. */
function Reasons({
  id,
  moments,
  index,
  nameOf,
}: {
  id: string;
  moments: readonly MomentView[];
  index: number;
  nameOf: (username: string) => string;
}): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const decisions = upTo(useQuery(routingOfQuery(id)).data?.decisions ?? [], moments, index);
  if (decisions.length === 0) return null;
  return (
    <section>
      <h2>{t('page.routing')}</h2>
      <ol className="rec-list">
        {decisions.map(({ at, outcome, agent, reason }) => (
          <li key={`${at} ${outcome} ${agent ?? ''}`}>
            <span className="muted num xs">{formats.time(at)}</span>{' '}
            <span className="med">
              {outcome}
              {agent !== undefined && `: ${nameOf(agent)}`}
            </span>
            <p className="secondary">{reason}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Variables({ moments, index }: { moments: readonly MomentView[]; index: number }): ReactNode {
  const { t } = useTranslation('records');
  const changed = moments[index]?.changes ?? {};
  const rows = variablesAt(moments, index);
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{t('replay.variables')}</h2>
      <dl className="dl">
        {rows.map(([name, value]) => (
          <div key={name} className="pair">
            <dt className="mono">
              {name} {Object.hasOwn(changed, name) && <span className="chip">{t('replay.new')}</span>}
            </dt>
            <dd className="mono xs" dir="auto">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
