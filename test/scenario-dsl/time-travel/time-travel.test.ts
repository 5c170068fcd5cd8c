import { describe, expect, it } from 'vitest';
import type { StoredConversation } from '../../../contracts/stored-conversation-schema.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';
import { createMask } from '../../../scenario-dsl/time-travel/mask-person.ts';
import { saveAsTest } from '../../../scenario-dsl/time-travel/save-as-test.ts';
import { traceConversation } from '../../../scenario-dsl/time-travel/trace-conversation.ts';
import { documentOf } from '../scenario-run.ts';
import { start, storedOf as anyStoredOf, type Line, type Told } from '../stored-conversation.ts';

const document = documentOf(`
hello: { send-message: { text: "Hello $(customer.firstName|there)" } }
ask: { send-message: { text: "Your phone?", wait: { into: phone, timeout: 10m } }, exits: { timeout: bye } }
order: { fetch-url: { url: "https://shop.example.com/$(phone)", timeout: 10s, into: order }, exits: { failed: find, timeout: bye } }
find: { find-agent: { skills: [tea], timeout: 3m }, exits: { no-agents: bye, timeout: bye, queue-limit: bye } }
talk: { connect-chat: {}, exits: { no-answer: bye, target-disconnected: bye } }
bye: { send-message: { text: "Bye $(phone|stranger)" } }
end: { exit: {} }
`);

const grace = { username: 'grace', name: 'Grace Hopper' };
const ada: Partial<StoredConversation> = {
  pageId: '100200300400',
  psid: '900800700600',
  openedWith: {
    variables: { customer: { id: '900800700600', firstName: 'Ada', lastName: 'Lovelace' } },
    inactivityTexts: [],
  },
};

/** A conversation of somebody with a name and ids that have to be masked. */
function storedOf(lines: Line[], told: Told[] = [], changes: Partial<StoredConversation> = {}): StoredConversation {
  return anyStoredOf(lines, told, { ...ada, ...changes });
}

const PHONE = '+49 170 1234567';
const whole = storedOf(
  [
    [0, 'customer', 'Hi, Ada Lovelace here, ada@example.org'],
    [0, 'scenario', 'Hello Ada'],
    [0, 'scenario', 'Your phone?'],
    [60, 'customer', PHONE],
    [80, 'agent', 'Here you are'],
    [300, 'scenario', `Bye ${PHONE}`],
  ],
  [
    [
      63,
      4,
      {
        type: 'operation.completed',
        effectId: 'order:3',
        outcome: 'done',
        values: { status: 200, json: { mail: 'ada@example.org' } },
      },
    ],
    [65, 4, { type: 'agent.reserved', effectId: 'find:4', agent: grace }],
    [70, 4, { type: 'offer.accepted', effectId: 'talk:5', agent: grace }],
    [300, 5, { type: 'chat.ended', effectId: 'talk:5', cause: 'UserHangup' }],
  ],
);
const silent = storedOf([
  [0, 'customer', 'Hi'],
  [0, 'scenario', 'Hello Ada'],
  [0, 'scenario', 'Your phone?'],
  [600, 'scenario', 'Bye stranger'],
]);

/** They come back after longer than the longest wait of a test. */
const late = storedOf(
  [
    [0, 'customer', 'Hi'],
    [0, 'scenario', 'Hello Ada'],
    [0, 'scenario', 'Your phone?'],
    [30, 'customer', PHONE],
    [40 * 86_400, 'scenario', `Bye ${PHONE}`],
  ],
  [
    [31, 4, { type: 'operation.completed', effectId: 'order:3', outcome: 'done', values: { status: 200, json: {} } }],
    [31, 4, { type: 'agent.reserved', effectId: 'find:4', agent: grace }],
    [32, 4, { type: 'offer.accepted', effectId: 'talk:5', agent: grace }],
    [40 * 86_400, 4, { type: 'chat.ended', effectId: 'talk:5', cause: 'UserHangup' }],
  ],
);
const nobody = storedOf(
  [
    [0, 'customer', 'Hi'],
    [0, 'scenario', 'Hello Ada'],
    [0, 'scenario', 'Your phone?'],
    [30, 'customer', PHONE],
    [32, 'scenario', `Bye ${PHONE}`],
  ],
  [
    [31, 4, { type: 'operation.completed', effectId: 'order:3', outcome: 'failed', reason: 'refused', values: {} }],
    [32, 4, { type: 'agent.none', effectId: 'find:4' }],
  ],
);
const refused = storedOf(
  [
    [0, 'customer', 'Hi'],
    [0, 'scenario', 'Hello Ada'],
    [0, 'scenario', 'Your phone?'],
    [30, 'customer', PHONE],
    [50, 'scenario', `Bye ${PHONE}`],
  ],
  [
    [31, 4, { type: 'operation.completed', effectId: 'order:3', outcome: 'done', values: { status: 200, json: {} } }],
    [40, 4, { type: 'agent.reserved', effectId: 'find:4', agent: grace }],
    [50, 4, { type: 'offer.rejected', effectId: 'talk:5' }],
  ],
);

const save = (stored: StoredConversation) =>
  saveAsTest(stored, document, { name: 'what happened', until: start + 10 ** 9 });
/** As it lies in a file. */
function passes(file: NonNullable<ReturnType<typeof save>['file']>) {
  const read = readTestFile(JSON.stringify(file));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return runTests(document, read.file);
}

describe('A conversation that is gone through once more', () => {
  it('stands at each moment where it stood, with its timers, what it had said and whom it waited for', () => {
    const { moments, stop } = traceConversation(whole, document, start);
    expect(stop).toBeUndefined();
    expect(moments.map(({ cause, detail = '', block, asked = '' }) => [cause, detail, block, asked])).toEqual([
      ['began', '', 'ask', ''],
      ['customer.message', PHONE, 'order', 'fetch-url'],
      ['operation.completed', 'done', 'find', 'find-agent'],
      ['agent.reserved', 'Grace Hopper', 'talk', 'connect-chat'],
      ['offer.accepted', 'Grace Hopper', 'talk', 'connect-chat'],
      ['chat.ended', 'UserHangup', 'end', ''],
    ]);
    expect(moments[0]).toMatchObject({
      said: ['Hello Ada', 'Your phone?'],
      left: ['hello'],
      timers: [start + 600_000],
    });
    expect(moments[1]?.changes['phone']).toBe(JSON.stringify(PHONE));
    expect(moments[5]).toMatchObject({ said: [`Bye ${PHONE}`], isEnded: true, timers: [] });
  });

  it('is moved by time alone where nobody did anything', () => {
    const { moments } = traceConversation(silent, document, start);
    expect(moments.map(({ cause, at: when, block }) => [cause, when, block])).toEqual([
      ['began', start, 'ask'],
      ['timer', start + 600_000, 'end'],
    ]);
  });

  it('that still runs stands where it is now, and no timer of the future has fired', () => {
    const {
      endedAt: _endedAt,
      endReason: _endReason,
      ...rest
    } = storedOf([
      [0, 'customer', 'Hi'],
      [0, 'scenario', 'Hello Ada'],
      [0, 'scenario', 'Your phone?'],
    ]);
    const { moments, stop } = traceConversation(rest, document, start + 599_000);
    expect(stop).toBeUndefined();
    expect(moments.at(-1)).toMatchObject({ block: 'ask', isEnded: false });
  });

  it('says why it is not shown: moved, cut, too old, or not what its version says', () => {
    const stopOf = (stored: StoredConversation) => traceConversation(stored, document, start).stop;
    const moved = storedOf([[0, 'customer', 'Hi']], [[0, 1, { type: 'moved', isTooLarge: true }]]);
    expect(stopOf(moved)).toContain('moved to another version');
    expect(stopOf({ ...silent, isCut: true })).toContain('longer than what is kept');
    expect(stopOf({ ...silent, openedWith: null })).toContain('older than');
    expect(traceConversation({ ...silent, openedWith: null }, document, start).moments).toEqual([]);
    expect(
      stopOf(
        storedOf([
          [0, 'customer', 'Hi'],
          [0, 'scenario', 'Good day'],
        ]),
      ),
    ).toContain('does not say the same');
  });
});

describe('A conversation that is saved as a test', () => {
  it.each([
    ['with an answer of the world and an agent', whole],
    ['of a customer who fell silent', silent],
    ['of a chat that lasted longer than a wait of a test may', late],
    ['for which nobody was there, as the world had failed', nobody],
    ['whose offer was refused', refused],
  ])('%s passes against its scenario', (_what, stored) => {
    const { file, problem } = save(stored);
    expect(problem).toBeUndefined();
    expect(file && passes(file).map(({ failure }) => failure)).toEqual([undefined]);
  });

  it('fails against a scenario that says something else: it looks at what was said', () => {
    const { file } = save(silent);
    if (!file) throw new Error('No test was made');
    const others = documentOf('hello: { send-message: { text: "Good day" } }\nend: { exit: {} }\n');
    expect(runTests(others, file).map(({ failure }) => failure !== undefined)).toEqual([true]);
  });

  it('tells nobody who it was: neither names nor numbers nor addresses nor ids', () => {
    const text = JSON.stringify(save(whole).file);
    for (const personal of [
      'Ada',
      'Lovelace',
      'ada@',
      PHONE,
      '1234567',
      'grace',
      'Hopper',
      '900800700600',
      '100200300400',
    ])
      expect(text).not.toContain(personal);
    expect(text).toContain('@example.com');
  });

  it('is not made where a condition looks at what is masked', () => {
    const looking = documentOf(`
ask: { send-message: { text: "Name?", wait: { into: name, timeout: 10m } }, exits: { timeout: end } }
which: { if: [{ when: "$(name) == 'Ada'", go: known }] }
other: { send-message: { text: "Who?" } }
end: { exit: {} }
known: { send-message: { text: "You again" } }
`);
    const stored = storedOf([
      [0, 'customer', 'Hi'],
      [0, 'scenario', 'Name?'],
      [60, 'customer', 'Ada'],
      [60, 'scenario', 'You again'],
    ]);
    const { file, problem } = saveAsTest(stored, looking, { name: 'x', until: start });
    expect(file).toBeUndefined();
    expect(problem).toContain('another way');
  });
});

describe('A mask', () => {
  const mask = createMask(whole, { phone: PHONE, nickname: 'Countess' });

  it('makes the same of the same, wherever it stands, and keeps how numbers are written', () => {
    const [first, second] = [mask(`call ${PHONE}`), mask({ deep: [PHONE] }).deep[0] ?? ''];
    expect(first).toBe(`call ${second}`);
    expect(second).toMatch(/^\+\d\d \d{3} \d{7}$/);
    expect(second).not.toBe(PHONE);
    expect(mask('the countess')).toBe(`the ${mask('Countess')}`);
  });

  it('leaves days, small numbers and words in which a name only occurs', () => {
    expect(mask('2026-11-22 at 10, 3 pieces, canada')).toBe('2026-11-22 at 10, 3 pieces, canada');
  });
});
