import { parseArgs } from 'node:util';
import {
  REPORT_BUCKETS,
  REPORT_FIGURES,
  REPORT_NAMES,
  type ReportBucket,
  type ReportName,
} from '../../contracts/report.ts';
import type { Report, Reports } from '../../contracts/report-schema.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import { formatDuration } from '../../contracts/duration.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';
import { withApi } from '../with-api.ts';

/** Counts reports over the history. */
export const reportCommand: Command = {
  name: 'report',
  summary: 'count a report over the history',
  usage:
    'attendant report list | run <name> --from 2026-11-01 --to 2026-11-08 [--zone Europe/Berlin] [--bucket hour|day|week|month|all] [--service …] [--entry …] [--agent …] [--team …] [--scenario …] [--csv | --json]',
  help: '--from and --to are days (midnight in the zone) or moments; --to is exclusive. Every figure is defined in docs/reports.md.',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [action, name, ...more] = positionals;
    if (action === 'list' && name === undefined) return listReports(io);
    if (action !== 'run' || more.length > 0) throw new UsageError('Say "list", or "run" and the name of a report.');
    const { from, to, zone, csv, json, bucket, ...filters } = values;
    if (from === undefined || to === undefined) throw new UsageError('Say --from and --to.');
    const query = withoutUndefined({ from, to, zone, bucket: readBucket(bucket), ...filters });
    return withApi(io, async (call) => {
      const route = { params: { name: readName(name) }, query };
      const [listed, counted] = [await call('GET /api/v1/reports'), await call('GET /api/v1/reports/:name', route)];
      if (!listed.ok || !counted.ok) return refused(io, [listed, counted]);
      await printReport(io, { report: counted.body, reports: listed.body, form: csv ? 'csv' : json ? 'json' : 'text' });
      return 0;
    });
  },
};

const text = { type: 'string' } as const;
const options = {
  from: text,
  to: text,
  zone: text,
  bucket: text,
  service: text,
  entry: text,
  agent: text,
  team: text,
  scenario: text,
  csv: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

function readName(name: string | undefined): ReportName {
  const found = REPORT_NAMES.find((each) => each === name);
  if (found) return found;
  const nearest = name === undefined ? undefined : findNearestName(name, REPORT_NAMES);
  throw new UsageError(
    `"${name ?? ''}" is no report. ${nearest === undefined ? `There are ${REPORT_NAMES.join(', ')}.` : `Did you mean "${nearest}"?`}`,
  );
}

function readBucket(bucket: string | undefined): ReportBucket | undefined {
  if (bucket === undefined) return undefined;
  const found = REPORT_BUCKETS.find((each) => each === bucket);
  if (!found) throw new UsageError(`--bucket "${bucket}" is none of ${REPORT_BUCKETS.join(', ')}.`);
  return found;
}

type Response =
  | { ok: true }
  | {
      ok: false;
      error: { message: string; details: { path: string; message: string; remedy?: string | undefined }[] };
    };

function refused({ printError }: CommandIo, responses: readonly Response[]): number {
  for (const response of responses) {
    if (response.ok) continue;
    printError(response.error.message);
    for (const { path, message, remedy = '' } of response.error.details) printError(`  ${path}: ${message}. ${remedy}`);
  }
  return 1;
}

async function listReports(io: CommandIo): Promise<number> {
  return withApi(io, async (call) => {
    const listed = await call('GET /api/v1/reports');
    if (!listed.ok) return refused(io, [listed]);
    const width = Math.max(...listed.body.items.map(({ name }) => name.length));
    for (const { name, version, about } of listed.body.items) io.print(`${name.padEnd(width)}  v${version}  ${about}`);
    return 0;
  });
}

interface Printed {
  report: Report;
  reports: Reports;
  form: 'csv' | 'json' | 'text';
}

async function printReport({ print }: CommandIo, { report, reports, form }: Printed): Promise<void> {
  const definition = reports.items.find(({ name }) => name === report.name);
  const figures = definition?.figures.map(({ name }) => name) ?? [];
  const dimensions = definition?.dimensions ?? [];
  if (form === 'json') return print(JSON.stringify(report, null, 2));
  const { bucket } = report;
  const rows = report.rows.map(({ from, ...row }) => ({ at: from, ...row }));
  if (form === 'csv') {
    const { toCsv } = await import('../../reports/to-csv.ts');
    return print(toCsv({ bucket, dimensions, figures, rows }).trimEnd());
  }
  const show = (values: Record<string, number | null>): string[] =>
    figures.map((figure) => showFigure(values[figure] ?? null, REPORT_FIGURES[figure].unit));
  const lines = [
    ['from', ...dimensions, ...figures.map((figure) => REPORT_FIGURES[figure].label)],
    ...rows.map(({ at, keys, figures: values }) => [
      at,
      ...dimensions.map((each) => keys[each] || '–'),
      ...show(values),
    ]),
    ['total', ...dimensions.map(() => ''), ...show(report.totals)],
  ];
  const widths = lines[0]?.map((_cell, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of lines)
    print(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function showFigure(value: number | null, unit: string): string {
  if (value === null) return '–';
  if (unit === 'ms') return formatDuration(Math.round(value / 1000) * 1000);
  return unit === 'percent' ? `${value} %` : String(value);
}
