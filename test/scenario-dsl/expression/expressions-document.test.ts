import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FunctionExample } from '../../../scenario-dsl/expression/functions/function-definition.ts';
import {
  describeSignature,
  findFunction,
  functionNames,
} from '../../../scenario-dsl/expression/functions/functions.ts';
import { worldVariables } from '../../../scenario-dsl/expression/world-variables.ts';

const file = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'scenario-expressions.md');

const groups = { text: 'Text', number: 'Numbers', date: 'Dates', list: 'Lists and maps', choice: 'Choice' };

const code = (source: string): string => `\`${source.replaceAll('|', '\\|')}\``;

function showExample({ expression, variables, gives }: FunctionExample): string {
  const given = variables ? `, with ${code(JSON.stringify(variables))}` : '';
  return `${code(expression)} → ${gives === '' ? 'nothing' : code(JSON.stringify(gives))}${given}`;
}

function describeFunctions(group: string): string {
  const rows = functionNames.flatMap((name) => {
    const definition = findFunction(name);
    if (definition?.group !== group) return [];
    const examples = definition.examples.map(showExample).join('<br>');
    return `| ${code(describeSignature(name, definition))} | ${definition.gives} | ${definition.description} | ${examples} |`;
  });
  return `| function | gives | | examples |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

function describeVariables(): string {
  const rows = worldVariables.map(({ name, type, description, setBy, isOptional, maxLength }) => {
    const from = setBy ? setBy.map(code).join(', ') : isOptional ? 'the world, where known' : 'the world, always';
    const bound = maxLength === undefined ? '' : String(maxLength);
    return `| ${code(`$(${name})`)} | ${type} | ${description} | ${from} | ${bound} |`;
  });
  return `| variable | type | | set by | longest |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
}

function describeExpressions(): string {
  const functions = Object.entries(groups).map(([group, title]) => `### ${title}\n\n${describeFunctions(group)}`);
  return `# Expressions and variables

The tables of this page are the tables of the code (\`scenario-dsl/expression/functions/\`, \`scenario-dsl/expression/world-variables.ts\`);
\`test/scenario-dsl/expression/expressions-document.test.ts\` compares them, and writes the page anew with \`vitest run -u\`.

## Where

| in | write |
| --- | --- |
| any text | \`$(name)\`, \`$(name.part)\`, \`$(name\\|fallback)\`, and any expression in between: \`$(upper(customer.firstName)\\|there)\`, \`$(price * 2)\` |
| a condition (\`when:\` of an If) | \`$(question) contains 'invoice' and not ($(age\\|0) < 18)\` |
| a value of Set Variable | \`= $(price) * $(count)\`: a text that begins with \`=\` |

In expressions a variable may be a bare word: \`price * count\` is \`$(price) * $(count)\`; text stands in quotes. The fallback, or nothing, speaks for what is unknown, null or
empty text; it goes on to the first \`)\`. \`$$(\` is a literal \`$(\`. What a customer wrote is put in as it is, never looked into. Lists and maps read as JSON.
Variable names: letters, digits, \`_\`, \`-\`, a letter or \`_\` first, dots between parts; so a minus between two names needs space around it.

## Operators

From weak to strong; parentheses as usual. Comparisons do not follow one another.

| | |
| --- | --- |
| \`or\` \`and\` \`not\` | a side holds when it is \`true\`, or the text "true" |
| \`==\` \`!=\` \`<\` \`<=\` \`>\` \`>=\` | as numbers when both sides read as numbers (a customer's \`"5"\` is 5), else as text, **case-sensitive**; an order with nothing on a side is false |
| \`contains\` \`starts-with\` \`ends-with\` | text, **not** case-sensitive; false when the right side is empty. A list contains what equals one of its items |
| \`contains-any\` \`contains-all\` \`in\` | with lists: \`$(topic) in ['tea', 'milk']\`, \`$(question) contains-any ['invoice', 'bill']\` |
| \`matches\` | a pattern found anywhere in the text, **not** case-sensitive unless it begins with \`(?-i)\`: \`$(zip) matches '^\\d{5}$'\` |
| \`like\` | all of the text, \`*\` standing for any characters and \`?\` for one: \`$(number) like 'INV-*'\` |
| \`before\` \`after\` \`on\` | dates; by the day, unless both have a time of day. False where a side is no date |
| \`is empty\` \`is not empty\` | unknown, blank text, empty list |
| \`+\` \`-\`, then \`*\` \`/\` \`%\` | numbers, and texts that read as numbers; nothing where a side is none, or by zero |

Words may have \`not\` before them: \`not in\`, \`not contains\`. Operands: variables, \`'text'\` or \`"text"\` (with \`\\'\`, and \`$(…)\` in it), numbers, \`true\`, \`false\`,
lists \`['a', 2]\`, calls of functions. In text \`\\n\` is a line break.

In \`map\`, \`filter\` and \`sort\` the item is \`each\`: \`filter(bills, each.amount > 10 and not each.paid)\`, \`join(map(bills, 'No. $(each.no)'), '\\n')\`. One of them does not stand inside
of what another works out for each item: set a variable first.

**Bounds.** An expression has at most 2,000 characters and 32 levels, a pattern 500 characters and 2,000 instructions. Texts end at 10,000
characters, lists at 1,000 items. A list that \`append\` or \`map\` gives ends at 100,000 characters in all. No operator or function costs more than its arguments are long (\`contains-any\` and \`contains-all\`: the product of
two lists). Patterns are RE2's (no look-around, no back-references), matched in linear time against the first 4,000 characters, and stand in the scenario:
a variable cannot be one.

**Dates** are text, \`2026-05-03\` as Request Input keeps it; a moment has a time, \`2026-05-03T14:30\`, by the clock of the scenario's time zone where it names no offset. \`$(now)\` and \`$(today)\` are those of what is
being worked on, the same when a step is replayed. Zones and the names of days and months are tables of our own, because those of Node.js differ between its versions.

## Functions

${functions.join('\n\n')}

## Variables of the world

${describeVariables()}

Every other variable is the scenario's own: whatever \`into\`, Set Variable and the like name. "The world, where known" may be empty: write a fallback.
`;
}

describe('docs/scenario-expressions.md', () => {
  it('is the tables of functions and variables', async () => {
    await expect(describeExpressions()).toMatchFileSnapshot(file);
  });
});
