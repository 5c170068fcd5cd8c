import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../../scenario-dsl/checks/check-scenario.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { expandScenarios, listStartedScenarios } from '../../../scenario-dsl/document/expand-scenarios.ts';
import { parseBlocks, ScenarioRun } from '../scenario-run.ts';

function document(name: string, blocks: string): ScenarioDocument {
  const { document: parsed, problems } = parseBlocks(blocks);
  if (!parsed) throw new Error(JSON.stringify(problems));
  return { ...parsed, scenario: name };
}

const survey = document(
  'survey',
  `
ask: { request-input: { text: "How was $(what)?", type: rating, into: rating }, exits: { invalid: stop, timeout: back } }
thanks: { send-message: { text: "Thank you for $(rating)" } }
back: { return: {} }
stop: { exit: {} }
`,
);

const main = document(
  'main',
  `
hello: { send-message: { text: Hello } }
call: { start-another-scenario: { scenario: survey, variables: { what: "the $(thing)" } }, exits: { failed: gone } }
bye: { send-message: { text: "Bye, $(rating|no rating)" } }
end: { exit: {} }
gone: { send-message: { text: Gone } }
`,
);

function run(scenarios: Record<string, ScenarioDocument> | undefined, source = main): ScenarioRun {
  return new ScenarioRun(source, { variables: { thing: 'tea' } }, scenarios ? { scenarios } : {}).answer(
    'message.sent',
  );
}

const started = (name: string): string => `{ start-another-scenario: { scenario: ${name} } }`;

describe('Start Another Scenario', () => {
  it('runs the other one with the variables it is given, and goes on when it returns, with those it has set', () => {
    const chat = run({ survey });
    expect(chat.block).toBe('call/ask');
    expect(chat.lastEffect).toMatchObject({ id: 'call/ask:3', text: 'How was the tea?' });
    chat.answer('message.sent').write('4').answer('message.sent');
    expect(chat.block).toBe('bye');
    expect(chat.lastEffect).toMatchObject({ text: 'Bye, 4' });
  });

  it('goes on when the other one comes to its end', () => {
    const short = document('survey', 'a: { set-variable: { rating: 5 } }');
    expect(run({ survey: short }).lastEffect).toMatchObject({ text: 'Bye, 5' });
  });

  it('does not go on after an Exit, which ends the conversation', () => {
    const chat = run({ survey });
    for (const text of ['x', 'x', 'x']) chat.answer('message.sent').write(text);
    expect(chat.status).toBe('done');
  });

  it('ends the conversation at a Return or an end that nothing is behind', () => {
    const last = document('main', `hello: { send-message: { text: Hello } }\ncall: ${started('survey')}`);
    const chat = run({ survey }, last);
    expect(chat.answer('message.sent').wait(600_000).status).toBe('done');
  });

  it('lets an Exception Handler around the call catch what goes wrong inside', () => {
    const guarded = document(
      'main',
      `try: { exception-handler: { try: [hello, call], catch: sorry } }
hello: { send-message: { text: Hello } }
call: ${started('survey')}
end: { exit: {} }
sorry: { send-message: { text: "Sorry: $(exception.block)" } }`,
    );
    expect(run({ survey }, guarded).failSend().lastEffect).toMatchObject({ text: 'Sorry: call/ask' });
  });

  it('runs the same one at two places, and one inside another', () => {
    const outer = document('outer', `a: ${started('survey')}\nb: ${started('survey')}\nc: { wait: { for: 1h } }`);
    const chat = run(
      { survey, outer },
      document('main', `hello: { send-message: { text: Hello } }\nx: ${started('outer')}`),
    );
    chat.answer('message.sent').write('1').answer('message.sent');
    expect(chat.block).toBe('x/b/ask');
    chat.answer('message.sent').write('2').answer('message.sent');
    expect(chat.block).toBe('x/c');
    expect(chat.variables['rating']).toBe(2);
  });

  it('leads references of every kind to blocks of the same call', () => {
    const child = document(
      'child',
      `first: { if: [{ when: "$(x|) == 1", go: a }, { else: b }] }
a: { switch: { variable: x, cases: { "1": b }, default: c } }
b: { a-b-split: { branches: [{ go: c }, { go: d }] } }
c: { goto: d }
d: { exception-handler: { try: [e], catch: f } }
e: { log: { text: e } }
f: { wait: { for: 1s } }`,
    );
    const expanded = expandScenarios(document('main', `call: ${started('child')}`), { child });
    if ('fault' in expanded) throw new Error(expanded.fault.message);
    const ids = expanded.document.blocks.map(({ id }) => id);
    expect(ids).toEqual(['call', ...child.blocks.map(({ id }) => `call/${id}`)]);
    expect(checkScenario(expanded.document).checks[0]).toMatchObject({ outcome: 'passed' });
  });

  it('takes failed where the scenarios are not there', () => {
    expect(run(undefined).lastEffect).toMatchObject({ text: 'Gone' });
  });

  it.each([
    ['unknown-scenario', { other: survey }],
    ['recursive-scenario', { survey: document('survey', `a: ${started('main')}`), main }],
    ['recursive-scenario', { survey: document('survey', `a: ${started('survey')}`) }],
    [
      'too-deep',
      Object.fromEntries(
        ['survey', 'b', 'c', 'd', 'e', 'f'].map((name, index) => [
          name,
          document(name, `a: ${started(['b', 'c', 'd', 'e', 'f', 'g'][index] ?? '')}`),
        ]),
      ),
    ],
    [
      'too-many-blocks',
      { survey: document('survey', Array.from({ length: 2000 }, (_, n) => `a${n}: { comment: x }`).join('\n')) },
    ],
  ])('is refused by the checks with %s, at the block that starts it', (code, scenarios) => {
    const { findings } = checkScenario(main, { scenarios });
    expect(findings).toContainEqual(
      expect.objectContaining({ code, path: ['blocks', 'call', 'start-another-scenario', 'scenario'] }),
    );
  });

  it('lets the checks look into what is started, and tell it at the block that starts it', () => {
    const child = document('survey', 'a: { send-message: { text: "$(nobody.set.this)" } }');
    const { findings, checks } = checkScenario(main, { scenarios: { survey: child } });
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'variable-not-set',
        path: ['blocks', 'call'],
        message: expect.stringContaining('call/a'),
      }),
    );
    expect(checks).toContainEqual(expect.objectContaining({ name: 'started-scenarios-exist', outcome: 'passed' }));
    expect(checkScenario(main).checks).toContainEqual(
      expect.objectContaining({ name: 'started-scenarios-exist', outcome: 'not-run' }),
    );
  });

  it('names what a document starts', () => {
    expect(listStartedScenarios(main)).toEqual(['survey']);
  });
});
