import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import {
  findRetentionProblem,
  RETENTION_FIELDS,
  RETENTION_KINDS,
  RETENTION_LEAST,
  RETENTION_MOST_DAYS,
  type RetentionDays,
} from '../../../../../contracts/retention.ts';
import { call, unwrap } from '../../../shared/client/client.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { useWords } from '../form/words.ts';
import type { ExtraProps } from '../model/section.ts';
import type { Values } from '../model/values.ts';

const LOOK_EVERY_MS = 10_000;
/** Nothing is counted while somebody writes a number. */
const SETTLE_MS = 400;

const progressQuery = queryOptions({
  queryKey: ['retention-progress'],
  queryFn: async () => unwrap(await call('GET /api/v1/retention/progress')).items,
  refetchInterval: LOOK_EVERY_MS,
});

const previewQuery = (days: RetentionDays | undefined) =>
  queryOptions({
    queryKey: ['retention-preview', days],
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      signal.throwIfAborted();
      return unwrap(await call('POST /api/v1/retention/preview', { body: days ?? {} })).items;
    },
    enabled: days !== undefined,
    staleTime: LOOK_EVERY_MS,
    retry: false,
  });

/** The days of a form; undefined while they are none that could be applied. */
function daysIn(values: Values): RetentionDays | undefined {
  const days: RetentionDays = {};
  for (const kind of RETENTION_KINDS) {
    const field = RETENTION_FIELDS[kind];
    const value = values[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number' || value < RETENTION_LEAST[field].days || value > RETENTION_MOST_DAYS)
      return undefined;
    days[field] = value;
  }
  return findRetentionProblem(days) ? undefined : days;
}

/** How far each kind is, and what would go with the days that the form says: before they are applied. */
export function RetentionDaysTable({ values }: ExtraProps): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const progress = useQuery(progressQuery).data ?? [];
  const days = daysIn(values);
  const preview = useQuery(previewQuery(days)).data;
  const wouldGo = new Map(preview?.map((each) => [each.kind, each]));
  const countOf = (kind: (typeof progress)[number]['kind']): string => {
    const found = wouldGo.get(kind);
    if (!found) return '…';
    const count = formats.number(found.count);
    return found.isMore ? word('retention.more', { count }) : count;
  };
  const going = preview?.filter(({ count }) => count > 0) ?? [];
  return (
    <>
      <div className="sideways" tabIndex={0} role="group" aria-label={word('retention.table')}>
        <table className="small-table retention-table">
          <thead>
            <tr>
              {(['kind', 'kept', 'oldest', 'lastRun', 'deleted', 'wouldGo'] as const).map((key) => (
                <th key={key} scope="col" className={key === 'deleted' || key === 'wouldGo' ? 'r' : ''}>
                  {word(`retention.columns.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {progress.map(({ kind, days: kept, oldestAt, lastRunAt, deleted }) => (
              <tr key={kind}>
                <th scope="row">{word(`retention.kinds.${kind}`)}</th>
                <td>{kept === null ? word(`retention.unsaid.${kind}`) : word('system.days', { count: kept })}</td>
                <td className="num">{oldestAt === null ? '–' : formats.day(oldestAt)}</td>
                <td className="num">{lastRunAt === null ? '–' : formats.moment(lastRunAt)}</td>
                <td className="r">{formats.number(deleted)}</td>
                <td className="r">{countOf(kind)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div role="status">
        {days !== undefined && going.length > 0 && (
          <p className="t-warn">
            {word('retention.going', {
              what: going.map(({ kind }) => `${word(`retention.kinds.${kind}`)} (${countOf(kind)})`).join(', '),
            })}
          </p>
        )}
        {days !== undefined && preview && going.length === 0 && (
          <p className="muted">{word('retention.nothingGoes')}</p>
        )}
      </div>
    </>
  );
}
