import { toGraphemes } from '../../../contracts/graphemes.ts';
import { truncateText } from '../../../contracts/split-text.ts';
import type { Pattern } from '../pattern.ts';
import { MAX_LIST_LENGTH, MAX_TEXT_LENGTH, toNumber, valueText } from '../values.ts';
import { any, number, optional, text, type FunctionDefinition } from './function-definition.ts';

/** Functions of text. */
export const textFunctions = {
  upper: {
    group: 'text',
    parameters: [text('text')],
    gives: 'text',
    description: 'The text in capital letters.',
    examples: [{ expression: `upper('Straße 5')`, gives: 'STRASSE 5' }],
    call: ([value]) => valueText(value).toUpperCase(),
  },
  lower: {
    group: 'text',
    parameters: [text('text')],
    gives: 'text',
    description: 'The text in small letters.',
    examples: [{ expression: `lower('ÄPFEL')`, gives: 'äpfel' }],
    call: ([value]) => valueText(value).toLowerCase(),
  },
  capitalize: {
    group: 'text',
    parameters: [text('text')],
    gives: 'text',
    description: 'The text with a capital first letter.',
    examples: [{ expression: `capitalize('ada lovelace')`, gives: 'Ada lovelace' }],
    call: ([value]) => valueText(value).replace(/^\s*\S/u, (start) => start.toUpperCase()),
  },
  trim: {
    group: 'text',
    parameters: [text('text')],
    gives: 'text',
    description: 'The text without the space around it.',
    examples: [{ expression: `trim('  a b ')`, gives: 'a b' }],
    call: ([value]) => valueText(value).trim(),
  },
  length: {
    group: 'text',
    takesNothing: true,
    parameters: [text('text')],
    gives: 'number',
    description: 'How many characters the text has.',
    examples: [
      { expression: `length('Grüße 👋')`, gives: 7 },
      { expression: `length($(unknown))`, gives: 0 },
    ],
    call: ([value]) => toCharacters(value).length,
  },
  replace: {
    group: 'text',
    parameters: [text('text'), text('find'), text('by')],
    gives: 'text',
    description: 'The text with another in every place where a part is found, letters’ case counting.',
    examples: [{ expression: `replace('a-b-c', '-', ' ')`, gives: 'a b c' }],
    call: ([value, find, by]) => replaceAll(valueText(value), valueText(find), valueText(by)),
  },
  split: {
    group: 'text',
    parameters: [text('text'), text('separator')],
    gives: 'list',
    description: 'The pieces of the text between the separators, without the space around them.',
    examples: [{ expression: `split('red, green,blue', ',')`, gives: ['red', 'green', 'blue'] }],
    call: ([value, separator]) => split(valueText(value), valueText(separator)),
  },
  part: {
    group: 'text',
    parameters: [text('text'), text('separator'), number('position')],
    gives: 'text',
    description: 'One piece of the text: 1 is the first, -1 the last.',
    examples: [
      { expression: `part('ada@example.com', '@', 2)`, gives: 'example.com' },
      { expression: `part('Ada King Lovelace', ' ', -1)`, gives: 'Lovelace' },
      { expression: `part('Ada', ' ', 2)`, gives: '' },
    ],
    call: ([value, separator, position]) => {
      const pieces = split(valueText(value), valueText(separator));
      const index = toNumber(position) ?? 0;
      return index > 0 ? pieces[index - 1] : pieces.at(index === 0 ? pieces.length : index);
    },
  },
  slice: {
    group: 'text',
    parameters: [text('text'), number('start'), optional(number('length'))],
    gives: 'text',
    description: 'The characters from a position on, 1 being the first and -1 the last; all of them, or so many.',
    examples: [
      { expression: `slice('INV-2026-17', 5, 4)`, gives: '2026' },
      { expression: `slice('4111111111111111', -4)`, gives: '1111' },
    ],
    call: ([value, start, length]) => slice(toCharacters(value), start, length),
  },
  pad: {
    group: 'text',
    parameters: [text('text'), number('length'), optional(text('with'))],
    gives: 'text',
    description: 'The text, brought to a length (100 at most) by characters in front of it; zeros where left out.',
    examples: [{ expression: `pad(42, 6)`, gives: '000042' }],
    call: ([value, length, filler]) =>
      valueText(value).padStart(Math.min(toNumber(length) ?? 0, 100), filler === undefined ? '0' : valueText(filler)),
  },
  digits: {
    group: 'text',
    parameters: [text('text')],
    gives: 'text',
    description: 'The digits of the text only.',
    examples: [{ expression: `digits('No. 12-34 / 5')`, gives: '12345' }],
    call: ([value]) => valueText(value).replaceAll(/\D/g, ''),
  },
  extract: {
    group: 'text',
    parameters: [text('text'), { name: 'pattern', type: 'pattern' }, optional(number('group'))],
    gives: 'text',
    description:
      'What a pattern finds first in the text; with a number, what stands in that group (parentheses) of it.',
    examples: [
      { expression: `extract('my order is INV-2026-17', 'INV-\\d+-\\d+')`, gives: 'INV-2026-17' },
      { expression: `extract('table for 4, please', 'for (\\d+)', 1)`, gives: '4' },
      { expression: `extract('no number', '\\d+')`, gives: '' },
    ],
    call: ([value, pattern, group]) => asPattern(pattern)?.extract(valueText(value), toNumber(group) ?? 0),
  },
  replacePattern: {
    group: 'text',
    parameters: [text('text'), { name: 'pattern', type: 'pattern' }, text('by')],
    gives: 'text',
    description: 'The text with another wherever a pattern is found; $1 is what stands in its first group.',
    examples: [
      { expression: `replacePattern('4111 1111 1111 1234', '\\d{4} ', '**** ')`, gives: '**** **** **** 1234' },
      { expression: `replacePattern('Lovelace, Ada', '(\\w+), (\\w+)', '$2 $1')`, gives: 'Ada Lovelace' },
    ],
    call: ([value, pattern, by]) => asPattern(pattern)?.replaceAll(valueText(value), valueText(by)),
  },
  encode: {
    group: 'text',
    parameters: [text('text')],
    gives: 'text',
    description: 'The text as a part of a web address.',
    examples: [{ expression: `encode('tea & milk')`, gives: 'tea%20%26%20milk' }],
    // A lone half of a character pair, which encodeURIComponent throws at, becomes the replacement character.
    call: ([value]) =>
      encodeURIComponent(valueText(value).slice(0, MAX_TEXT_LENGTH).replaceAll(LONE_SURROGATES, '\uFFFD')),
  },
  json: {
    group: 'text',
    parameters: [any('value')],
    gives: 'text',
    description: 'The value as JSON: quoted and escaped text, for the body of a Fetch URL.',
    examples: [{ expression: `json('say "hi"')`, gives: String.raw`"say \"hi\""` }],
    call: ([value]) => JSON.stringify(value ?? null),
  },
} as const satisfies Record<string, FunctionDefinition>;

const LONE_SURROGATES = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** What people see as one character: a flag, a family, a letter with its marks. */
function toCharacters(value: unknown): string[] {
  return toGraphemes(truncateText(valueText(value), MAX_TEXT_LENGTH));
}

/** Stops where the result is long enough: replacing a letter by a long text grows by the product of both. */
function replaceAll(whole: string, find: string, by: string): string {
  if (find === '') return whole;
  let result = '';
  let from = 0;
  for (let at = whole.indexOf(find); at >= 0 && result.length <= MAX_TEXT_LENGTH; at = whole.indexOf(find, from)) {
    result += whole.slice(from, at) + by;
    from = at + find.length;
  }
  return result + whole.slice(from);
}

function split(whole: string, separator: string): string[] {
  if (separator === '') return [whole];
  return whole.split(separator, MAX_LIST_LENGTH).map((piece) => piece.trim());
}

function slice(characters: readonly string[], start: unknown, length: unknown): string {
  const first = toNumber(start) ?? 1;
  const from = first < 0 ? Math.max(0, characters.length + first) : Math.max(0, first - 1);
  const count = length === undefined ? characters.length : Math.max(0, toNumber(length) ?? 0);
  return characters.slice(from, from + count).join('');
}

function asPattern(value: unknown): Pattern | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parser put it there, see the parameter's type
  return value as Pattern | undefined;
}
