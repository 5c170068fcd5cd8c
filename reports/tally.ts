import type { FigureName, ReportDimension } from '../contracts/report.ts';
import type { Calendar } from './calendar.ts';
import type { Fact, FactLabels, ReportDefinition, ValueName } from './definition.ts';
import { countedBy, formulaOf } from './figures.ts';

/** A figure of null has nothing to be divided by. */
export type Figures = Partial<Record<FigureName, number | null>>;

/** One line of a report. `keys`: by its dimensions; '' where a fact knows none. */
export interface ReportRow {
  /** Where its bucket begins. */
  at: number;
  keys: Partial<Record<ReportDimension, string>>;
  figures: Figures;
}

/** Which facts count. Of each label one of the values; '' stands for none. */
export type LabelFilter = Partial<Record<ReportDimension, readonly string[]>>;

interface Sums {
  sum: Partial<Record<ValueName, number>>;
  longest: Partial<Record<ValueName, number>>;
}

/** Adds facts up; holds one line for each row, however many facts there are. */
export interface Tally {
  add(fact: Fact): void;
  readonly rowCount: number;
  rows(): ReportRow[];
  totals(): Figures;
}

/** Whether a fact is among those that are asked for. */
export function isWanted({ labels }: Fact, filter: LabelFilter): boolean {
  return (Object.entries(filter) as [ReportDimension, readonly string[]][]).every(([dimension, wanted]) =>
    valuesOf(labels, dimension).some((value) => wanted.includes(value)),
  );
}

/** Whether a fact is of those that a figure is made from. */
export function countsFor({ values }: Fact, figure: FigureName): boolean {
  return (values[countedBy(figure)] ?? 0) !== 0;
}

function valuesOf(labels: FactLabels, dimension: ReportDimension): readonly string[] {
  const value = labels[dimension];
  if (value === undefined || value.length === 0) return [''];
  return typeof value === 'string' ? [value] : value;
}

/** A tally for a report's figures; `only`: rows of the values that are asked for, of facts that have several. */
export function createTally(
  { dimensions, figures }: Pick<ReportDefinition, 'dimensions' | 'figures'>,
  calendar: Pick<Calendar, 'startOf'>,
  only: LabelFilter = {},
): Tally {
  const rows = new Map<string, { at: number; keys: string[]; sums: Sums }>();
  const total: Sums = { sum: {}, longest: {} };
  const present = (sums: Sums): Figures => Object.fromEntries(figures.map((name) => [name, figureOf(name, sums)]));
  return {
    add(fact) {
      const at = calendar.startOf(fact.at);
      addTo(total, fact);
      for (const keys of combine(dimensions, fact.labels, only)) {
        const key = JSON.stringify([at, ...keys]);
        const row = rows.get(key) ?? { at, keys, sums: { sum: {}, longest: {} } };
        rows.set(key, row);
        addTo(row.sums, fact);
      }
    },
    get rowCount() {
      return rows.size;
    },
    rows: () =>
      [...rows.values()].toSorted(compareRows).map(({ at, keys, sums }) => ({
        at,
        keys: Object.fromEntries(dimensions.map((dimension, index) => [dimension, keys[index] ?? ''])),
        figures: present(sums),
      })),
    totals: () => present(total),
  };
}

/** Every combination of a fact's values, of each dimension one. */
function combine(dimensions: readonly ReportDimension[], labels: FactLabels, only: LabelFilter): string[][] {
  let combined: string[][] = [[]];
  for (const dimension of dimensions) {
    const wanted = only[dimension];
    const values = valuesOf(labels, dimension).filter((value) => wanted === undefined || wanted.includes(value));
    combined = combined.flatMap((keys) => values.map((value) => [...keys, value]));
  }
  return combined;
}

function addTo({ sum, longest }: Sums, { values }: Fact): void {
  for (const [name, value] of Object.entries(values) as [ValueName, number][]) {
    sum[name] = (sum[name] ?? 0) + value;
    longest[name] = Math.max(longest[name] ?? value, value);
  }
}

function figureOf(name: FigureName, { sum, longest }: Sums): number | null {
  const formula = formulaOf(name);
  if (formula.kind === 'sum') return sum[formula.of] ?? 0;
  if (formula.kind === 'longest') return longest[formula.of] ?? null;
  const per = sum[formula.per] ?? 0;
  if (per === 0) return null;
  const share = (sum[formula.of] ?? 0) / per;
  // Percentages to a tenth, milliseconds whole, everything else to a hundredth.
  if (formula.kind === 'percent') return Math.round(1000 * share) / 10;
  return name.endsWith('Ms') ? Math.round(share) : Math.round(100 * share) / 100;
}

/** By time, then by the keys as texts: the same order everywhere. */
function compareRows(one: { at: number; keys: string[] }, other: { at: number; keys: string[] }): number {
  if (one.at !== other.at) return one.at - other.at;
  const index = one.keys.findIndex((key, place) => key !== other.keys[place]);
  if (index === -1) return 0;
  return (one.keys[index] ?? '') < (other.keys[index] ?? '') ? -1 : 1;
}
