import type { Definition, Report, ReportLine } from './report-data.ts';

/** One line of the picture: who or what, and its value in each step of time; undefined where it has none. */
export interface Series {
  key: string;
  line: ReportLine;
  values: (number | undefined)[];
  highest: number;
}

/** More rows are no picture any more. */
export const MOST_SERIES = 8;

/** Every series of a report, those with the most first; and the steps of time that there are. */
export function toSeries(
  { dimensions, drawn }: Pick<Definition, 'dimensions' | 'drawn'>,
  { rows }: Pick<Report, 'rows'>,
): { series: Series[]; steps: ReportLine[] } {
  const steps = [...new Map(rows.map((row) => [row.from, row])).values()];
  const places = new Map(steps.map(({ from }, index) => [from, index]));
  const series = new Map<string, Series>();
  for (const line of rows) {
    const key = dimensions.map((dimension) => line.keys[dimension] ?? '').join('\n');
    const known = series.get(key) ?? { key, line, values: steps.map(() => undefined), highest: 0 };
    series.set(key, known);
    const value = line.figures[drawn];
    if (value === null || value === undefined) continue;
    known.values[places.get(line.from) ?? 0] = value;
    known.highest = Math.max(known.highest, value);
  }
  const sumOf = ({ values }: Series): number => values.reduce((sum: number, value = 0) => sum + value, 0);
  return { series: [...series.values()].toSorted((one, other) => sumOf(other) - sumOf(one)), steps };
}
