import { describe, expect, it } from 'vitest';
import { buildFlow } from '../../../scenario-dsl/checks/flow.ts';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import { removeBlock, renameBlock } from '../../../scenario-dsl/edit/edit-scenario.ts';
import { toMermaid } from '../../../scenario-dsl/export/to-mermaid.ts';
import { toXstate } from '../../../scenario-dsl/export/to-xstate.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { getCoveragePercent, measureCoverage } from '../../../scenario-dsl/testing/coverage.ts';
import { fuzzScenario } from '../../../scenario-dsl/testing/fuzz-scenario.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';

const talk = `
  ask: { send-message: { text: Hi, wait: { into: reply } }, exits: { timeout: end }, next: end }
  human: { send-message: { text: One moment }, next: end }`;

const source = (anywhere: string, blocks = talk): string =>
  `attendant: 2\nscenario: test\nanywhere:\n${anywhere}\nblocks:${blocks}\n`;

const told = (text: string): string[] =>
  checkSource(text).problems.map(
    ({ line, severity, code, message, remedy }) => `${line} ${severity} ${code}: ${message} ${remedy}`,
  );

const agent = `  - { when: "$(item.message) matches '^agent'", go: human }`;

function documentOf(text: string) {
  const { document, problems } = parseScenario(text);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

describe('Rules of "anywhere" are checked:', () => {
  it('a rule makes its target reachable, and the built-in blocks too', () => {
    expect(told(source(agent))).toEqual([]);
    expect(told(source(`  - { when: "$(item.message) == 'stop'", go: end }\n${agent}`))).toEqual([]);
    expect(told(source(agent).replace(/anywhere:\n.*\n/, ''))).toEqual([
      expect.stringContaining('unreachable-block: No way leads to block "human".'),
    ]);
  });

  it('a rule that holds in no block that is reached makes nothing reachable', () => {
    const blocks = `${talk}\n  other: { send-message: { text: x, wait: {} }, exits: { timeout: end }, next: end }`;
    const excepting = `  - { when: "$(item.message) == 'x'", go: human, except: [ask] }`;
    expect(told(source(excepting, blocks))).toEqual([
      expect.stringContaining('No way leads to block "human".'),
      expect.stringContaining('No way leads to block "other".'),
    ]);
  });

  it('everything that is wrong with them is told at once, each at its place', () => {
    const wrong = `  - { when: "$(item.message) ==", go: humann }
  - { when: "$(item.message) == 'x'", go: human, except: [aks] }
  - { when: "$(item.message) == 'x'" }
  - { if: "$(item.message) == 'x'", go: human }`;
    expect(told(source(wrong)).map((line) => line.replace(/: .*/, ''))).toEqual([
      '4 error bad-condition',
      '4 error unknown-block',
      '5 error unknown-block',
      '6 error missing',
      '7 error bad-rule',
      '7 error unknown-key',
    ]);
    expect(told(source(wrong))[1]).toContain('Did you mean "human"?');
    expect(told(source(wrong))[2]).toContain('Did you mean "ask"?');
  });

  it('the variables that they read are set wherever they hold', () => {
    const rule = `  - { when: "$(item.message) == 'again' and $(reply) != ''", go: human }`;
    expect(told(source(rule))).toEqual([
      expect.stringMatching(/^4 error variable-not-set: \$\(reply\) is read here, but not set on the way ask\./),
    ]);
    expect(told(source(rule.replace('$(reply)', '$(reply|)')))).toEqual([]);
    const later = `
  ask: { send-message: { text: Hi, wait: { into: reply } }, exits: { timeout: end } }
  more: { send-message: { text: And?, wait: {} }, exits: { timeout: end }, next: end }
  human: { send-message: { text: One moment }, next: end }`;
    expect(told(source(rule.replace(' }', ', except: [ask] }'), later))).toEqual([]);
  });

  it('what is behind them has only what is set at every place', () => {
    const blocks = talk.replace('One moment', 'You said $(reply)');
    expect(told(source(agent, blocks))).toEqual([
      expect.stringContaining('$(reply) is read here, but not set on the way ask → human.'),
    ]);
    const { problems } = checkSource(source(agent, blocks));
    expect(problems[0]).toMatchObject({
      transcript: [
        'customer: …',
        'scenario: Hi  [ask]',
        `customer: … (anywhere: $(item.message) matches '^agent')`,
        'scenario: You said $(reply)  [human]',
      ],
    });
  });

  it('their values are used as what they are', () => {
    expect(told(source(`  - { when: "$(item.message) == 'x' and $(item.startedAt) > 5", go: human }`))).toEqual([
      expect.stringMatching(/^4 error type-mismatch/),
    ]);
  });

  it('a rule that asks nothing of the message', () => {
    expect(told(source(`  - { when: "$(customer.locale|) == 'de_DE'", go: human }`))).toEqual([
      expect.stringMatching(/^4 warning rule-without-message: .* Ask for the message as well/),
    ]);
  });

  it('a rule that holds nowhere, and an exception where none holds', () => {
    const silent = '\n  say: { send-message: { text: Hi } }\n  end: { exit: {} }';
    expect(told(source(`  - { when: "$(item.message) == 'x'", go: say }`, silent))).toEqual([
      expect.stringMatching(/^4 warning rule-holds-nowhere: .* no block of the scenario listens/),
    ]);
    expect(told(source(`${agent}\n  - { when: "$(item.message) == 'x'", go: human, except: [ask] }`))).toEqual([
      expect.stringMatching(/^5 warning rule-holds-nowhere: .*"except" names every block/),
    ]);
    expect(told(source(agent.replace(' }', ', except: [human] }')))).toEqual([
      expect.stringMatching(/^4 warning unused-except: "human" does not listen/),
    ]);
  });

  it('a reply that a block offers and a rule takes', () => {
    const choices = `
  ask: { request-input: { text: Hi, type: choice, into: what, choices: [{ title: Agent }, { title: Bot }] }, exits: { timeout: end, invalid: end } }
  sort: { switch: { variable: what, cases: { Agent: human, Bot: end }, default: end } }
  human: { send-message: { text: One moment }, next: end }`;
    expect(told(source(agent, choices))).toEqual([
      `4 warning reply-taken: "Agent", which "ask" offers, fits this rule and leads to "human". Where "ask" is to read it, write except: [ask].`,
    ]);
    const other = `${choices}\n  more: { send-message: { text: x, wait: {} }, exits: { timeout: end }, next: end }`;
    expect(
      told(source(agent.replace(' }', ', except: [ask] }'), other)).filter((line) => line.includes('taken')),
    ).toEqual([]);
  });

  const closing = '  - { event: window-closing, go: human }';

  it('the end of the messaging window: a rule for it is one of silence, and comes once', () => {
    const long = `
  ask: { send-message: { text: Hi, wait: { timeout: 30h } }, exits: { timeout: end }, next: end }
  human: { send-message: { text: One moment, wait: { timeout: 30m } }, exits: { timeout: ask }, next: end }`;
    expect(told(source(closing, long))).toEqual([]);
    const round = long.replace('timeout: end', 'timeout: human');
    expect(told(source(closing, round)).filter((line) => line.includes('error'))).toEqual([
      expect.stringContaining('endless-silence'),
    ]);
  });

  it('the end of the messaging window: what is said more than an hour behind it is too late', () => {
    const late = `
  ask: { send-message: { text: Hi, wait: {} }, exits: { timeout: end }, next: end }
  human: { wait: { for: 2h } }
  bye: { send-message: { text: Bye }, next: end }`;
    expect(told(source(closing, late))).toEqual([expect.stringContaining('warning outside-window')]);
    expect(told(source(closing, late.replace('2h', '59m')))).toEqual([]);
  });

  it('the end of the messaging window: a rule that is told sooner leaves more time', () => {
    const late = `
  ask: { send-message: { text: Hi, wait: {} }, exits: { timeout: end }, next: end }
  human: { wait: { for: 2h } }
  bye: { send-message: { text: Bye }, next: end }`;
    expect(told(source(closing.replace('go:', 'before: 2.5h, go:'), late))).toEqual([]);
    expect(told(source(closing.replace('go:', 'before: 30m, go:'), late.replace('2h', '59m')))).toEqual([
      expect.stringContaining('warning outside-window'),
    ]);
  });

  it.each([
    ['event: window-closing, before: 24h', 'before it closes it was not open yet. Write less than 24h: before: 2h'],
    [`when: "$(item.message) == 'x'", before: 2h`, '"before" belongs to an event. Write event: window-closing'],
    ['event: window-closing, before: 2', 'Write it with its unit: 2s, or 2m for minutes.'],
  ])('a lead time that cannot be: %s', (rule, remedy) => {
    expect(told(source(`  - { ${rule}, go: human }`))).toEqual([expect.stringContaining(remedy)]);
  });

  it('a rule that asks for both or nothing', () => {
    expect(told(source(`  - { when: "$(item.message) == 'x'", event: window-closing, go: human }`))).toEqual([
      expect.stringMatching(/^4 error bad-rule: "when" and "event" are two rules/),
    ]);
    expect(told(source('  - { go: human }'))).toEqual([
      expect.stringMatching(/^4 error bad-rule: .* Write one of them/),
    ]);
    expect(told(source('  - { event: window-close, go: human }'))).toEqual([expect.stringContaining('window-closing')]);
  });

  it('a round that only words lead into waits for somebody', () => {
    const round = `
  hello: { collect: { fields: [name] }, exits: { timeout: end, invalid: end }, next: end }
  human: { send-message: { text: One moment }, next: hello }`;
    expect(told(source(agent, round))).toEqual([]);
  });

  it('many of them in many blocks are checked in good time', () => {
    const rules = Array.from({ length: 20 }, (_, n) => `  - { when: "$(item.message) == 'w${n}'", go: b${n} }`);
    const blocks = Array.from(
      { length: 500 },
      (_, n) => `\n  b${n}: { send-message: { text: x, wait: { into: v${n} } }, exits: { timeout: end } }`,
    );
    const began = process.cpuUsage();
    expect(told(source(rules.join('\n'), blocks.join('')))).toEqual([]);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(5000);
  });
});

describe('The graph that the checks look at', () => {
  it('has the ways of the machine’s rules from every block that listens', () => {
    const document = documentOf(source(agent));
    const root = compileScenario(document).machine.root;
    const inMachine = root.transitions.get('run.anywhere')?.map(({ target }) => target?.map(({ id }) => id));
    expect(inMachine).toEqual([['human']]);
    const words = buildFlow(document).ways.filter(({ by }) => by === 'anywhere');
    expect(words.map(({ from, to }) => `${from} → ${to}`)).toEqual(['ask → human']);
  });
});

describe('Tests of a scenario with words that work anywhere', () => {
  const text = source(agent);
  const run = (steps: string): { percent: number; missing: string[]; failures: unknown[] } => {
    const document = documentOf(text);
    const read = readTestFile(`tests: [{ name: t, steps: [${steps}] }]`);
    if (!('file' in read)) throw new Error('wrong');
    const outcomes = runTests(document, read.file);
    const coverage = measureCoverage(
      document,
      outcomes.flatMap(({ path }) => path),
      [],
    );
    return {
      percent: getCoveragePercent(coverage),
      missing: coverage.exits.missing,
      failures: outcomes.flatMap(({ failure }) => failure ?? []),
    };
  };

  it('say which rules nobody has tried', () => {
    const { missing, failures } = run('{ customer: Hi }, { bot: Hi }, { customer: Bye }, { expect: { ended: true } }');
    expect([missing.includes(`anywhere: $(item.message) matches '^agent'`), failures]).toEqual([true, []]);
    const tried = run('{ customer: Hi }, { bot: Hi }, { customer: agent }, { bot: One moment }');
    expect([tried.missing.some((way) => way.startsWith('anywhere')), tried.failures]).toEqual([false, []]);
  });

  it('are tried by random customers with the words of the rules', () => {
    const loop = source(agent, talk.replace('text: One moment }, next: end', 'text: One moment }, next: human'));
    const document = { ...documentOf(text), blocks: parseScenario(loop).readable?.blocks ?? [] };
    expect(fuzzScenario(document, { runs: 200, seed: 1 })?.message).toContain('loop');
  });
});

describe('Drawings of words that work anywhere', () => {
  it('show one state for all of them in Mermaid', () => {
    const excepting = `${agent}\n  - { when: "$(item.message) == 'x'", go: end, except: [ask] }`;
    const lines = toMermaid(documentOf(source(excepting))).split('\n');
    expect(lines.slice(-5)).toEqual([
      '  block_end --> [*]',
      '  state "anywhere" as anywhere',
      '  anywhere --> block_human : $(item.message) matches #39;#94;agent#39;',
      '  anywhere --> block_end : $(item.message) == #39;x#39; (not in ask)',
      '',
    ]);
  });

  it('are transitions of the whole machine in XState', () => {
    expect(toXstate(documentOf(source(agent)))).toMatchObject({
      on: {
        'run.anywhere': [
          {
            target: '#human',
            guard: `anywhere: $(item.message) matches '^agent'`,
            description: `anywhere: $(item.message) matches '^agent'`,
          },
        ],
      },
    });
  });
});

describe('Edits', () => {
  it('rename the blocks that rules name, and keep those that a rule leads to', () => {
    const text = source(agent.replace(' }', ', except: [ask] }'));
    const once = renameBlock(text, { id: 'human', to: 'person' });
    const twice = renameBlock('source' in once ? once.source : '', { id: 'ask', to: 'query' });
    expect('source' in twice ? twice.source : twice).toContain(`go: person, except: [query] }`);
    expect(removeBlock(text, 'human')).toEqual({ problem: 'Lead these elsewhere first: anywhere.' });
  });
});
