// Values written as other builders and other countries write them, which mean something else here.
import { EACH } from '../expression/expression.ts';
import { quoted } from '../problems/finding.ts';
import type { BlockText } from './block-texts.ts';

/** Something that is read otherwise than it is meant, and where in the text it stands. */
export interface Slip {
  at: number;
  length: number;
  message: string;
  remedy: string;
}

/** What filters of other builders are called, and how the same is written here. */
const filters: ReadonlyMap<string, (variable: string) => string> = new Map([
  ...asFilters(['upper', 'uppercase', 'upcase'], (name) => `upper(${name})`),
  ...asFilters(['lower', 'lowercase', 'downcase'], (name) => `lower(${name})`),
  ...asFilters(['capitalize', 'titlecase', 'title_case', 'ucfirst'], (name) => `capitalize(${name})`),
  ...asFilters(['trim', 'strip'], (name) => `trim(${name})`),
  ...asFilters(['date', 'date_format', 'format_date', 'formatdate'], (name) => `formatDate(${name}, 'd MMMM')`),
  ...asFilters(['money', 'currency'], (name) => `money(${name}, 'EUR')`),
  ...asFilters(['number_format', 'formatnumber'], (name) => `formatNumber(${name}, 'de')`),
  ...asFilters(['round'], (name) => `round(${name})`),
  ...asFilters(['json', 'tojson', 'to_json'], (name) => `json(${name})`),
  ...asFilters(['urlencode', 'url_encode', 'escape'], (name) => `encode(${name})`),
  ...asFilters(['length', 'size', 'count'], (name) => `count(${name})`),
  ...asFilters(['join'], (name) => `join(${name}, ', ')`),
]);

function asFilters(
  words: readonly string[],
  write: (variable: string) => string,
): [string, (variable: string) => string][] {
  return words.map((word) => [word, write]);
}

/** `$(name|upper)`: what stands behind | is said where there is nothing, and does nothing to what there is. */
export function findFilters({ source }: BlockText): Slip[] {
  return [...source.matchAll(/\$\(\s*([A-Za-z_][\w.-]*)\s*\|\s*([A-Za-z_]+)(?::[^()]*)?\s*\)/g)].flatMap(
    ({ 0: whole, index, 1: variable = '', 2: word = '' }) => {
      const write = filters.get(word.toLowerCase());
      if (!write) return [];
      const message = `${quoted(word)} is a fallback here, which is said where $(${variable}) is empty, and changes nothing.`;
      return [{ at: index, length: whole.length, message, remedy: `Write $(${write(variable)}).` }];
    },
  );
}

/** `km >= 100.000`: a point stands before the part below one, everywhere. */
export function findGroupedNumbers({ source, role }: BlockText): Slip[] {
  if (role !== 'condition' && !(role === 'value' && source.trim().startsWith('='))) return [];
  return [...source.matchAll(/(?<![\w.'"])([1-9]\d{0,2})\.000(?![\w.'"])/g)].map(
    ({ 0: whole, index, 1: number = '' }) => ({
      at: index,
      length: whole.length,
      message: `${whole} is ${number}: a point stands before what is less than one.`,
      remedy: `Write ${number}000, or ${number}.`,
    }),
  );
}

/** How what other builders count by is written: `cart.length`. */
export function meantCount(variable: string): string | undefined {
  const [last = '', ...owner] = variable.split('.').toReversed();
  const counts = ['length', 'size', 'count'].includes(last.toLowerCase());
  return counts && owner.length > 0 && owner.at(-1) !== EACH ? owner.toReversed().join('.') : undefined;
}
