import { comparators } from '../compare.ts';
import { foldedText, isEmpty, isTrue, MAX_TEXT_LENGTH, toList, toNumber, valueText } from '../values.ts';
import { findVariable, parseVariablePath } from '../variables.ts';
import {
  any,
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
    call: ([container, part]) => comparators.contains(container, part),
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
