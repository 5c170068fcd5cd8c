import { comparators } from '../compare.ts';
import {
  foldedText,
  isEmpty,
  isTrue,
  MAX_LIST_LENGTH,
  MAX_TEXT_LENGTH,
  toList,
  toNumber,
  valueText,
} from '../values.ts';
import { findVariable, parseVariablePath } from '../variables.ts';
import {
  any,
  each,
  list,
  number,
  optional,
  repeated,
  text,
  type FunctionDefinition,
  type Parameter,
} from './function-definition.ts';

const condition: Parameter = { name: 'condition', type: 'boolean' };

/** Functions of lists and maps, and of what may be missing. */
export const listFunctions = {
  count: {
    group: 'list',
    takesNothing: true,
    parameters: [list('list')],
    gives: 'number',
    description: 'How many items the list has; nothing has none, a value that is no list one.',
    examples: [
      { expression: `count(['a', 'b'])`, gives: 2 },
      { expression: 'count($(item.attachments))', variables: { item: { attachments: [] } }, gives: 0 },
    ],
    call: ([value]) => (Array.isArray(value) ? value.length : toList(value).length),
  },
  first: {
    group: 'list',
    parameters: [list('list')],
    gives: 'any',
    description: 'The first item.',
    examples: [{ expression: `first(['a', 'b'])`, gives: 'a' }],
    call: ([value]) => toList(value)[0],
  },
  last: {
    group: 'list',
    parameters: [list('list')],
    gives: 'any',
    description: 'The last item.',
    examples: [{ expression: `last(['a', 'b'])`, gives: 'b' }],
    call: ([value]) => toList(value).at(-1),
  },
  item: {
    group: 'list',
    parameters: [list('list'), number('position')],
    gives: 'any',
    description: 'The item at a position: 1 is the first, -1 the last.',
    examples: [{ expression: `item(['a', 'b', 'c'], 2)`, gives: 'b' }],
    call: ([value, position]) => {
      const index = toNumber(position) ?? 0;
      return index > 0 ? toList(value)[index - 1] : index < 0 ? toList(value).at(index) : undefined;
    },
  },
  field: {
    group: 'list',
    parameters: [{ name: 'map', type: 'map' }, text('name')],
    gives: 'any',
    description: 'What a map holds under a name; parts of names have dots between them.',
    examples: [
      { expression: `field(first($(orders)), 'no')`, variables: { orders: [{ no: 17 }] }, gives: 17 },
      { expression: `field($(order), 'a.b')`, variables: { order: { a: { b: 'x' } } }, gives: 'x' },
    ],
    call: ([map, name]) => {
      const path = parseVariablePath(valueText(name));
      return path && findVariable({ map }, ['map', ...path]);
    },
  },
  join: {
    group: 'list',
    takesNothing: true,
    parameters: [list('list'), optional(text('separator')), optional(text('last separator'))],
    gives: 'text',
    description: 'The items as one text, with a comma and a space between them where nothing else is said.',
    examples: [
      { expression: `join(['a', 'b', 'c'])`, gives: 'a, b, c' },
      { expression: `join(['a', 'b', 'c'], ', ', ' and ')`, gives: 'a, b and c' },
    ],
    call: ([value, separator, lastSeparator]) => join(toList(value), separator, lastSeparator),
  },
  append: {
    group: 'list',
    takesNothing: true,
    parameters: [list('list'), repeated(any('items'))],
    gives: 'list',
    description:
      'The list with more items behind it; of an item that is a list, its items. Nothing is a list without any.',
    examples: [
      { expression: `append(['a'], 'b', ['c', 'd'])`, gives: ['a', 'b', 'c', 'd'] },
      { expression: `append($(cart), 'tea')`, gives: ['tea'] },
    ],
    call: (args) => withinSize(args.flatMap(toList)),
  },
  map: {
    group: 'list',
    parameters: [list('list'), each('value')],
    gives: 'list',
    description:
      'A value for each item of the list, which is each; the name of a field in quotes is what it holds there.',
    examples: [
      { expression: `map([1, 2], each * 10)`, gives: [10, 20] },
      { expression: `map($(bills), 'No. $(each.no)')`, variables: { bills: [{ no: 7 }] }, gives: ['No. 7'] },
      { expression: `map($(bills), 'no')`, variables: { bills: [{ no: 7 }] }, gives: [7] },
    ],
    call: ([value, valueOf]) => withinSize(toList(value), asEach(valueOf)),
  },
  filter: {
    group: 'list',
    parameters: [list('list'), each('condition')],
    gives: 'list',
    description: 'The items for which the condition holds; each is the item.',
    examples: [{ expression: `filter([1, 5, 9], each > 3)`, gives: [5, 9] }],
    call: ([value, holds]) => toList(value).filter((item) => isTrue(asEach(holds)(item))),
  },
  sort: {
    group: 'list',
    parameters: [list('list'), optional(each('by')), optional(text('order'))],
    gives: 'list',
    description:
      "The items in order: by a value of each, or a field in quotes, or themselves; 'desc' turns it round. Numbers go before texts, letters’ case and accents do not count.",
    examples: [
      { expression: `sort(['b', 10, 'Ä', 9])`, gives: [9, 10, 'Ä', 'b'] },
      {
        expression: `map(sort($(bills), 'sum', 'desc'), 'sum')`,
        variables: { bills: [{ sum: 1 }, { sum: 3 }] },
        gives: [3, 1],
      },
    ],
    examine: ([, , order]) =>
      order === undefined || /^(asc|desc)$/.test(order)
        ? undefined
        : { index: 2, message: `"${order}" is no order.`, remedy: `Write 'asc' or 'desc'.` },
    call: ([value, by, order]) => sort(toList(value), by === undefined ? (item) => item : asEach(by), order === 'desc'),
  },
  sublist: {
    group: 'list',
    parameters: [list('list'), number('start'), optional(number('length'))],
    gives: 'list',
    description: 'The items from a position on, 1 being the first and -1 the last; all of them, or so many.',
    examples: [
      { expression: `sublist(['a', 'b', 'c'], 2)`, gives: ['b', 'c'] },
      { expression: `sublist(['a', 'b', 'c'], 1, 2)`, gives: ['a', 'b'] },
    ],
    call: ([value, start, length]) => sublist(toList(value), start, length),
  },
  unique: {
    group: 'list',
    parameters: [list('list')],
    gives: 'list',
    description: 'The list with each item once, letters’ case not counting.',
    examples: [{ expression: `unique(['Tea', 'tea', 'milk'])`, gives: ['Tea', 'milk'] }],
    call: ([value]) => unique(toList(value)),
  },
  contains: {
    group: 'list',
    takesNothing: true,
    parameters: [any('list or text'), any('part')],
    gives: 'boolean',
    description: 'Whether a list has the item, or a text the part; the operator contains as a function.',
    examples: [{ expression: `contains(['Tea', 'milk'], 'tea')`, gives: true }],
    call: ([container, part], variables) => comparators.contains(container, part, variables),
  },
  default: {
    group: 'choice',
    takesNothing: true,
    parameters: [any('value'), repeated(any('others'))],
    gives: 'any',
    description: 'The first of the values that is not empty.',
    examples: [
      { expression: `default($(nickname), $(customer.firstName), 'you')`, variables: { nickname: ' ' }, gives: 'you' },
    ],
    call: (args) => args.find((value) => !isEmpty(value)),
  },
  if: {
    group: 'choice',
    parameters: [condition, any('then'), optional(any('else'))],
    gives: 'any',
    description: 'One value where the condition holds, else the other, or nothing.',
    examples: [{ expression: `if($(vip), 'Dear guest', 'Hello')`, variables: { vip: true }, gives: 'Dear guest' }],
    call: ([holds, then, otherwise]) => (isTrue(holds) ? then : otherwise),
  },
} as const satisfies Record<string, FunctionDefinition>;

function unique(items: readonly unknown[]): unknown[] {
  const seen = new Map<string, unknown>();
  for (const item of items) if (!seen.has(foldedText(item))) seen.set(foldedText(item), item);
  return [...seen.values()];
}

function join(items: readonly unknown[], separator: unknown = ', ', lastSeparator: unknown = separator): string {
  let joined = '';
  for (const [index, item] of items.entries()) {
    if (joined.length > MAX_TEXT_LENGTH) break;
    if (index > 0) joined += valueText(index === items.length - 1 ? lastSeparator : separator);
    joined += valueText(item);
  }
  return joined;
}

type OfItem = (item: unknown) => unknown;

function asEach(value: unknown): OfItem {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `evaluate` puts it there, see the parameter's type
  return value as OfItem;
}

/** Characters of all items of a list that grows, as JSON: what a run remembers must not grow without end. */
const MAX_LIST_SIZE = 100_000;

function withinSize(items: readonly unknown[], valueOf: OfItem = (item) => item): unknown[] {
  const kept: unknown[] = [];
  let size = 0;
  for (const item of items.slice(0, MAX_LIST_LENGTH)) {
    // Nothing keeps its place, so that lists that are made from one another agree.
    const value = valueOf(item) ?? '';
    size += valueText(value).length;
    if (size > MAX_LIST_SIZE) break;
    kept.push(value);
  }
  return kept;
}

/** Without a locale: what collates otherwise on another version of Node would make a replay differ. */
function sort(items: readonly unknown[], by: OfItem, isDescending: boolean): unknown[] {
  const keyed = items.map((item) => {
    const value = by(item);
    return { item, number: toNumber(value), text: withoutAccents(valueText(value)) };
  });
  const sorted = keyed.toSorted((a, b) => {
    if (a.number !== undefined || b.number !== undefined) return (a.number ?? Infinity) - (b.number ?? Infinity);
    return a.text < b.text ? -1 : Number(a.text > b.text);
  });
  return (isDescending ? sorted.toReversed() : sorted).map(({ item }) => item);
}

function withoutAccents(whole: string): string {
  return whole.slice(0, 200).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function sublist(items: readonly unknown[], start: unknown, length: unknown): unknown[] {
  const first = toNumber(start) ?? 1;
  const from = first < 0 ? Math.max(0, items.length + first) : Math.max(0, first - 1);
  return items.slice(from, length === undefined ? items.length : from + Math.max(0, toNumber(length) ?? 0));
}
