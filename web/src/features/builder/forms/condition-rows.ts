/** One comparison of a condition: a variable, how it is compared, and with what. */
export interface ConditionRow {
  variable: string;
  operator: string;
  value: string;
}

/** A condition as rows, all of which hold, or one of which does. */
export interface ConditionRows {
  join: 'and' | 'or';
  rows: readonly ConditionRow[];
}

export const OPERATORS: readonly string[] = [
  '==',
  '!=',
  'contains',
  'not contains',
  'starts-with',
  'ends-with',
  '<',
  '<=',
  '>',
  '>=',
];

const ROW =
  /^\$\(([\w.-]+(?:\|[^()|']*)?)\)\s+(==|!=|<=|>=|<|>|(?:not )?contains|starts-with|ends-with)\s+(?:'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?|true|false))$/;

/** The rows of a condition; undefined where it says more than rows can. */
export function readRows(condition: string): ConditionRows | undefined {
  for (const join of ['and', 'or'] as const) {
    const rows = splitAt(condition.trim(), ` ${join} `).map(readRow);
    if (rows.every((row) => row !== undefined)) return { join, rows };
  }
  return undefined;
}

function readRow(text: string): ConditionRow | undefined {
  const [, variable, operator, quoted, bare] = ROW.exec(text.trim()) ?? [];
  if (variable === undefined || operator === undefined) return undefined;
  return { variable, operator, value: quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/g, '$1') };
}

/** At a word that stands outside of quotes. */
function splitAt(text: string, word: string): string[] {
  const parts: string[] = [];
  let [start, isQuoted] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\' && isQuoted) at += 1;
    else if (character === "'") isQuoted = !isQuoted;
    else if (!isQuoted && text.startsWith(word, at)) {
      parts.push(text.slice(start, at));
      start = at + word.length;
    }
  }
  return [...parts, text.slice(start)];
}

/** The condition that rows say. */
export function writeRows({ join, rows }: ConditionRows): string {
  return rows.map(writeRow).join(` ${join} `);
}

const COMPARES_SIZE = new Set(['<', '<=', '>', '>=']);

function writeRow({ variable, operator, value }: ConditionRow): string {
  const isPlain = /^(?:true|false)$/.test(value) || (COMPARES_SIZE.has(operator) && /^-?\d+(?:\.\d+)?$/.test(value));
  const written = isPlain ? value : `'${value.replaceAll(/['\\]/g, '\\$&')}'`;
  return `$(${variable}) ${operator} ${written}`;
}
