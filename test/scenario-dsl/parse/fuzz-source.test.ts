import { readdirSync, readFileSync } from 'node:fs';
import { array, assert, constantFrom, nat, oneof, property, record, string, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { measureProcessorMs } from '../../support/measure-processor-ms.ts';

/** Always the same sources; another seed finds others: ATTENDANT_FUZZ_SEED, ATTENDANT_FUZZ_RUNS. */
const seed = Number(process.env['ATTENDANT_FUZZ_SEED'] ?? 20_261_122);
const runs = Number(process.env['ATTENDANT_FUZZ_RUNS'] ?? 150);

/** What docs/scenario-checks.md promises for any source; of processor time, because a busy machine is not the check’s fault. */
const boundMs = 10_000;

/** Reads and checks a source; what comes out has to be problems, each with a place in the source, in good time. */
function examine(source: string): boolean {
  const { result, tookMs } = measureProcessorMs(() => checkSource(source));
  expect(tookMs).toBeLessThan(boundMs);
  const { problems, isPublishable, checks } = result;
  const length = Buffer.byteLength(source);
  for (const { code, message, remedy, line, column, bytes } of problems) {
    expect([code, message, remedy].every((text) => text.length > 0 && text.length < 2000)).toBe(true);
    expect(line >= 1 && column >= 1 && bytes.start >= 0 && bytes.start <= bytes.end && bytes.end <= length).toBe(true);
  }
  return checks.length > 0 && (isPublishable || problems.length > 0);
}

const templates = readdirSync('scenarios')
  .filter((name) => /^[^.]+\.yaml$/.test(name))
  .map((name) => readFileSync(`scenarios/${name}`, 'utf8'));

const yamlWords = [
  '\n',
  '  ',
  '\t',
  ': ',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '#',
  '&a ',
  '*a',
  '!!js/function ',
  '|',
  '>-',
  "'",
  '"',
  '? ',
];
const oddWords = [
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '\u0000',
  '\uFEFF',
  '\u2028',
  '\r',
  '\\',
  '$(',
  '|x)',
  ')',
  '$$(',
  '=',
  '<<: ',
  '~',
];
const ourWords = [
  'attendant',
  'blocks',
  'exits',
  'next',
  'end',
  'defaults',
  'inputs',
  'results',
  'text',
  'anywhere',
  'except',
  'languages',
  'byLanguage',
  '{ de: a, en: b }',
  'timeZone',
  'if',
  'when',
  'go',
  'else',
  'goto',
  'wait',
  'timeout',
  'into',
  'null',
  '9e999',
  '-0',
];
const badWords = [
  '__proto__',
  'constructor',
  'toString',
  'matches',
  `'(a+)+$'`,
  'upper(',
  'not ',
  ' and ',
  '10m',
  '😀',
  '\uD800',
];

/** Words that mean something to YAML, to the language or to JavaScript. */
const word = constantFrom(...yamlWords, ...oddWords, ...ourWords, ...badWords);

const mutation = record({
  kind: constantFrom('insert', 'remove', 'repeat', 'swap'),
  at: nat(1_000_000),
  length: nat(60),
  what: oneof(word, string({ maxLength: 5 })),
});

function mutate(
  source: string,
  mutations: readonly { kind: string; at: number; length: number; what: string }[],
): string {
  return mutations.reduce((text, { kind, at, length, what }) => {
    const start = at % (text.length + 1);
    const [before, middle, after] = [
      text.slice(0, start),
      text.slice(start, start + length),
      text.slice(start + length),
    ];
    if (kind === 'insert') return before + what + middle + after;
    if (kind === 'remove') return before + after;
    return kind === 'repeat'
      ? before + middle.repeat(3) + after
      : before + middle.split('').toReversed().join('') + after;
  }, source);
}

const decode = (encoding: string, data: Uint8Array): string => new TextDecoder(encoding).decode(data);
const level = (n: number): string => `l${n}: &l${n} [${Array.from({ length: 10 }, () => `*l${n - 1}`).join(', ')}]`;
const blocks = (count: number, block: (n: number) => string): string =>
  `attendant: 2\nscenario: x\nblocks:\n${Array.from({ length: count }, (_, n) => `  b${n}: ${block(n)}\n`).join('')}`;

describe('Whatever a source is, a check of it ends in good time with problems that have a place:', () => {
  it('random bytes', () => {
    const bytes = uint8Array({ maxLength: 5000 });
    assert(
      property(bytes, constantFrom('utf-8', 'utf-16le', 'latin1'), (data, encoding) => examine(decode(encoding, data))),
      { seed, numRuns: runs },
    );
  }, 120_000);

  it('words of YAML and of the language', () => {
    assert(
      property(array(word, { maxLength: 200 }), (words) => examine(words.join(''))),
      { seed, numRuns: runs },
    );
  }, 120_000);

  it('the templates, with pieces inserted, removed, repeated and reversed', () => {
    assert(
      property(
        tuple(constantFrom(...templates), array(mutation, { minLength: 1, maxLength: 12 })),
        ([template, mutations]) => examine(mutate(template, mutations)),
      ),
      { seed, numRuns: runs },
    );
  }, 240_000);

  it('variables that are set from themselves and from one another, in rounds, and said', () => {
    const name = constantFrom('a', 'b', 'c', 'customer.firstName', 'agent.name', 'item.message', 'a.b');
    const value = tuple(
      constantFrom(
        '$(#)',
        '$(#|x)',
        '$(#) - $(@)',
        '= $(#) + 1',
        '= upper($(#))',
        '= if($(@) > 1, $(#), 0)',
        '= default($(#), $(@))',
        "= '$(#)'",
      ),
      name,
      name,
    ).map(([form, one, other]) => form.replaceAll('#', one).replaceAll('@', other));
    const block = oneof(
      array(tuple(name, value), { minLength: 1, maxLength: 4 }).map(
        (sets) => `{ set-variable: ${JSON.stringify(Object.fromEntries(sets))} }`,
      ),
      name.map(
        (variable) => `{ send-message: { text: "$(${variable}|)", quickReplies: [{ title: "$(${variable}|x)" }] } }`,
      ),
      name.map((variable) => `{ request-input: { text: "?", into: ${variable} } }`),
      tuple(name, nat(9)).map(([variable, target]) => `{ if: [{ when: "$(${variable}|) < 3", go: b${target} }] }`),
    );
    assert(
      property(array(block, { minLength: 10, maxLength: 10 }), (written) =>
        examine(blocks(10, (n) => written[n] ?? '')),
      ),
      { seed, numRuns: runs },
    );
  }, 120_000);

  it.each([20, 1000, 20_000, 200_000])(
    'what is nested %d deep',
    (depth) => {
      const ways = ['[', '{a: ', '- ', '? ', '[{a: ', '"', "'", '!x ', '&a ', '$(', '(', 'not ', '-'];
      for (const way of ways) {
        examine(way.repeat(depth));
        examine(
          `attendant: 2\nscenario: x\nblocks:\n  a:\n    if: [{ when: "${way.repeat(Math.min(depth, 100_000))}", go: a }]\n`,
        );
      }
      examine(Array.from({ length: Math.min(depth, 1400) }, (_, n) => `${' '.repeat(n)}a:`).join('\n'));
    },
    120_000,
  );

  it.each([10, 30])('an alias bomb of %d levels', (levels) => {
    const bomb = ['l0: &l0 [x]', ...Array.from({ length: levels }, (_, n) => level(n + 1))].join('\n');
    examine(bomb);
    examine(`attendant: 2\nscenario: x\nblocks:\n${bomb.replaceAll(/^/gm, '  ')}\n`);
  });

  it('merge keys, tags and several documents', () => {
    for (const text of [
      'a: &a {x: 1}\nb: {<<: *a}',
      '!!set {a, b}',
      '!!binary aGk=',
      '--- a\n--- b',
      '%TAG ! x\n--- !a b',
    ])
      examine(text);
  });

  it.each<[string, string]>([
    ['5 MB of comments', '# comment\n'.repeat(500_000)],
    ['5 MB of blocks', blocks(100_000, () => `{ send-message: { text: 'Hello, how are you?' } }`)],
    ['5 MB of one text', `attendant: 2\nscenario: "${'x'.repeat(5_000_000)}"`],
    ['5 MB of emoji', '😀'.repeat(1_250_000)],
    ['5 MB of nothing', ' '.repeat(5_000_000)],
    ['5 MB of keys', 'a:\n'.repeat(1_700_000)],
    ['1 MB of one line of text', `attendant: 2\nscenario: x\nblocks: { a: { comment: "${'ä '.repeat(500_000)}" } }`],
    ['half a megabyte of substitutions', blocks(20, () => `{ set-variable: { a: "${'$(upper(b))'.repeat(2000)}" } }`)],
    ['1 MB of open substitutions', blocks(20, () => `{ set-variable: { a: "${'$('.repeat(24_000)}" } }`)],
    [
      '1 MB of long conditions',
      blocks(500, (n) => `{ if: [{ when: "${`$(v${n}) == 1 or `.repeat(120)}true", go: b0 }] }`),
    ],
    ['1 MB of patterns', blocks(1500, () => `{ if: [{ when: "$(a) matches '${'(a?b+|c*)'.repeat(50)}'", go: b0 }] }`)],
    [
      '1,000 blocks that lead everywhere',
      blocks(
        1000,
        (n) =>
          `{ switch: { variable: v${n}, cases: { ${Array.from({ length: 8 }, (_, k) => `c${k}: b${(n * 7 + k * 131) % 1000}`).join(', ')} } } }`,
      ),
    ],
    [
      '2,000 searches in a ring',
      blocks(2000, (n) => `{ find-agent: {}, exits: { timeout: b${(n + 1) % 2000}, no-agents: b${(n * 3) % 2000} } }`),
    ],
    [
      '2,000 questions that lead back',
      blocks(
        2000,
        (n) =>
          `{ send-message: { text: "$(v${n % 50})", wait: { into: v${n % 97}, timeout: 1h } }, exits: { timeout: b${(n * 13) % 2000} } }`,
      ),
    ],
    [
      'a chain of 15,000 variables, the last of which is said',
      `attendant: 2\nscenario: x\nblocks:\n  set:\n    set-variable:\n      v0: x\n${Array.from({ length: 15_000 }, (_, n) => `      v${n + 1}: $(v${n})\n`).join('')}  say: { send-message: { text: $(v15000) } }\n`,
    ],
    [
      '2,000 blocks that append to what they append to, and say it',
      blocks(
        1000,
        (n) =>
          `{ set-variable: { v${n % 7}: "$(v${n % 7}), $(v${(n + 1) % 7})" } }\n  s${n}: { send-message: { text: $(v${n % 7}) } }`,
      ),
    ],
    [
      '200 variables set in turn',
      blocks(2000, (n) => `{ set-variable: { v${n % 200}: "$(v${(n + 1) % 200})$(v${(n + 2) % 200})" } }`),
    ],
  ])(
    '%s',
    (_what, source) => {
      examine(source);
    },
    60_000,
  );
});
