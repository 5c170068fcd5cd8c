import { fieldOf, recordOf, type JsonRecord } from './json-value.ts';

const MINUTE = 60_000;

/** How much of Meta's limits is used up; above 80 % calls should slow down. */
export interface GraphUsage {
  /** The highest of all counters, in percent of an hour. */
  percent: number;
  regainAccessMs?: number;
}

const COUNTERS = ['call_count', 'total_cputime', 'total_time'];

/**
 * Reads the usage headers of an answer; undefined where it has none that can be read.
 * Source: Graph API, rate limiting, `X-App-Usage` and `X-Business-Use-Case-Usage`.
 */
export function readUsage(headers: Headers): GraphUsage | undefined {
  const rows = [parseHeader(headers, 'x-app-usage'), ...businessRows(headers)].filter((row) => row !== undefined);
  if (rows.length === 0) return undefined;
  const percent = Math.max(...rows.flatMap((row) => COUNTERS.map((name) => numberOf(row, name))));
  const regainMs = Math.max(...rows.map((row) => numberOf(row, 'estimated_time_to_regain_access') * MINUTE));
  return regainMs > 0 ? { percent, regainAccessMs: regainMs } : { percent };
}

function businessRows(headers: Headers): (JsonRecord | undefined)[] {
  const usage = parseHeader(headers, 'x-business-use-case-usage');
  const lists = Object.values(usage ?? {}).filter((list) => Array.isArray(list));
  return lists.flat().map(recordOf);
}

function parseHeader(headers: Headers, name: string): JsonRecord | undefined {
  try {
    return recordOf(JSON.parse(headers.get(name) ?? 'null'));
  } catch {
    return undefined;
  }
}

function numberOf(record: JsonRecord, name: string): number {
  const value = fieldOf(record, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
