import { IconChevronDown, IconClockPlay } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { TimerView } from '../../../../../contracts/bulk-surgery-schema.ts';
import { TIMER_KINDS } from '../../../../../contracts/conversation-timer.ts';
import { reasonOf } from '../../../shared/client/problem-of.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { itemsQuery, ofKind, scenariosQuery } from '../data/items.ts';
import { keyOf, timersQuery, type TimerFilters, type Turn } from '../data/timers.ts';
import { useWords } from '../form/words.ts';
import { PageHead } from './page-head.tsx';
import { LatestTurns } from './latest-turns.tsx';
import { TimerRow } from './timer-row.tsx';
import { TurnDialog } from './turn-dialog.tsx';

/** What is asked for: which timers, and what is to be done with them. */
interface Asked {
  kind: Turn['kind'];
  /** Skipped: put off as far as there is. */
  isSkipped: boolean;
  timers: readonly TimerView[];
}

/** What is going to happen when, for whom; to be had at once, skipped or put off, one or several. */
export function TimersPage(): ReactNode {
  const { word } = useWords();
  const [filters, setFilters] = useState<TimerFilters>({});
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked>();
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(timersQuery(filters));
  const timers = data?.pages.flatMap(({ items }) => items) ?? [];
  const ticked = timers.filter((timer) => chosen.has(keyOf(timer)));
  function tick(timer: TimerView, isTicked: boolean): void {
    const next = new Set(ticked.map(keyOf));
    if (isTicked) next.add(keyOf(timer));
    else next.delete(keyOf(timer));
    setChosen(next);
  }
  return (
    <main className="admin-main" id="main" data-region>
      <PageHead title={word('sections.timers.title')} />
      <Filters filters={filters} onChange={(changed) => setFilters({ ...filters, ...changed })} />
      <div className="admin-scroll scroll timer-list">
        <p className="muted">{word('timers.text')}</p>
        {error && (
          <div className="banner danger" role="alert">
            {reasonOf(error)}
          </div>
        )}
        {data && timers.length === 0 && <EmptyState icon={IconClockPlay} title={word('timers.none')} />}
        {timers.length > 0 && (
          <Bar
            timers={timers}
            ticked={ticked}
            onTickAll={(isTicked) => setChosen(new Set(isTicked ? timers.map(keyOf) : []))}
            onAsk={(what) => setAsked({ ...what, timers: ticked })}
          />
        )}
        <ul className="cards timers" aria-label={word('sections.timers.title')}>
          {timers.map((timer) => (
            <TimerRow
              key={keyOf(timer)}
              timer={timer}
              isTicked={chosen.has(keyOf(timer))}
              onTick={(isTicked) => tick(timer, isTicked)}
              onAsk={(what) => setAsked({ ...what, timers: [timer] })}
            />
          ))}
        </ul>
        {hasNextPage && (
          <button
            type="button"
            className="btn outline more-rows"
            aria-disabled={isFetching}
            onClick={() => void fetchNextPage()}
          >
            {word('audit.more')}
          </button>
        )}
        <LatestTurns />
      </div>
      {asked && (
        <TurnDialog
          asked={asked}
          onClose={() => {
            setAsked(undefined);
            setChosen(new Set());
          }}
        />
      )}
    </main>
  );
}

/** What can be done with those that are ticked. */
function Bar({
  timers,
  ticked,
  onTickAll,
  onAsk,
}: {
  timers: readonly TimerView[];
  ticked: readonly TimerView[];
  onTickAll: (isTicked: boolean) => void;
  onAsk: (what: Omit<Asked, 'timers'>) => void;
}): ReactNode {
  const { word } = useWords();
  const isNone = ticked.length === 0;
  return (
    <div className="timer-bar" role="group" aria-label={word('timers.chosen', { count: ticked.length })}>
      <label className="row">
        <input
          type="checkbox"
          className="check-input"
          checked={ticked.length === timers.length}
          onChange={(event) => onTickAll(event.target.checked)}
        />
        <span>{word('timers.all')}</span>
      </label>
      <span className="muted num grow" role="status">
        {word('timers.chosen', { count: ticked.length })}
      </span>
      <button
        type="button"
        className="btn sm outline"
        disabled={isNone}
        onClick={() => onAsk({ kind: 'fire-timer', isSkipped: false })}
      >
        {word('timers.do.fire')}
      </button>
      <button
        type="button"
        className="btn sm outline"
        disabled={isNone}
        onClick={() => onAsk({ kind: 'put-off-timer', isSkipped: true })}
      >
        {word('timers.do.skip')}
      </button>
      <button
        type="button"
        className="btn sm outline"
        disabled={isNone}
        onClick={() => onAsk({ kind: 'put-off-timer', isSkipped: false })}
      >
        {word('timers.do.putOff')}
      </button>
    </div>
  );
}

function Filters({
  filters,
  onChange,
}: {
  filters: TimerFilters;
  onChange: (changed: TimerFilters) => void;
}): ReactNode {
  const { word } = useWords();
  const items = useQuery({ ...itemsQuery, retry: false }).data ?? [];
  const scenarios = useQuery({ ...scenariosQuery, retry: false }).data ?? [];
  const choices = {
    kind: TIMER_KINDS.map((kind) => ({ value: kind, text: word(`timers.kinds.${kind}`) })),
    scenario: scenarios.map(({ name }) => ({ value: name, text: name })),
    service: ofKind(items, 'service').map(({ name }) => ({ value: name, text: name })),
    account: ofKind(items, 'account').map(({ name }) => ({ value: name, text: name })),
  };
  return (
    <div className="admin-tools">
      {(['kind', 'scenario', 'service', 'account'] as const).map((field) => (
        <span key={field} className="input sm select">
          <select
            aria-label={word(`timers.by.${field}`)}
            value={filters[field] ?? ''}
            onChange={(event) => onChange({ [field]: event.target.value === '' ? undefined : event.target.value })}
          >
            <option value="">{word(`timers.every.${field}`)}</option>
            {choices[field].map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
          <Icon of={IconChevronDown} />
        </span>
      ))}
    </div>
  );
}
