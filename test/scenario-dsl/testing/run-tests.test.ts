import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { getCoveragePercent, measureCoverage } from '../../../scenario-dsl/testing/coverage.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { runTests, type TestOutcome } from '../../../scenario-dsl/testing/run-tests.ts';
import { parseBlocks } from '../scenario-run.ts';

function run(blocks: string, steps: string, settings = ''): TestOutcome {
  const { document, problems } = parseBlocks(blocks);
  if (!document) throw new Error(JSON.stringify(problems));
  const indented = steps.trim().replaceAll(/^(?=.)/gm, '      ');
  const read = readTestFile(`${settings}\ntests:\n  - name: it\n    steps:\n${indented}\n`);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const [outcome] = runTests(document, read.file);
  if (!outcome) throw new Error('no test was run');
  return outcome;
}

function problemsOf(source: string): string[] {
  const read = readTestFile(source);
  return 'problems' in read
    ? read.problems.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`)
    : [];
}

const ask = `
ask: { send-message: { text: "Tea or coffee?", quickReplies: [{ title: Tea, payload: t }, { title: Coffee }], wait: { into: drink } }, exits: { timeout: end } }
which: { if: [{ when: "$(drink) == 'Tea'", go: tea }] }
coffee: { send-message: { text: "One $(drink)." } }
end: { exit: {} }
tea: { send-message: { text: "Tea it is." } }
`;

const chat = `
find: { find-agent: { skills: [support], intervals: [{ for: 1m, minLevel: 50 }, { for: 1m }] }, exits: { timeout: late, no-agents: late, queue-limit: late } }
talk: { connect-chat: { noAnswer: 30s }, exits: { no-answer: find } }
bye: { send-message: { text: "Bye: $(targetDisconnectedCause)" } }
end: { exit: {} }
late: { send-message: { text: Nobody } }
`;

const bob = 'agents: { bob: { name: Bob, skills: { support: 60 } } }';

describe('A test passes when', () => {
  it.each([
    [
      'the scenario says what it expects',
      ask,
      '- customer: Hi\n- bot: Tea or coffee?\n- customer: milk\n- bot: One milk.',
      '',
    ],
    [
      'a tapped button sends its title and payload',
      ask,
      '- customer: Hi\n- tap: Tea\n- expect: { variables: { item.payload: t, drink: Tea } }\n- bot: Tea it is.',
      '',
    ],
    [
      'the buttons are those it expects',
      ask,
      '- customer: Hi\n- bot: { contains: coffee, quickReplies: [Tea, Coffee] }',
      '',
    ],
    ['nothing is said where it says so', ask, '- customer: Hi\n- after: 1m\n- bot: []', ''],
    ['it does not look at what is said', ask, '- customer: Hi\n- customer: milk\n- expect: { ended: true }', ''],
    [
      'time passes to the second',
      ask,
      '- customer: Hi\n- after: 9m 59s\n- expect: { block: ask, timers: [1s] }\n- after: 1s\n- expect: { exits: [ask.timeout], ended: true }',
      '',
    ],
    [
      'attachments come with a message',
      ask,
      '- customer: Hi\n- customer: { attachments: [{ type: image }] }\n- expect: { variables: { item.attachments: [{ type: image, url: "https://files.example.com/image" }] } }',
      '',
    ],
    [
      'an agent takes the chat and leaves with a cause',
      chat,
      '- customer: Hi\n- { agent: bob, does: accept }\n- { agent: bob, does: leave, cause: Failure }\n- bot: "Bye: Failure"',
      bob,
    ],
    [
      'the offer goes back to the queue when it is ignored',
      chat,
      '- customer: Hi\n- { agent: bob, does: ignore }\n- expect: { searching: true, offered: null, exits: [talk.no-answer] }\n- { agent: bob, does: ready }\n- expect: { offered: bob }',
      bob,
    ],
    [
      'an agent who logs in is found',
      chat,
      '- customer: Hi\n- expect: { searching: true }\n- { agent: bob, does: log-in }\n- expect: { offered: bob }',
      'agents: { bob: { skills: { support: 60 }, state: not-ready } }',
    ],
    [
      'the search ends when the last agent logs out',
      chat,
      '- customer: Hi\n- { agent: bob, does: log-out }\n- bot: Nobody',
      'agents: { bob: { skills: { support: 60 }, state: not-ready } }',
    ],
    [
      'an agent who is offered the chat logs out',
      chat,
      '- customer: Hi\n- { agent: bob, does: log-out }\n- bot: Nobody\n- expect: { exits: [talk.no-answer, find.no-agents] }',
      bob,
    ],
    [
      'the first interval suits nobody who is logged in, and a later one does',
      chat,
      '- customer: Hi\n- expect: { searching: true }\n- after: 59s\n- expect: { searching: true, offered: null }\n- after: 1s\n- expect: { offered: bob }',
      'agents: { bob: { skills: { support: 40 } } }',
    ],
    [
      'the last agent whom a later interval would find logs out',
      chat,
      '- customer: Hi\n- after: 10s\n- { agent: bob, does: log-out }\n- bot: Nobody\n- expect: { exits: [find.no-agents] }',
      'agents: { bob: { skills: { support: 40 } } }',
    ],
    ['the queue is full', chat, '- queue: full\n- customer: Hi\n- bot: Nobody', bob],
  ])('%s', (_what, ...[blocks, steps, settings]) => {
    expect(run(blocks, steps, settings).failure).toBeUndefined();
  });
});

describe('A test fails, showing the chat and the difference, when', () => {
  it('the scenario says something else', () => {
    const { failure } = run(ask, '- customer: Hi\n- customer: milk\n- bot: Two milks.');
    expect(failure).toEqual({
      step: 2,
      message: 'The scenario does not say what the test expects.',
      lines: [
        '  (it is 2027-01-15T08:00Z)',
        '          0s  customer: Hi',
        '          0s  scenario: Tea or coffee? [Tea] [Coffee]',
        '          0s  customer: milk',
        '          0s  scenario: One milk.',
        '          0s  (the conversation ends)',
        '- scenario: Two milks.',
        '+ scenario: One milk.',
        'The scenario does not say what the test expects.',
      ],
    });
  });

  it.each([
    [
      'it says more',
      ask,
      '- customer: Hi\n- bot: Tea or coffee?\n- customer: Tea\n- bot: []',
      '+ scenario: Tea it is.',
    ],
    ['it says more at the end', chat, '- customer: Hi\n- bot: Nobody\n- after: 1s\n- bot: Somebody', '+ (nothing)'],
    ['a button is not there', ask, '- customer: Hi\n- tap: Milk', '+ quick reply: Tea'],
    [
      'a variable is something else',
      ask,
      '- customer: Hi\n- customer: x\n- expect: { variables: { drink: y } }',
      '+ $(drink): "x"',
    ],
    ['a variable is not there', ask, '- customer: Hi\n- expect: { variables: { nothing: y } }', '+ $(nothing): null'],
    [
      'the path is another one',
      ask,
      '- customer: Hi\n- customer: Tea\n- expect: { path: [ask, tea] }',
      '+ path: ask, which, tea',
    ],
    ['a timer is another one', ask, '- customer: Hi\n- expect: { timers: [9m] }', '+ timers: 10m'],
    [
      'the search is for something else',
      chat,
      '- customer: Hi\n- expect: { searching: { skills: [billing] } }',
      '- skills: ["billing"]',
    ],
    [
      'an agent takes a chat that they are not offered',
      chat,
      '- customer: Hi\n- { agent: bob, does: accept }',
      'bob is offered no chat.',
    ],
    [
      'there is no such agent',
      chat,
      '- customer: Hi\n- { agent: eve, does: accept }',
      'There is no agent eve in "agents"; known are: bob.',
    ],
    [
      'a customer writes after the end',
      ask,
      '- customer: Hi\n- customer: Tea\n- customer: more',
      'The conversation has ended: this message would begin another one.',
    ],
    [
      'time passes before the beginning',
      ask,
      '- after: 1m',
      'The conversation has not begun: a customer’s message opens it.',
    ],
    [
      'a message is settled that nobody holds back',
      ask,
      '- customer: Hi\n- outcome: sent',
      'No message is held back: write { sends: hold } before it.',
    ],
  ])('%s', (_what, ...[blocks, steps, line]) => {
    const settings = 'agents: { bob: { skills: { support: 60 }, state: not-ready } }';
    expect(run(blocks, steps, settings).failure?.lines.map((text) => text.trim())).toContain(line);
  });
});

describe('A wrong test file is told, with its place:', () => {
  it.each([
    [
      'an unknown step',
      'tests: [{ name: a, steps: [{ custmer: Hi }] }]',
      '1:30 unknown-key "custmer" is not known here.',
    ],
    [
      'a step of two things',
      'tests: [{ name: a, steps: [{ customer: Hi, after: 1m }] }]',
      '1:28 bad-step A step does one thing.',
    ],
    [
      'a time without a unit',
      'tests: [{ name: a, steps: [{ after: "10" }] }]',
      '1:37 bad-duration "10" is not a time.',
    ],
    [
      'an agent who does nothing',
      'tests: [{ name: a, steps: [{ agent: bob }] }]',
      '1:28 bad-step A step of an agent says who and what.',
    ],
    [
      'a message of no kind',
      'tests: [{ name: a, steps: [{ customer: 5 }] }]',
      '1:40 wrong-type "customer" must be a text, or a map with text, payload, attachments or referral, or a list of these, not 5.',
    ],
    ['no tests', 'agents: {}', '1:1 missing "tests" is missing.'],
    [
      'no YAML',
      'tests: [',
      '1:9 bad-yaml Not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('%s', (_what, source, problem) => {
    expect(problemsOf(source)).toContain(problem);
  });
});

describe('The tests of Mobile Chat', () => {
  const { document } = parseScenario(readFileSync('scenarios/mobile-chat.yaml', 'utf8'));
  const read = readTestFile(readFileSync('scenarios/mobile-chat.test.yaml', 'utf8'));
  if (!document || 'problems' in read) throw new Error('Mobile Chat or its tests cannot be read.');

  it('pass, and cover every block and every exit', () => {
    const outcomes = runTests(document, read.file);
    expect(outcomes.filter(({ failure }) => failure)).toEqual([]);
    const coverage = measureCoverage(
      document,
      outcomes.flatMap(({ path }) => path),
      [],
    );
    expect(coverage.exits.missing).toEqual([]);
    expect(getCoveragePercent(coverage)).toBe(100);
  });

  it('alert a changed time', () => {
    const changed = parseScenario(
      readFileSync('scenarios/mobile-chat.yaml', 'utf8').replace('timeout: 10m', 'timeout: 11m'),
    );
    if (!changed.document) throw new Error('The changed scenario cannot be read.');
    const failed = runTests(changed.document, read.file).filter(({ failure }) => failure);
    expect(failed.map(({ name }) => name)).toContain('a customer who falls silent is thanked after ten minutes');
  });

  it('run at thousands of steps a second', () => {
    const rates = Array.from({ length: 5 }, () => {
      const started = process.cpuUsage();
      const steps = runTests(document, read.file).reduce((sum, outcome) => sum + outcome.steps, 0);
      const { user, system } = process.cpuUsage(started);
      return (1_000_000 * steps) / (user + system);
    });
    // The budget is 2,000 a second of the command; here XState runs with its development checks.
    expect(Math.max(...rates)).toBeGreaterThan(1000);
  });
});

describe('Coverage', () => {
  it('names the blocks and exits that no test took', () => {
    const { document } = parseBlocks(ask);
    if (!document) throw new Error('wrong');
    const { path } = run(ask, '- customer: Hi\n- customer: Tea');
    const coverage = measureCoverage(document, path, ['tea']);
    expect(coverage.blocks).toEqual({ total: 5, covered: 3, missing: ['coffee', 'end'] });
    expect(coverage.exits.missing).toContain('ask: timeout');
    expect(coverage.exits.missing).toContain('which: next');
  });
});
