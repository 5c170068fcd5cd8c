import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { systemQuery } from '../data/accounts.ts';
import { useWords } from '../form/words.ts';
import { useAgo } from '../kinds/use-ago.ts';
import { Balance } from './balance.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { PageHead } from './page-head.tsx';
import { PartsInNeed } from './parts-in-need.tsx';
import { Troubles } from './troubles.tsx';

/** How the deployment fares, and what in it needs a person. */
export function SystemPage(): ReactNode {
  const { word } = useWords();
  return (
    <main className="admin-main" id="main" data-region>
      <PageHead title={word('sections.system.title')} />
      <div className="admin-scroll scroll">
        <div className="page-body">
          <Troubles />
          <PartsInNeed />
          <DeadLetters />
          <Balance />
          <Workers />
          <Versions />
        </div>
      </div>
    </main>
  );
}

function Workers(): ReactNode {
  const { word } = useWords();
  const ago = useAgo();
  const system = useQuery({ ...systemQuery, refetchInterval: 10_000 }).data;
  if (!system) return null;
  return (
    <section>
      <h2>{word('system.workers')}</h2>
      {system.workers.length === 0 ? (
        <p className="t-danger">{word('system.noWorkers')}</p>
      ) : (
        <table className="small-table">
          <thead>
            <tr>
              <th scope="col">{word('system.worker')}</th>
              <th scope="col">{word('system.takes')}</th>
              <th scope="col">{word('system.seen')}</th>
            </tr>
          </thead>
          <tbody>
            {system.workers.map(({ identity, takes, lastSeenAt }) => (
              <tr key={identity}>
                <td className="mono">{identity}</td>
                <td>{takes.map((each) => word(`system.kinds.${each}`)).join(', ')}</td>
                <td className="num">{ago(lastSeenAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {system.spooledPageIds.length > 0 && (
        <p className="t-warn">{word('system.spooled', { pages: system.spooledPageIds.join(', ') })}</p>
      )}
    </section>
  );
}

function Versions(): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const system = useQuery(systemQuery).data;
  if (!system) return null;
  const { version, engineVersion, nodeVersion, startedAt, taskQueue, callbackUrl, retention } = system;
  const pairs: [string, string][] = [
    ['version', version],
    ['engine', String(engineVersion)],
    ['node', nodeVersion],
    ['started', formats.moment(startedAt)],
    ['queue', taskQueue],
    ['callback', callbackUrl],
    ['auditKept', word('system.days', { count: retention.auditDays })],
    ['historyKept', word('system.days', { count: retention.historyDays })],
  ];
  return (
    <section>
      <h2>{word('system.about')}</h2>
      <dl className="dl wide-list">
        {pairs.map(([key, value]) => (
          <div key={key} className="pair">
            <dt>{word(`system.pairs.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
