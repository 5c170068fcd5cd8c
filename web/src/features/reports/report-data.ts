import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { FigureName, ReportBucket, ReportName } from '../../../../contracts/report.ts';
import type { Report, Reports } from '../../../../contracts/report-schema.ts';
import { call, unwrap } from '../../shared/client/client.ts';
import type { ReportSearch } from './report-search.ts';

export type Definition = Reports['items'][number];
export type ReportLine = Report['rows'][number];
export type { Report, Reports };

/** A report as it is asked: everything said. */
export interface Asked extends ReportSearch {
  from: string;
  to: string;
  zone: string;
  bucket: ReportBucket;
}

/** A number of a report: of a line, or of all. */
export interface Picked {
  figure: FigureName;
  line?: ReportLine;
}

export const reportsQuery = queryOptions({
  queryKey: ['reports'],
  queryFn: async () => unwrap(await call('GET /api/v1/reports')),
});

export const reportQuery = (name: ReportName, asked: Asked) =>
  queryOptions({
    queryKey: ['reports', name, asked],
    queryFn: async () => unwrap(await call('GET /api/v1/reports/:name', { params: { name }, query: asked })),
    ...KEPT,
  });

/** Counting is work for the server: it is not done again because somebody looks at the window once more. */
const KEPT = { staleTime: 5 * 60_000, refetchOnWindowFocus: false } as const;

/** Where the same lies as CSV. */
export function csvAddress(name: ReportName, asked: Asked): string {
  return `/api/v1/reports/${name}/csv?${new URLSearchParams({ ...asked }).toString()}`;
}

/** The conversations behind a number. */
export const behindQuery = (name: ReportName, asked: Asked, { figure, line }: Picked) =>
  infiniteQueryOptions({
    queryKey: ['reports', name, asked, 'behind', figure, line?.from, line?.keys],
    queryFn: async ({ pageParam }) => {
      const ofLine = line ? { ...line.keys, from: line.from, to: line.to } : {};
      const query = { ...asked, ...ofLine, figure, ...pageParam };
      return unwrap(await call('GET /api/v1/reports/:name/conversations', { params: { name }, query }));
    },
    initialPageParam: FIRST_PAGE,
    ...KEPT,
    getNextPageParam: ({ next }) => (next === null ? undefined : { cursor: next }),
  });

const FIRST_PAGE: { cursor?: string } = {};
