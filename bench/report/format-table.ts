import type { Measurement } from './measurement.ts';

const HEADINGS = ['what', 'ours', 'F1', 'F0', 'ratio', 'budget', ''] as const;

/** The report as a table for a terminal. */
export function formatTable(measurements: readonly Measurement[]): string {
  const rows = [[...HEADINGS], ...measurements.map(toCells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
}

function toCells({ what, ours, floor1, floor0, ratio, budget, isMet }: Measurement): string[] {
  const mark = isMet === undefined ? '' : isMet ? 'pass' : 'MISS';
  return [what, ours, floor1 ?? '', floor0 ?? '', ratio ?? '', budget ?? '', mark];
}
