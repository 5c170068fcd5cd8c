import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../shared/ui/icon.tsx';
import { attempt } from './attempt.ts';
import { FAULT_SWITCHES, faultsOf, FIRST_SWITCHES, type FaultSwitch } from './fault-switches.ts';
import { ask, faultsQuery, type Fault, type Page } from './simulator-api.ts';

type Count = 'all' | number;
const COUNTS: readonly Count[] = ['all', 1, 3, 10];

/** What goes wrong on request: a switch for every fault that the simulator knows. */
export function FaultsCard({ pages }: { pages: readonly Page[] }): ReactNode {
  const { t } = useTranslation('simulator');
  const faults = useQuery(faultsQuery).data ?? [];
  const [count, setCount] = useState<Count>('all');
  const [pageId, setPageId] = useState('');
  const [showsAll, setShowsAll] = useState(false);
  const switches = showsAll ? FAULT_SWITCHES : FAULT_SWITCHES.slice(0, FIRST_SWITCHES);
  return (
    <section className="card faults-card" aria-label={t('faults.title')}>
      <div className="ch">
        <h2>{t('faults.title')}</h2>
        <span role="status">
          {faults.length > 0 && (
            <span className="chip warn">
              <Icon of={IconAlertTriangle} size={12} />
              {t('faults.on', { count: faults.length })}
            </span>
          )}
        </span>
        <span className="end" />
        {pages.length > 1 && (
          <select
            className="quiet-select"
            aria-label={t('faults.page')}
            value={pageId}
            onChange={(event) => setPageId(event.target.value)}
          >
            <option value="">{t('faults.allPages')}</option>
            {pages.map((page) => (
              <option key={page.pageId} value={page.pageId}>
                {page.name}
              </option>
            ))}
          </select>
        )}
        <select
          className="quiet-select"
          aria-label={t('faults.lasts')}
          value={count}
          onChange={({ target }) => setCount(target.value === 'all' ? 'all' : Number(target.value))}
        >
          {COUNTS.map((each) => (
            <option key={each} value={each}>
              {each === 'all' ? t('faults.untilOff') : t('faults.next', { count: each })}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="btn sm quiet xs"
          disabled={faults.length === 0}
          onClick={() => attempt(() => ask('DELETE', 'faults'))}
        >
          {t('faults.allOff')}
        </button>
      </div>
      <div className="faults">
        {switches.map((each) => (
          <FaultRow key={each.name} of={each} on={faultsOf(each, faults)} count={count} pageId={pageId} />
        ))}
      </div>
      <button
        type="button"
        className="btn sm quiet xs faults-more"
        aria-expanded={showsAll}
        onClick={() => setShowsAll(!showsAll)}
      >
        {showsAll ? t('faults.fewer') : t('faults.more')}
      </button>
    </section>
  );
}

function FaultRow({
  of,
  on,
  count,
  pageId,
}: {
  of: FaultSwitch;
  on: readonly Fault[];
  count: Count;
  pageId: string;
}): ReactNode {
  const { t } = useTranslation('simulator');
  const { name, match, more, value, isCounted = false, isForAll = false, code } = of;
  const [first] = on;
  const [chosen, setChosen] = useState(value?.choices[0]);
  const left = typeof first?.count === 'number' ? first.count : undefined;
  const shown = (value && first?.[value.field]) ?? chosen;
  const label = t(`faults.${name}`);

  const off = (): Promise<unknown> =>
    ask(
      'DELETE',
      `faults?${new URLSearchParams(toText(first && name === 'error' ? { ...match, code: first['code'] ?? 0 } : match)).toString()}`,
    );
  const switchOn = (with_ = shown): Promise<unknown> =>
    ask('POST', 'faults', {
      ...match,
      ...more,
      ...(value && with_ !== undefined && { [value.field]: with_ }),
      ...(isCounted && { count }),
      ...(pageId !== '' && !isForAll && { pageId }),
    });
  function choose(next: string): void {
    const picked = value?.choices.find((choice) => String(choice) === next);
    setChosen(picked);
    if (first) attempt(async () => void (await off(), await switchOn(picked)));
  }

  return (
    <div className="fault">
      <label>
        <span className="fault-name">{label}</span>
        {code !== undefined && <span className="xs muted">{t('faults.code', { code })}</span>}
        {left !== undefined && <span className="chip warn">{t('faults.left', { count: left })}</span>}
        <input
          type="checkbox"
          role="switch"
          className="switch-input"
          aria-label={label}
          checked={on.length > 0}
          onChange={() => attempt(() => (first ? off() : switchOn()))}
        />
      </label>
      {value && (
        <select
          className="quiet-select"
          aria-label={t('faults.valueOf', { name: label })}
          value={shown}
          onChange={(event) => choose(event.target.value)}
        >
          {value.choices.map((choice) => (
            <option key={choice} value={choice}>
              {spell(choice, value.unit)}
            </option>
          ))}
        </select>
      )}
    </div>
  );

  function spell(choice: string | number, unit: NonNullable<FaultSwitch['value']>['unit']): string {
    if (unit === 'plain' || typeof choice === 'string') return String(choice);
    if (unit === 'seconds') return t('faults.seconds', { count: choice / 1000 });
    if (unit === 'code') return t('faults.code', { code: choice });
    return unit === 'percent' ? t('faults.percent', { count: choice }) : t('faults.perSecond', { count: choice });
  }
}

const toText = (values: Readonly<Record<string, string | number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
