import { array, assert, constantFrom, dictionary, jsonValue, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { parseBlocks } from '../scenario-run.ts';
import { measureProcessorMs } from '../../support/measure-processor-ms.ts';

/** `line:column code path`, with lines counted from the first block. */
function problemsOf(blocks: string): string[] {
  return parseBlocks(blocks).problems.map(
    ({ line, column, code, path }) => `${line - 3}:${column - 2} ${code} ${path}`,
  );
}

function remedyOf(blocks: string): string {
  return parseBlocks(blocks)
    .problems.map(({ remedy }) => remedy)
    .join('\n');
}

const send = 'send-message: { text: a }';

describe('A scenario source', () => {
  it('becomes a document in the author’s words and order', () => {
    const { document, problems } = parseScenario(`
attendant: 2
scenario: hello
title: Hello
note: For the fair.
tags: [fair, short]
blocks:
  b: { title: Ask, note: why, tags: [start], send-message: { text: Hi, wait: { timeout: 5m } }, exits: { timeout: a } }
  a: { exit: {} }
`);
    expect(problems).toEqual([]);
    expect(document).toEqual({
      attendant: 2,
      scenario: 'hello',
      title: 'Hello',
      note: 'For the fair.',
      tags: ['fair', 'short'],
      blocks: [
        {
          id: 'b',
          type: 'send-message',
          title: 'Ask',
          note: 'why',
          tags: ['start'],
          fields: { text: 'Hi', wait: { timeout: '5m' } },
          exits: { timeout: 'a' },
        },
        { id: 'a', type: 'exit', fields: {}, exits: {} },
      ],
    });
  });

  it('may be JSON', () => {
    expect(parseScenario('{"attendant":1,"scenario":"x","blocks":{"a":{"exit":{}}}}').document?.blocks).toHaveLength(1);
  });

  it('is told all its problems at once, in order, each with a remedy', () => {
    const { document, problems } = parseScenario(`attendant: 3
scenario: Bad Name
titel: x
blocks:
  a: { send-message: { text: '' } }
`);
    expect(document).toBeUndefined();
    expect(problems).toEqual([
      {
        severity: 'error',
        code: 'wrong-type',
        message: '"attendant" must be 2 or 1, not 3.',
        remedy: 'Write 2 or 1.',
        path: 'attendant',
        line: 1,
        column: 12,
        bytes: { start: 11, end: 12 },
      },
      expect.objectContaining({ code: 'bad-name', line: 2, column: 11 }),
      expect.objectContaining({ code: 'unknown-key', remedy: 'Did you mean "title"?', line: 3, column: 1 }),
      expect.objectContaining({ code: 'empty-text', path: 'blocks.a.send-message.text', line: 5, column: 30 }),
    ]);
  });
});

describe('A problem is found, with its place:', () => {
  it.each([
    ['an unknown block type', `a: { send-mesage: { text: a } }`, '1:6 unknown-block-type blocks.a.send-mesage'],
    ['a block without a type', `a: { title: x }`, '1:4 no-block-type blocks.a'],
    ['a block of two types', `a: { ${send}, exit: {} }`, '1:33 two-block-types blocks.a.exit'],
    ['a block that is no map', `a: hello`, '1:4 bad-block blocks.a'],
    ['an id that is not kebab-case', `Ask_Name: { exit: {} }`, '1:1 bad-block-id blocks.Ask_Name'],
    ['an id written twice', `a: { ${send} }\na: { exit: {} }`, '2:1 duplicate-id blocks.a'],
    ['a key written twice', `a: { exit: {}, exit: {} }`, '1:16 duplicate-key blocks.a.exit'],
    ['an unknown key of a block', `a: { exit: {}, exitz: {} }`, '1:16 unknown-key blocks.a.exitz'],
    ['an unknown field', `a: { send-message: { text: a, txt: b } }`, '1:31 unknown-key blocks.a.send-message.txt'],
    [
      'an unknown field inside',
      `a: { send-message: { text: a, wait: { ito: b } } }`,
      '1:39 unknown-key blocks.a.send-message.wait.ito',
    ],
    ['a missing field', `a: { log: {} }`, '1:6 missing blocks.a.log.text'],
    ['a number as text', `a: { send-message: { text: 5 } }`, '1:28 wrong-type blocks.a.send-message.text'],
    ['nothing as fields', `a: { exit: }`, '1:12 wrong-type blocks.a.exit'],
    [
      'a number as duration',
      `a: { connect-chat: { noAnswer: 10 } }`,
      '1:32 bad-duration blocks.a.connect-chat.noAnswer',
    ],
    ['an unknown unit', `a: { connect-chat: { noAnswer: 10 s } }`, '1:32 bad-duration blocks.a.connect-chat.noAnswer'],
    [
      'a wait without a bound',
      `a: { send-message: { text: a, wait: { timeout: never } } }`,
      '1:48 bad-duration blocks.a.send-message.wait.timeout',
    ],
    ['a wait of no time', `a: { find-agent: { timeout: 0s } }`, '1:29 bad-duration blocks.a.find-agent.timeout'],
    [
      'a wait of more than 30 days',
      `a: { find-agent: { timeout: 31d } }`,
      '1:29 bad-duration blocks.a.find-agent.timeout',
    ],
    ['a priority over 100', `a: { find-agent: { priority: 101 } }`, '1:30 out-of-bounds blocks.a.find-agent.priority'],
    [
      'a level under 0',
      `a: { find-agent: { intervals: [{ for: 1s, minLevel: -1 }] } }`,
      '1:53 out-of-bounds blocks.a.find-agent.intervals.0.minLevel',
    ],
    [
      'a broken substitution',
      `a: { send-message: { text: 'Hi $(name' } }`,
      '1:32 bad-substitution blocks.a.send-message.text',
    ],
    [
      'a broken condition',
      `a: { if: [{ when: "$(q) contian 'x'", go: b }] }\nb: { exit: {} }`,
      '1:25 bad-condition blocks.a.if.0.when',
    ],
    ['a branch without a target', `a: { if: [{ when: 'true' }] }`, '1:11 bad-branch blocks.a.if.0'],
    [
      'an else that is not last',
      `a: { if: [{ else: b }, { when: 'true', go: b }] }\nb: { exit: {} }`,
      '1:11 bad-branch blocks.a.if.0',
    ],
    ['an If without branches', `a: { if: [] }`, '1:10 out-of-bounds blocks.a.if'],
    ['a bad variable name', `a: { set-variable: { a b: 1 } }`, '1:22 bad-variable-name blocks.a.set-variable.a b'],
    ['a list as a value', `a: { set-variable: { a: [1] } }`, '1:25 wrong-type blocks.a.set-variable.a'],
    [
      'an exit that the block does not have',
      `a: { ${send}, exits: { sent: a } }`,
      '1:42 unknown-exit blocks.a.exits.sent',
    ],
    [
      'a timeout exit without wait',
      `a: { ${send}, exits: { timeout: a } }`,
      '1:42 unknown-exit blocks.a.exits.timeout',
    ],
    ['an exit to nowhere', `a: { ${send}, exits: { send-error: b } }`, '1:54 unknown-block blocks.a.exits.send-error'],
    ['a goto to nowhere', `a: { goto: b }`, '1:12 unknown-block blocks.a.goto'],
    ['a branch to nowhere', `a: { if: [{ else: b }] }`, '1:19 unknown-block blocks.a.if.0.else'],
    ['a block that no way leads to', `a: { exit: {} }\nb: { exit: {} }`, '2:1 unreachable-block blocks.b'],
    ['an alias', `a: &x { exit: {} }\nb: *x`, '2:4 alias-refused blocks.b'],
    [
      'a key that reaches into JavaScript',
      `a: { set-variable: { __proto__: 1 } }`,
      '1:22 unknown-key blocks.a.set-variable.__proto__',
    ],
  ])('%s', (_what, blocks, problem) => {
    expect(problemsOf(blocks)).toContain(problem);
  });

  it('a text longer than Messenger takes', () => {
    expect(problemsOf(`a: { send-message: { text: "${'x'.repeat(2001)}" } }`)).toEqual([
      '1:28 text-too-long blocks.a.send-message.text',
    ]);
  });

  it('more quick replies than Messenger takes', () => {
    const replies = Array.from({ length: 14 }, (_, n) => `{ title: r${n} }`).join(', ');
    expect(problemsOf(`a: { send-message: { text: a, quickReplies: [${replies}] } }`)).toEqual([
      '1:45 out-of-bounds blocks.a.send-message.quickReplies',
    ]);
  });

  it('and says what was probably meant', () => {
    expect(remedyOf('a: { sendMessage: { text: a } }')).toBe('Did you mean "send-message"?');
    expect(remedyOf('a: { goto: ennd }\nend: { exit: {} }')).toBe('Did you mean "end"?');
    expect(remedyOf(`a: { send-message: { text: a, wait: { timeuot: 1s } } }`)).toBe('Did you mean "timeout"?');
    expect(remedyOf(`a: { connect-chat: { noAnswer: 10 } }`)).toContain('10s');
  });
});

describe('A hostile source is refused quickly:', () => {
  it.each([
    ['nothing', '', 'wrong-type'],
    ['a binary zero', '\u0000', 'bad-character'],
    ['broken YAML', 'a: [', 'bad-yaml'],
    ['a tag', '!!js/function x', 'bad-yaml'],
    ['a second document', 'attendant: 2\n---\nscenario: x', 'bad-yaml'],
    ['a list as key', '? [a]\n: b', 'bad-yaml'],
    ['more than 1 MB', 'x'.repeat(1024 * 1024 + 1), 'too-large'],
    ['deep lists in brackets', '['.repeat(500_000), 'too-large'],
    ['deep lists without', '- '.repeat(300_000), 'too-large'],
    ['deep lists of a few thousand', '- '.repeat(20_000), 'too-deep'],
    ['a million quotes', '"'.repeat(1_000_000), 'too-large'],
    ['one key over and over', 'a:\n'.repeat(300_000), 'too-large'],
    ['an alias bomb', `a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]`, 'missing'],
  ])('%s', (_what, source, code) => {
    const { result, tookMs } = measureProcessorMs(() => parseScenario(source));
    expect(result.problems[0]?.code).toBe(code);
    expect(tookMs).toBeLessThan(5000);
  });

  it('whatever it is, nothing is thrown', () => {
    const word = constantFrom(
      'attendant: 2\n',
      'scenario: x\n',
      'blocks:\n',
      '  a:\n',
      '    if:\n',
      '    send-message:\n',
      '      text: ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '&a',
      '*a',
      '!!x',
      '$(',
      '|\n',
      '\t',
      '#',
      '? ',
      '1',
      '~',
      '.nan',
    );
    assert(
      property(
        oneof(
          string(),
          string({ unit: 'binary' }),
          array(word).map((list) => list.join('')),
        ),
        (source) =>
          parseScenario(source).problems.every(
            ({ line, column, message, remedy }) => line > 0 && column > 0 && message !== '' && remedy !== '',
          ),
      ),
      { numRuns: 500 },
    );
  }, 30_000);

  it('whatever JSON stands in its blocks, nothing is thrown', () => {
    assert(
      property(
        dictionary(
          constantFrom('if', 'goto', 'exit', 'send-message', 'find-agent', 'set-variable', 'exits'),
          jsonValue(),
        ),
        (block) =>
          Array.isArray(parseScenario(JSON.stringify({ attendant: 2, scenario: 'x', blocks: { a: block } })).problems),
      ),
    );
  });
});
