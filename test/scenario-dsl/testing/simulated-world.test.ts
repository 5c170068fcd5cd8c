import { describe, expect, it } from 'vitest';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { runTests, type TestOutcome } from '../../../scenario-dsl/testing/run-tests.ts';
import { parseBlocks } from '../scenario-run.ts';

const ask = `
hello: { send-message: { text: Hello } }
ask: { send-message: { text: "And you?", wait: { into: said } }, exits: { timeout: bye } }
echo: { send-message: { text: "$(said)!", wait: { into: more } }, exits: { timeout: end } }
end: { exit: {} }
bye: { send-message: { text: Bye } }
`;

const chat = `
find: { find-agent: { skills: [support], timeout: 5m }, exits: { timeout: late, no-agents: late, queue-limit: late } }
talk: { connect-chat: { noAnswer: 30s }, exits: { no-answer: find } }
bye: { send-message: { text: Bye } }
end: { exit: {} }
late: { send-message: { text: Nobody } }
`;

const slow = `
pause: { wait: { for: 25h } }
late: { send-message: { text: Still there? }, exits: { send-error: sorry } }
end: { exit: {} }
sorry: { set-variable: { failed: true } }
`;

const quiet = `
maybe: { send-message: { text: "$(nothing|)" } }
end: { exit: {} }
`;

const bob = 'agents: { bob: { name: Bob, skills: { support: 60 } } }';

function run(blocks: string, steps: string, settings = ''): TestOutcome {
  // With rules before them the blocks are a file of their own.
  const { document, problems } = blocks.startsWith('anywhere')
    ? parseScenario(`attendant: 2\nscenario: test\n${blocks}`)
    : parseBlocks(blocks);
  if (!document) throw new Error(JSON.stringify(problems));
  const indented = steps.trim().replaceAll(/^(?=.)/gm, '      ');
  const read = readTestFile(`${settings}\ntests:\n  - name: it\n    steps:\n${indented}\n`);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const [outcome] = runTests(document, read.file);
  if (!outcome) throw new Error('no test was run');
  return outcome;
}

describe('A customer of a test', () => {
  it.each([
    ['writes a burst', '- customer: Hi\n- customer: [one, two]\n- bot: one!'],
    [
      'is heard in the order in which webhooks come',
      '- customer: Hi\n- { customer: [one, two], delivered: in-reverse }\n- bot: two!',
    ],
    ['is heard once where a webhook comes twice', '- { customer: Hi, delivered: twice }\n- expect: { block: ask }'],
    [
      'sends files by their kind alone',
      '- customer: Hi\n- customer: { attachments: [image, { type: file, url: "https://x/y" }] }\n- expect: { variables: { item.attachments: [{ type: image, url: "https://files.example.com/image" }, { type: file, url: "https://x/y" }] } }',
    ],
    [
      'comes by an ad',
      '- customer: { referral: { ref: summer } }\n- expect: { variables: { item.referral.ref: summer, item.startedBy: referral } }',
    ],
    [
      'answers no question by opening a link or an ad',
      '- customer: Hi\n- customer: { referral: { ref: summer } }\n- expect: { block: ask, variables: { item.referral.ref: summer, item.message: Hi } }',
    ],
  ])('%s', (_what, steps) => {
    expect(run(ask, steps).failure).toBeUndefined();
  });
});

const reminding = `
  ask: { send-message: { text: Which?, wait: { into: which, timeout: 30m } }, exits: { timeout: late } }
  thanks: { send-message: { text: Thanks } }
  end: { exit: {} }
  late: { if: [{ when: "$(item.windowClosesAt) is not empty", go: last }, { else: ask-on }] }
  ask-on: { wait: { for: 22.75h } }
  look: { if: [{ when: "$(item.windowClosesAt) is not empty", go: last }, { else: end }] }
  last: { send-message: { text: "Write before $(item.windowClosesAt), please." } }`;

const leads = `anywhere:
  - { event: window-closing, before: 3h, go: soon, except: [soon] }
  - { event: window-closing, go: last }
blocks:
  ask: { send-message: { text: Which?, wait: { timeout: 30h } }, exits: { timeout: end }, next: end }
  soon: { send-message: { text: Three hours., wait: { timeout: 30h } }, exits: { timeout: end }, next: end }
  last: { send-message: { text: One hour. }, next: end }`;

describe('Messenger in a test', () => {
  it.each([
    [
      'tells the scenario in the last hour of the window when it closes',
      reminding,
      '- customer: Hi\n- bot: Which?\n- after: 30m\n- after: 22.75h\n- bot: "Write before 2027-01-16T08:00:00Z, please."',
    ],
    [
      'tells the scenario as long before the window closes as its rules say, of each once',
      leads,
      '- customer: Hi\n- bot: Which?\n- after: 20h 59m\n- bot: []\n- after: 1m\n- bot: Three hours.\n- after: 2h\n- bot: One hour.',
    ],
    [
      'lets a message wait for the customer once the window has closed, and then go',
      slow,
      '- customer: Hi\n- after: 25h\n- bot: []\n- expect: { ended: false, block: late }\n- after: 2h\n- customer: well?\n- bot: Still there?',
    ],
    [
      'lets a message that waits expire after a day',
      slow,
      '- customer: Hi\n- after: 49h\n- bot: []\n- expect: { ended: true, exits: [late.send-error] }',
    ],
    [
      'keeps the window open for a week after an ad',
      slow,
      '- customer: { referral: { source: ADS } }\n- after: 25h\n- bot: Still there?',
    ],
    [
      'lets messages wait while the Page cannot send',
      ask,
      '- page: closed\n- customer: Hi\n- bot: []\n- after: 23h\n- page: open\n- bot: [Hello, And you?]',
    ],
    [
      'keeps the window open while the customer writes',
      slow,
      '- customer: Hi\n- after: 2h\n- customer: well?\n- after: 23h\n- bot: Still there?',
    ],
    [
      'lets late messages through where a test opens the window',
      slow,
      '- window: open\n- customer: Hi\n- after: 25h\n- bot: Still there?',
    ],
    [
      'takes nothing while a test closes the window, until the customer writes',
      ask,
      '- customer: Hi\n- window: closed\n- after: 10m\n- bot: []\n- expect: { block: bye }\n- customer: well?\n- bot: Bye',
    ],
    [
      'tells the scenario nothing of a block but that nothing arrives',
      ask,
      '- sends: blocked\n- customer: Hi\n- bot: []\n- expect: { ended: true, exits: [hello.send-error] }',
    ],
    [
      'makes a Page that sends too much wait',
      ask,
      '- sends: [rate-limit]\n- customer: Hi\n- bot: []\n- after: 1m\n- bot: [Hello, And you?]',
    ],
    [
      'leaves a call without an answer in doubt until the echo comes',
      ask,
      '- sends: [timeout]\n- customer: Hi\n- bot: Hello\n- after: 20s\n- bot: And you?',
    ],
    [
      'is silent while another app has the thread',
      ask,
      '- thread: other-app\n- customer: Hi\n- bot: [Hello, And you?]\n- thread: other-app\n- customer: two\n- bot: two!',
    ],
    [
      'loses a thread that another app keeps for a day',
      ask,
      '- sends: [hold]\n- customer: Hi\n- thread: other-app\n- outcome: sent\n- after: 1d\n- bot: []\n- expect: { ended: true }',
    ],
    [
      'has nothing to send of a text that came out empty',
      quiet,
      '- customer: Hi\n- bot: []\n- expect: { ended: true, exits: [] }',
    ],
  ])('%s', (_what, ...[blocks, steps]) => {
    expect(run(blocks, steps).failure).toBeUndefined();
  });
});

describe('An agent of a test', () => {
  it.each([
    [
      'ends the chat',
      '- customer: Hi\n- { agent: bob, does: accept }\n- { agent: bob, says: Hello }\n- { agent: bob, does: end }\n- bot: Bye',
    ],
    [
      'is left by a customer who falls silent, who is warned at half the time',
      '- customer: Hi\n- { agent: bob, does: accept }\n- { agent: bob, says: Hello }\n- after: 5m\n- bot: { contains: Are you still there? }\n- after: 5m\n- bot: { contains: We have closed this chat }\n- expect: { ended: true, talking: null }',
    ],
    [
      'keeps a customer who answers',
      '- customer: Hi\n- { agent: bob, does: accept }\n- { agent: bob, says: Hello }\n- after: 9m\n- customer: yes\n- after: 9m\n- expect: { ended: false, talking: bob }',
    ],
    [
      'logs in later',
      '- { agent: bob, does: not-ready }\n- customer: Hi\n- after: 2m\n- { agent: bob, does: log-in }\n- expect: { offered: bob }',
    ],
  ])('%s', (_what, steps) => {
    expect(run(chat, steps, bob).failure).toBeUndefined();
  });

  it('waits for the customer as long as the entry says, with its texts', () => {
    const settings = `${bob}\ninactivity: { timeout: 2m, warning: '', closing: Closed. }`;
    const steps =
      '- customer: Hi\n- { agent: bob, does: accept }\n- { agent: bob, says: Hello }\n- after: 1m59s\n- bot: []\n- after: 1s\n- bot: Closed.';
    expect(run(chat, steps, settings).failure).toBeUndefined();
  });

  it('waits for the customer with texts in the language that they have chosen, else in the first', () => {
    const settings = `${bob}\ninactivity: { timeout: 2m, warning: { en: Still there?, de: Noch da? }, closing: { en: Closed., fr: Fini. } }`;
    const spoken = `attendant: 2
scenario: spoken
languages: [en, de]
language: $(lang|en)
blocks:
  ask: { send-message: { text: { en: Language?, de: Sprache? }, wait: { into: lang } }, exits: { timeout: end } }
  ${chat
    .trim()
    .replaceAll('\n', '\n  ')
    .replaceAll(/text: (\w+)/g, 'text: { en: $1, de: $1 }')}
`;
    const { document, problems } = parseScenario(spoken);
    if (!document) throw new Error(JSON.stringify(problems));
    const read = readTestFile(`${settings}
tests:
  - name: it
    steps:
      - customer: Hi
      - bot: Language?
      - customer: de
      - { agent: bob, does: accept }
      - { agent: bob, says: Hello }
      - after: 1m
      - bot: Noch da?
      - after: 1m
      - bot: Closed.
`);
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    expect(runTests(document, read.file).map(({ failure }) => failure?.message)).toEqual([undefined]);
  });

  it('says nothing in a chat that they are not in', () => {
    const { failure } = run(chat, '- customer: Hi\n- { agent: bob, says: Hello }', bob);
    expect(failure?.message).toBe('bob is in no chat.');
  });
});

describe('A test is refused that says', () => {
  it.each([
    ['how nothing is delivered', '- { after: 1m, delivered: twice }', 'Only what a customer writes is delivered.'],
    [
      'that an agent does and says at once',
      '- { agent: bob, does: accept, says: Hi }',
      'A step of an agent says who and what.',
    ],
  ])('%s', (_what, ...[steps, message]) => {
    expect(() => run(ask, steps)).toThrow(message);
  });

  it('that a scenario never rests', () => {
    const { failure } = run('a: { wait: { for: 1ms } }\nb: { goto: a }', '- customer: Hi\n- after: 1h');
    expect(failure?.message).toBe('More than 10000 things happen in 1h.');
  });
});
