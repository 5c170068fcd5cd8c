/** What a spreadsheet takes for a formula: such a cell is written behind an apostrophe, which is taken off again. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** A table as CSV (RFC 4180): quotes where they are needed, lines ended by CRLF. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(writeCell).join(',')).join('\r\n') + '\r\n';
}

function writeCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Reads CSV with commas or semicolons, whichever its first line has, with or without a byte order mark. */
export function readCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const [firstLine = ''] = source.split(/\r?\n/, 1);
  const separator = !firstLine.includes(',') && firstLine.includes(';') ? ';' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= source.length) {
    const { cell, end } = source[at] === '"' ? readQuoted(source, at) : readPlain(source, { at, separator });
    row.push(withoutApostrophe(cell));
    const isLineEnd = source[end] !== separator;
    if (isLineEnd) {
      rows.push(row);
      row = [];
    }
    at = end + (isLineEnd && source.startsWith('\r\n', end) ? 2 : 1);
  }
  return rows.filter((cells) => cells.some((cell) => cell !== ''));
}

const withoutApostrophe = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;

interface ReadCell {
  cell: string;
  /** Where the separator, the line's end or the end of all stands. */
  end: number;
}

function readQuoted(source: string, start: number): ReadCell {
  let at = start + 1;
  let cell = '';
  while (at < source.length) {
    if (source.startsWith('""', at)) {
      cell += '"';
      at += 2;
    } else if (source[at] === '"') return { cell, end: at + 1 };
    else cell += source[at++];
  }
  return { cell, end: at };
}

function readPlain(source: string, { at, separator }: { at: number; separator: string }): ReadCell {
  let end = at;
  while (end < source.length && source[end] !== separator && source[end] !== '\n' && source[end] !== '\r') end++;
  return { cell: source.slice(at, end), end };
}
