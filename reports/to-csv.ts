import type { FigureName, ReportDimension } from '../contracts/report.ts';

/** A report as it is written into a table. */
interface Table {
  bucket: string;
  dimensions: readonly ReportDimension[];
  figures: readonly FigureName[];
  rows: readonly {
    at: string;
    keys: Partial<Record<ReportDimension, string>>;
    figures: Partial<Record<FigureName, number | null>>;
  }[];
}

/**
 * A report as CSV (RFC 4180, lines end with CR LF), with the names of dimensions and figures as they stand in docs/reports.md. Times
 * are in milliseconds. A text that a spreadsheet would take for a formula is led by an apostrophe.
 */
export function toCsv({ bucket, dimensions, figures, rows }: Table): string {
  const times = bucket === 'all' ? [] : ['from'];
  const lines = [
    [...times, ...dimensions, ...figures],
    ...rows.map((row) => [
      ...times.map(() => row.at),
      ...dimensions.map((dimension) => asCsvText(row.keys[dimension] ?? '')),
      ...figures.map((figure) => String(row.figures[figure] ?? '')),
    ]),
  ];
  return lines.map(toCsvLine).join('');
}

/** Cells as a line of CSV, with its end. */
export function toCsvLine(cells: readonly string[]): string {
  return `${cells.map(quote).join(',')}\r\n`;
}

/** What a file of CSV begins with: without it Excel reads UTF-8 as the code page of its machine. */
export const CSV_MARK = '\uFEFF';

/**
 * A text that a spreadsheet would take for a formula is led by an apostrophe: at its beginning, behind space there, and behind a
 * semicolon or tab, at which spreadsheets of many countries begin a cell.
 */
export function asCsvText(text: string): string {
  const cells = text.replaceAll(/([;\t])(?=\s*[=+\-@＝＋－＠])/g, "$1'");
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${cells}` : cells;
}

const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
