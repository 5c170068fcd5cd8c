/** One line of the report. `ratio…` and `budget` only where there is one to compare with. */
export interface Measurement {
  benchmark: string;
  what: string;
  ours: string;
  floor1?: string;
  floor0?: string;
  /** Ours to F1 and to F0, and their spread. */
  ratio?: string;
  budget?: string;
  /** Undefined where there is no budget. */
  isMet?: boolean;
}

/** What one benchmark found: lines for people, everything for machines. */
export interface BenchmarkResult {
  lines: Measurement[];
  raw: unknown;
}

/** A number as the report shows it: enough digits to compare, no more. */
export function show(value: number, unit = ''): string {
  if (Number.isNaN(value)) return '-';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit}`;
}
