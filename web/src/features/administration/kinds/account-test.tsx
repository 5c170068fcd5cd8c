import { IconAlertCircle, IconAlertTriangle, IconCheck, IconMinus, type TablerIcon } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { CheckResult } from '../../../../../contracts/account-check-schema.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { testAccount, testQuery } from '../data/accounts.ts';
import { useWords } from '../form/words.ts';
import type { ExtraProps } from '../model/section.ts';

const LOOKS: Readonly<Record<CheckResult['state'], { icon: TablerIcon; tone: string; row: string }>> = {
  ok: { icon: IconCheck, tone: 't-success', row: 'ok' },
  warning: { icon: IconAlertTriangle, tone: 't-warn', row: 'warn' },
  failed: { icon: IconAlertCircle, tone: 't-danger', row: 'bad' },
  'not-run': { icon: IconMinus, tone: 'muted', row: 'skip' },
};

/** What the console itself can put right. */
const CURABLE: ReadonlySet<CheckResult['check']> = new Set(['page-subscription', 'message-echoes', 'page-profile']);

/** One row for each check: what was found, what it means, what to do. */
export function AccountTest({ item }: ExtraProps): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const name = item?.name ?? '';
  const { data, isFetching, error, refetch } = useQuery(testQuery(name));
  const [isSubscribing, setIsSubscribing] = useState(false);

  async function subscribe(): Promise<void> {
    setIsSubscribing(true);
    try {
      queryClient.setQueryData(testQuery(name).queryKey, await testAccount(name, true));
    } finally {
      setIsSubscribing(false);
    }
  }

  if (!item) return <p className="muted">{word('account.testLater')}</p>;
  return (
    <div className="stack-12" aria-live="polite" aria-busy={isFetching || isSubscribing}>
      {data && (
        <div className="tests" role="table" aria-label={word('account.checks')}>
          {data.checks.map((result) => (
            <CheckRow key={result.check} result={result} onCure={() => void subscribe()} isBusy={isSubscribing} />
          ))}
        </div>
      )}
      {error && <p className="t-danger">{error.message}</p>}
      <span className="row wrap">
        <button type="button" className="btn outline" aria-disabled={isFetching} onClick={() => void refetch()}>
          {word(isFetching ? 'account.testing' : 'account.test')}
        </button>
        <button type="button" className="btn outline" aria-disabled={isSubscribing} onClick={() => void subscribe()}>
          {word(isSubscribing ? 'account.subscribing' : 'account.subscribe')}
        </button>
        {data && <span className="xs muted num">{word('account.testedAt', { time: formats.time(data.at) })}</span>}
      </span>
    </div>
  );
}

function CheckRow({
  result: { check, state, message, remedy },
  onCure,
  isBusy,
}: {
  result: CheckResult;
  onCure: () => void;
  isBusy: boolean;
}): ReactNode {
  const { word } = useWords();
  const look = LOOKS[state];
  const hasTrouble = state === 'failed' || state === 'warning';
  return (
    <div className={`test ${look.row}`} role="row">
      <span role="cell" className="mark-cell">
        <Icon of={look.icon} className={look.tone} />
        <span className="visually-hidden">{word(`account.states.${state}`)}</span>
      </span>
      <span className="med" role="cell">
        {word(`account.check.${check}`)}
      </span>
      <span className="finding" role="cell">
        {hasTrouble ? <b className={`med ${look.tone}`}>{message}</b> : message}
        {remedy !== undefined && <span> {remedy}</span>}
        {hasTrouble && CURABLE.has(check) && (
          <span className="cure">
            <button type="button" className="btn sm outline" aria-disabled={isBusy} onClick={onCure}>
              {word(
                isBusy
                  ? 'account.subscribing'
                  : check === 'page-profile'
                    ? 'account.writeProfile'
                    : 'account.subscribe',
              )}
            </button>
          </span>
        )}
      </span>
    </div>
  );
}
