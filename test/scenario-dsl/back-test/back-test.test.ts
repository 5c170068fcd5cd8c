import { describe, expect, it } from 'vitest';
import type { StoredConversation } from '../../../contracts/stored-conversation-schema.ts';
import { backTest, type BackTestResult } from '../../../scenario-dsl/back-test/back-test.ts';
import { documentOf } from '../scenario-run.ts';
import { at, storedOf } from '../stored-conversation.ts';

const blocks = `
hello: { send-message: { text: "Hello $(customer.firstName|there)" } }
ask: { send-message: { text: "Tea?", wait: { into: drink, timeout: 10m } }, exits: { timeout: bye } }
which: { if: [{ when: "$(drink) == 'tea'", go: find }] }
bye: { send-message: { text: Bye } }
end: { exit: {} }
find: { find-agent: { skills: [tea], timeout: 3m }, exits: { no-agents: bye, timeout: bye, queue-limit: bye } }
talk: { connect-chat: {}, exits: { no-answer: find, target-disconnected: bye } }
`;

const bob = { username: 'bob', name: 'Bob' };

const coffee = storedOf([
  [0, 'customer', 'Hi'],
  [0, 'scenario', 'Hello Ada'],
  [0, 'scenario', 'Tea?'],
  [60, 'customer', 'coffee'],
  [60, 'scenario', 'Bye'],
]);

const tea = storedOf(
  [
    [0, 'customer', 'Hi'],
    [0, 'scenario', 'Hello Ada'],
    [0, 'scenario', 'Tea?'],
    [60, 'customer', 'tea'],
    [80, 'agent', 'Here you are'],
    [400, 'scenario', 'Are you there?'],
    [420, 'customer', 'yes, thanks'],
    [500, 'scenario', 'Bye'],
  ],
  [
    [65, 4, { type: 'agent.reserved', effectId: 'find:4', agent: bob }],
    [70, 4, { type: 'offer.accepted', effectId: 'talk:5', agent: bob }],
    [500, 7, { type: 'chat.ended', effectId: 'talk:5', cause: 'UserHangup' }],
  ],
);

const silent = storedOf([
  [0, 'customer', 'Hi'],
  [0, 'scenario', 'Hello Ada'],
  [0, 'scenario', 'Tea?'],
  [600, 'scenario', 'Bye'],
]);

function run(stored: StoredConversation, change: (source: string) => string = (source) => source): BackTestResult {
  return backTest(stored, { original: documentOf(blocks), draft: documentOf(change(blocks)) });
}

describe('A back-test', () => {
  it.each([
    ['with an answer', coffee],
    ['with an agent, a wake-up text of the entry and words that change nothing', tea],
    ['of a customer who falls silent', silent],
  ])('of the same scenario on a conversation %s finds nothing', (_what, stored) => {
    expect(run(stored)).toEqual({ id: 'c1', verdict: 'same', differences: [] });
  });

  it('tells another message behind the last prompt, and goes on to the end', () => {
    expect(run(coffee, (source) => source.replace('text: Bye', 'text: Good bye'))).toEqual({
      id: 'c1',
      verdict: 'differs',
      differences: [{ kind: 'message', stored: 'Bye', draft: 'Good bye' }],
    });
  });

  it('tells another path and another end where the customer was told the same', () => {
    const result = run(coffee, (source) => source.replace("$(drink) == 'tea'", "$(drink) == 'coffee'"));
    expect(result.verdict).toBe('differs');
    expect(result.differences[0]).toEqual({
      kind: 'path',
      stored: '… → which → bye → end',
      draft: '… → which → find',
    });
    expect(result.stop).toEqual({
      at: at(60),
      reason: 'the draft looks for an agent otherwise: nobody knows who would have been found',
    });
  });

  it('stops where a customer would have answered another prompt, not before', () => {
    const result = run(coffee, (source) => source.replace('"Tea?"', '"Coffee?"'));
    expect(result.differences).toEqual([{ kind: 'message', stored: 'Tea?', draft: 'Coffee?' }]);
    expect(result.stop).toEqual({
      at: at(60),
      reason: 'the customer has been told something else: nobody knows their answer',
    });
  });

  it('knows agents’ acts although the words before the search were others', () => {
    const said = blocks
      .replace('find: {', 'soon: { send-message: { text: "A moment." } }\nfind: {')
      .replace('go: find', 'go: soon');
    const result = backTest(tea, { original: documentOf(blocks), draft: documentOf(said) });
    expect(result.differences.map(({ kind }) => kind)).toEqual(['path', 'message']);
    expect(result.stop).toBeUndefined();
  });

  it('does not know whom another search would have found', () => {
    const result = run(tea, (source) => source.replace('skills: [tea]', 'skills: [cakes]'));
    expect(result).toMatchObject({
      verdict: 'differs',
      stop: { reason: expect.stringContaining('looks for an agent') },
    });
  });

  it('knows that a shorter time-out would have fired before the answer', () => {
    const result = run(coffee, (source) => source.replace('timeout: 10m', 'timeout: 30s'));
    expect(result.stop).toBeUndefined();
    expect(result.differences[0]).toEqual({
      kind: 'path',
      stored: '… → ask → which → bye → end',
      draft: '… → ask → bye → end',
    });
  });

  it('does not know what would have happened in a longer time-out', () => {
    const result = run(silent, (source) => source.replace('timeout: 10m', 'timeout: 20m'));
    expect(result.verdict).toBe('differs');
    expect(result.stop?.reason).toMatch(/the customer has been told something else|ended here/);
  });

  it('gives messages the delivery status that they had', () => {
    const lost = storedOf([
      [0, 'customer', 'Hi'],
      [0, 'scenario', 'Hello Ada'],
    ]);
    lost.messages = lost.messages.map((message) =>
      message.direction === 'out' ? { ...message, status: 'failed' } : message,
    );
    expect(run(lost).verdict).toBe('same');
    expect(run(lost, (source) => source.replace('text: "Tea?"', 'text: "Juice?"')).verdict).toBe('same');
  });

  it.each([
    ['of before it was kept', { openedWith: null }, 'It is older than what back-tests need'],
    ['that is longer than what is kept', { isCut: true }, 'It is longer than what is kept'],
    ['in which nobody wrote', { messages: [] }, 'Nobody wrote in it.'],
    [
      'whose own version says something else',
      { openedWith: { variables: {}, inactivityTexts: [] } },
      'Its own version does not say the same again (message 1)',
    ],
    [
      'whose end cannot be reached again',
      { recordedInputs: tea.recordedInputs.slice(0, 2) },
      'Its own version does not come to the same end',
    ],
  ] as [string, Partial<StoredConversation>, string][])(
    'tells that it cannot know of one %s',
    (_what, ...[changes, reason]) => {
      expect(run({ ...tea, ...changes })).toMatchObject({
        verdict: 'unknown',
        stop: { reason: expect.stringContaining(reason) },
      });
    },
  );
});
