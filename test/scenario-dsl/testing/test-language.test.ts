import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { runTests, type TestOutcome } from '../../../scenario-dsl/testing/run-tests.ts';
import { collapseRounds } from '../../../scenario-dsl/testing/transcript.ts';

function outcomesOf(blocks: string, tests: string): TestOutcome[] {
  const indented = blocks.trim().replaceAll(/^(?=.)/gm, '  ');
  const { document, problems } = parseScenario(`attendant: 2\nscenario: s\nblocks:\n${indented}\n`);
  const read = readTestFile(tests);
  if (!document || 'problems' in read) throw new Error(JSON.stringify([problems, read]));
  return runTests(document, read.file);
}

/** The lines of tests that fail. */
function failuresOf(blocks: string, tests: string): string[] {
  return outcomesOf(blocks, tests).flatMap(({ failure }) => failure?.lines ?? []);
}

function problemsOf(tests: string): string[] {
  const read = readTestFile(tests);
  return 'problems' in read ? read.problems.map(({ message, remedy }) => `${message} → ${remedy}`) : [];
}

describe('The clock of a test', () => {
  const blocks = 'a: { send-message: { text: "$(item.at) $(weekday(item.at))" } }';

  it('begins when its file or itself says, else on 15 January 2027 at 8:00 UTC', () => {
    const tests = `now: 2026-12-23T22:00+01:00
tests:
  - { name: file, steps: [{ customer: hi }, { bot: '2026-12-23T21:00:00Z 3' }] }
  - { name: own, now: 2028-02-29, steps: [{ customer: hi }, { bot: '2028-02-29T00:00:00Z 2' }] }`;
    expect(failuresOf(blocks, tests)).toEqual([]);
    expect(
      failuresOf(blocks, `tests: [{ name: a, steps: [{ customer: hi }, { bot: '2027-01-15T08:00:00Z 5' }] }]`),
    ).toEqual([]);
  });

  it('is told in the first line of a test that fails, and refused where it is none', () => {
    expect(
      failuresOf(blocks, `tests: [{ name: a, now: 2026-12-24T10:00Z, steps: [{ customer: hi }, { bot: x }] }]`)[0],
    ).toBe('  (it is 2026-12-24T10:00Z)');
    expect(problemsOf('now: tomorrow\ntests: [{ name: a, steps: [{ customer: hi }] }]')[0]).toContain(
      '"tomorrow" is no moment.',
    );
  });
});

it('Skills of an agent without their levels are told with what to write', () => {
  expect(
    problemsOf('agents: { bob: { skills: [sales, "tax law"] } }\ntests: [{ name: a, steps: [{ customer: hi }] }]'),
  ).toEqual(['"skills" must be a map, not a list. → Write skills: { sales: 100, tax law: 100 }.']);
});

describe('What customers see can be said:', () => {
  it('the text above buttons, and what Messenger offers of the profile', () => {
    const blocks = `a: { send-message: { text: "Book here:", buttons: [{ title: Book now }], wait: {} } }
b: { request-input: { text: "Mail?", type: email, into: m, fromProfile: true } }
c: { send-message: { text: end } }`;
    const steps = `[{ customer: hi }, { bot: { text: "Book here:", buttons: [Book now] } }, { tap: Book now }, { bot: { text: "Mail?", quickReplies: [their e-mail address] } }]`;
    expect(failuresOf(blocks, `tests: [{ name: a, steps: ${steps} }]`)).toEqual([]);
    const [, , ...lines] = failuresOf(
      blocks,
      `tests: [{ name: a, steps: [{ customer: hi }, { bot: { text: x, buttons: [Book now] } }] }]`,
    );
    expect(lines).toContain('- scenario: x [Book now]');
    expect(lines).toContain('+ scenario: Book here: [Book now]');
  });

  it('a shared place, a sticker, a file', () => {
    const blocks = `a: { request-input: { text: "Where?", type: location, into: w, retry: { count: 0 } }, exits: { invalid: no } }
b: { request-input: { text: "Photo?", type: file, into: f, retry: { count: 0 } }, exits: { invalid: no } }
c: { send-message: { text: "$(w.lat) $(w.long) $(f)" } }
end: { exit: {} }
no: { send-message: { text: "No." } }`;
    const place = '{ customer: { attachments: [{ type: location, coordinates: { lat: 48.2, long: 16.37 } }] } }';
    expect(
      failuresOf(
        blocks,
        `tests:
  - { name: a, steps: [{ customer: hi }, ${place}, { customer: { attachments: [image] } }, { expect: { exits: [] } }] }
  - { name: b, steps: [{ customer: hi }, { customer: { attachments: [location] } }, { customer: { attachments: [sticker] } }, { bot: No. }] }`,
      ),
    ).toEqual([]);
  });
});

describe('An answer', () => {
  const blocks = `a: { fetch-url: { url: "https://x.test/$(item.message)", into: x }, exits: { failed: no, timeout: no, no-data: no } }
b: { send-message: { text: "$(x.n|)", wait: {} } }
c: { goto: a }
no: { send-message: { text: "No." } }`;

  it('may be for one question only, by what is named of it', () => {
    const answers = `answers: { a: [{ asked: { url: '*/A1' }, values: { json: { n: one } } }, { asked: { url: '*/A2' }, values: { json: { n: two } } }, failed] }`;
    const steps =
      '[{ customer: A2 }, { bot: two }, { customer: A1 }, { bot: one }, { customer: A2 }, { bot: two }, { customer: A3 }, { bot: No. }]';
    expect(failuresOf(blocks, `${answers}\ntests: [{ name: a, steps: ${steps} }]`)).toEqual([]);
  });

  it('that nobody asks for is refused, in settings and in steps', () => {
    const all = outcomesOf(
      blocks,
      `tests:
  - { name: a, answers: { aa: failed }, steps: [{ customer: hi }] }
  - { name: b, answers: { fetch-ulr: failed }, steps: [{ customer: hi }] }
  - { name: c, answers: { '*': failed }, steps: [{ customer: hi }, { answers: { bb: failed } }] }`,
    );
    expect(all.map(({ failure }) => failure?.message)).toEqual([
      expect.stringContaining('"answers" names "aa", which is no block and no operation. Operations: ask-a-bot,'),
      '"answers" names "fetch-ulr", which is no block and no operation. Did you mean "fetch-url"?',
      expect.stringContaining('"answers" names "bb"'),
    ]);
  });

  it('of business hours is open or closed, and says until when', () => {
    const hours = `a: { business-hours: {}, exits: { closed: c, failed: c } }
b: { exit: {} }
c: { send-message: { text: "$(hours.nextChangeAt|)" } }`;
    const answers = `answers: { a: { outcome: closed, values: { nextChangeAt: '2027-01-16T08:00:00Z' } } }`;
    expect(
      failuresOf(hours, `${answers}\ntests: [{ name: a, steps: [{ customer: hi }, { bot: '2027-01-16T08:00:00Z' }] }]`),
    ).toEqual([]);
  });
});

const lineOf = (text: string, at = 0): { at: number; who: string; text: string } => ({ at, who: 'scenario', text });

describe('A transcript', () => {
  it('tells a time-out before what it causes, and the end behind what the last blocks did', () => {
    const blocks = `a: { fetch-url: { url: "https://x.test", timeout: 8s }, exits: { failed: c, timeout: c, no-data: c } }
b: { exit: {} }
c: { send-message: { text: Slow. } }
d: { set-disposition: { disposition: Lost } }`;
    const lines = failuresOf(
      blocks,
      `answers: { a: timeout }\ntests: [{ name: a, steps: [{ customer: hi }, { after: 8s }, { bot: x }] }]`,
    );
    expect(lines.filter((line) => line.startsWith('          8s'))).toEqual([
      '          8s  (fetch-url: timeout (No answer in time.))',
      '          8s  scenario: Slow.',
      '          8s  (set-disposition {"disposition":"Lost"})',
      '          8s  (the conversation ends)',
    ]);
  });

  it('shows a round of a loop once', () => {
    const round = [lineOf('one'), lineOf('two'), lineOf('three')];
    const lines = [lineOf('begin'), ...Array.from({ length: 300 }, () => round).flat(), lineOf('end')];
    expect(collapseRounds(lines)).toEqual([
      '          0s  scenario: begin',
      '          0s  scenario: one',
      '          0s  scenario: two',
      '          0s  scenario: three',
      '              (these 3 lines 299 times more)',
      '          0s  scenario: end',
    ]);
    expect(collapseRounds([...round, ...round])).toHaveLength(6);
  });

  it('of a test that lists the whole chat says what was said before', () => {
    const blocks = 'a: { send-message: { text: "Name?", wait: {} } }\nb: { send-message: { text: Bye. } }';
    const [outcome] = outcomesOf(
      blocks,
      'tests: [{ name: a, steps: [{ customer: hi }, { customer: Ada }, { bot: [Name?, Bye.] }] }]',
    );
    expect(outcome?.failure?.message).toContain('said before that: "Name?".');
  });
});

describe('A test file that is wrong', () => {
  it.each([
    ['{ after: 5 }', '5 is not a time. → Write it with its unit: 5s, or 5m for minutes.'],
    ['{ customer: { says: hi } }', '"says" is not known here. → Use one of: text, payload, attachments, referral.'],
    ['{ bot: { quickReply: [a] } }', '"quickReply" is not known here. → Did you mean "quickReplies"?'],
    ['{ agent: bob, does: accepts }', expect.stringContaining('Did you mean "accept"?')],
  ])('is told what to write: %s', (step, line) => {
    expect(problemsOf(`tests: [{ name: a, steps: [${step}] }]`)).toContainEqual(line);
  });
});

const toldOf = (steps: string, head = ''): string[] => problemsOf(`${head}tests:\n  - name: a\n    steps: [${steps}]`);

describe('A first draft of a test is told in its own words', () => {
  it.each([
    ['{ user: Hello }', '"user" is not known here. → Did you mean "customer"?'],
    ['{ click: Yes }', '"click" is not known here. → Did you mean "tap"?'],
    ['{ wait: 10m }', '"wait" is not known here. → Did you mean "after"?'],
    ['{ expect: ended }', '"expect" must be a map, not the text "ended". → Write expect: { ended: true }.'],
    [
      '{ agent: sam rejects }',
      'A step of an agent says who and what. → Write { agent: sam, does: reject } or { agent: sam, says: Hello }.',
    ],
  ])('%s, and nothing else', (step, message) => {
    expect(toldOf(step)).toEqual([message]);
  });

  it('a list of agents, with each of them as it is written', () => {
    expect(toldOf('{ customer: Hello }', 'agents: [bob, eve]\n')).toEqual([
      '"agents" must be a map, not a list. → Write agents: { bob: {}, eve: {} }.',
    ]);
  });
});

const expectingCards = (cards: string): string =>
  `tests: [{ name: a, steps: [{ customer: hi }, { bot: { cards: ${cards} } }] }]`;

describe('Cards', () => {
  const blocks =
    'a: { send-message: { cards: [{ title: Hamlet, subtitle: 1 May }, { title: Cats, subtitle: 2 May }] } }';

  it('are expected by their titles, all of them', () => {
    expect(failuresOf(blocks, expectingCards('[Hamlet, Cats]'))).toEqual([]);
    expect(failuresOf(blocks, expectingCards('[Hamlet]'))).toContain('- scenario: [generic: Hamlet]');
  });
});
