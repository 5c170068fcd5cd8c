import { describe, expect, it } from 'vitest';
import { parseBlocks, startRun, type ScenarioRun } from '../scenario-run.ts';

const email = `
ask:
  request-input: { text: "Your e-mail, $(name|you)?", type: email, into: lead.email, retry: { text: "Again, $(name|you)?" }, timeout: 90s }
  exits: { timeout: late, invalid: wrong, send-error: failed }
thanks: { send-message: { text: "We write to $(lead.email)." } }
end: { exit: {} }
late: { send-message: { text: late } }
late-end: { exit: {} }
wrong: { send-message: { text: wrong } }
wrong-end: { exit: {} }
failed: { set-variable: { failed: true } }`;

const choice = `
ask:
  request-input: { text: Drink?, type: choice, into: drink, choices: [{ title: "Tea, $(name|black)", value: tea }, { title: Coffee with a lot of milk }] }
  exits: { invalid: wrong }
then: { send-message: { text: $(drink) } }
end: { exit: {} }
wrong: { send-message: { text: wrong } }`;

const unwiredInput = `
ask: { request-input: { text: Anything?, into: x, retry: { count: 0 } } }
next: { send-message: { text: next } }`;

function startAsked(blocks: string): ScenarioRun {
  return startRun(blocks).answer('message.sent');
}

function tap(run: ScenarioRun, text: string, payload: string): ScenarioRun {
  return run.tell({ type: 'customer.message', message: { text, payload, attachments: [], at: run.now, mid: 'm' } });
}

describe('Request Input', () => {
  it('asks, keeps what it was asked for in its normal form and goes on', () => {
    const run = startRun(email, { variables: { name: 'Ada' } });
    expect(run.effects).toEqual([{ kind: 'send-message', id: 'ask:1', text: 'Your e-mail, Ada?', quickReplies: [] }]);
    run.answer('message.sent').write(' ada@example.com ');
    expect(run.lastEffect).toMatchObject({ id: 'thanks:2', text: 'We write to ada@example.com.' });
    expect(run.result.path).toEqual([{ block: 'ask', way: 'next' }]);
    expect(run.deadlinesIn).toEqual([]);
  });

  it('asks again after a reply that is none, with a message of its own and the whole time', () => {
    const run = startAsked(email).wait(60_000).write('no');
    expect(run.block).toBe('ask');
    expect(run.result.path).toEqual([]);
    expect(run.lastEffect).toEqual({ kind: 'send-message', id: 'ask:2', text: 'Again, you?', quickReplies: [] });
    expect(run.deadlinesIn).toEqual([]);
    run.answer('message.sent');
    expect(run.deadlinesIn).toEqual([90_000]);
    expect(run.write('ada@example.com').lastEffect).toMatchObject({ id: 'thanks:3' });
  });

  it('takes invalid after the last reply that is none: the third', () => {
    const run = startAsked(email).write('a').answer('message.sent').write('b').answer('message.sent').write('c');
    expect(run.block).toBe('wrong');
    expect(run.result.path).toEqual([{ block: 'ask', way: 'invalid' }]);
    expect(run.effects.map(({ id }) => id)).toEqual(['ask:1', 'ask:2', 'ask:3', 'wrong:4']);
    expect(run.variables).toMatchObject({ item: { message: 'c' } });
    expect(run.variables).not.toHaveProperty('lead');
  });

  it('asks again with the same words unless it has others, and not at all with a count of 0', () => {
    const again = startAsked('ask: { request-input: { text: "Age?", type: number, into: age } }').write('old');
    expect(again.lastEffect).toMatchObject({ id: 'ask:2', text: 'Age?' });
    expect(startAsked(unwiredInput).write(' ').block).toBe('next');
  });

  it('takes timeout when the time is up, and not a millisecond earlier, each time it has asked', () => {
    const run = startAsked(email).wait(89_999);
    expect(run.block).toBe('ask');
    expect(run.wait(1).block).toBe('late');
    expect(startAsked(email).write('no').answer('message.sent').wait(90_000).block).toBe('late');
  });

  it('waits ten minutes unless told otherwise, then falls to the next block', () => {
    const run = startAsked(unwiredInput);
    expect(run.deadlinesIn).toEqual([600_000]);
    expect(run.wait(600_000).block).toBe('next');
  });

  it('takes send-error when a question cannot be sent, the first or a later one', () => {
    const failed = startRun(email).failSend();
    expect(failed.variables).toMatchObject({ failed: true, exception: { exit: 'send-error' } });
    expect(failed.result.path[0]).toEqual({ block: 'ask', way: 'send-error' });
    expect(startAsked(email).write('no').failSend().variables).toMatchObject({ failed: true });
  });

  it('ends with the error text of the entry when send-error is not wired', () => {
    const run = startRun(unwiredInput, { variables: {}, onErrorText: 'Sorry' }).failSend();
    expect(run.lastEffect).toMatchObject({ text: 'Sorry' });
    expect(run.answer('message.sent').status).toBe('done');
  });

  it('acts on a reply that comes while the question is being sent when the send has settled', () => {
    expect(startRun(email).write('ada@example.com').block).toBe('ask');
    const good = startRun(email).write('ada@example.com').write('hello?').answer('message.sent');
    expect(good.lastEffect).toMatchObject({ text: 'We write to ada@example.com.' });
    const wrong = startRun(email).write('no').answer('message.sent');
    expect(wrong.lastEffect).toMatchObject({ id: 'ask:2', text: 'Again, you?' });
    expect(wrong.answer('message.sent').block).toBe('ask');
  });

  it('never asks more often than it may, also when every reply is early', () => {
    const run = startRun(email);
    for (let count = 0; count < 3; count += 1) run.write('no').answer('message.sent');
    expect(run.block).toBe('wrong');
  });

  it('ignores an answer to an earlier question', () => {
    const run = startAsked(email).write('no');
    run.tell({ type: 'message.sent', effectId: 'ask:1' });
    expect(run.deadlinesIn).toEqual([]);
  });

  it('keeps a number as a number', () => {
    const run = startAsked('ask: { request-input: { text: "Age?", type: number, into: age, min: 18 } }').write('36');
    expect(run.variables).toMatchObject({ age: 36 });
  });
});

const agreed = `
ask:
  request-input:
    text: Shall we?
    type: choice
    into: answer
    choices: [{ title: "Yes, please", value: yes, also: [ok, Sure, 1, "$(name)"] }, { title: No, value: no, also: ["no way"] }]
`;

describe('A choice that has other words as well', () => {
  it.each(['yes, please', 'OK', ' sure ', '1', 'ada'])('is meant by %s', (reply) => {
    const run = startRun(agreed, { variables: { name: 'Ada' } })
      .answer('message.sent')
      .write(reply);
    expect(run.variables).toMatchObject({ answer: 'yes' });
  });

  it('and not by anything else, nor by nothing where a variable is not set', () => {
    for (const reply of ['maybe', '']) {
      const run = startRun(agreed).answer('message.sent').write(reply);
      expect(run.variables).not.toHaveProperty('answer');
    }
  });

  it('shows none of them', () => {
    expect(startRun(agreed).lastEffect).toMatchObject({
      quickReplies: [
        { title: 'Yes, please', payload: 'yes' },
        { title: 'No', payload: 'no' },
      ],
    });
  });

  it('of which each stands for one choice only', () => {
    const { problems } = parseBlocks(agreed.replace('no way', 'OK'));
    expect(problems.map(({ message, remedy }) => `${message} ${remedy}`)).toEqual([
      '"ok" stands for two choices. Leave it with one of them.',
    ]);
  });
});

describe('Request Input of a choice', () => {
  it('offers the choices as quick replies, also when it asks again', () => {
    const quickReplies = [
      { title: 'Tea, black', payload: 'tea' },
      { title: 'Coffee with a lot of milk', payload: 'Coffee with a lot of milk' },
    ];
    const run = startAsked(choice);
    expect(run.lastEffect).toMatchObject({ text: 'Drink?', quickReplies });
    expect(run.write('water').lastEffect).toMatchObject({ id: 'ask:2', text: 'Drink?', quickReplies });
  });

  it.each([
    ['a title, however written', ' tea, BLACK ', 'tea'],
    ['a value', 'TEA', 'tea'],
    ['a title as Messenger cuts it', 'Coffee with a lot of', 'Coffee with a lot of milk'],
  ])('takes %s', (_what, reply, value) => {
    expect(startAsked(choice).write(reply).variables).toMatchObject({ drink: value });
    expect(startRun(choice).write(reply).answer('message.sent').variables).toMatchObject({ drink: value });
  });

  it('takes a tap, also one while the question is being sent; one on another message counts as its text', () => {
    expect(tap(startAsked(choice), 'x', 'tea').variables).toMatchObject({ drink: 'tea' });
    expect(tap(startRun(choice), 'x', 'tea').answer('message.sent').variables).toMatchObject({ drink: 'tea' });
    expect(tap(startAsked(choice), 'Tea, black', 'OTHER').variables).toMatchObject({ drink: 'tea' });
    expect(tap(startAsked(choice), 'x', 'OTHER').lastEffect).toMatchObject({ id: 'ask:2' });
  });
});

describe('Request Input of a rating', () => {
  it('offers every mark and keeps the one given as a number', () => {
    const run = startAsked('ask: { request-input: { text: "?", type: rating, into: stars } }');
    expect(run.lastEffect).toMatchObject({
      quickReplies: ['1', '2', '3', '4', '5'].map((mark) => ({ title: mark, payload: mark })),
    });
    expect(tap(run, '4', '4').variables).toMatchObject({ stars: 4 });
  });

  it('offers another scale', () => {
    const run = startAsked('ask: { request-input: { text: "?", type: rating, into: nps, min: 0, max: 10 } }');
    expect(run.lastEffect).toMatchObject({ quickReplies: { length: 11, 0: { title: '0' }, 10: { title: '10' } } });
  });
});

const fieldFaults = (fields: string): string[] =>
  parseBlocks(`a: { request-input: { text: a, into: x, ${fields} } }`).problems.map(
    ({ code, path }) => `${code} ${path.replace('blocks.a.request-input.', '')}`,
  );

describe('The fields of Request Input', () => {
  it.each([
    ['type: choice', 'bad-input-field choices'],
    ['choices: [{ title: a }]', 'bad-input-field choices'],
    ['type: choice, choices: [{ title: a }, { title: A, value: b }]', 'bad-input-field choices'],
    ['type: choice, choices: [{ title: a }, { title: b, value: a }]', 'bad-input-field choices'],
    ['type: choice, choices: []', 'out-of-bounds choices'],
    ['type: date, min: 1', 'bad-input-field min'],
    ['max: 1', 'bad-input-field max'],
    ['type: number, min: 2, max: 1', 'bad-input-field min'],
    ['type: rating, max: 14', 'bad-input-field max'],
    ['type: rating, min: 1.5', 'bad-input-field min'],
    ['type: rating, min: 5', 'bad-input-field min'],
    ['type: name', 'wrong-type type'],
    ['retry: { count: 11 }', 'out-of-bounds retry.count'],
    ['retry: { count: 1.5 }', 'wrong-type retry.count'],
    ['timeout: 10', 'bad-duration timeout'],
    ['retry: { test: a }', 'unknown-key retry.test'],
    ['type: date, min: 2026-13-01', 'bad-date min'],
    ['type: date, max: tomorrow', 'bad-date max'],
    ['type: date, min: "$(addDays(today)"', 'bad-date min'],
    ['type: date, min: 2026-12-24, max: 2026-12-01', 'bad-input-field min'],
    ['type: date, not: [monday]', 'bad-date not.0'],
    ['type: date, not: [24.12.]', 'bad-date not.0'],
    ['type: number, not: [mon]', 'bad-input-field not'],
    ['type: number, min: today', 'bad-input-field min'],
    ['type: date, retry: { belowMin: a }', 'bad-input-field retry'],
    ['type: number, min: 1, retry: { notOn: a }', 'bad-input-field retry'],
  ])('%s is refused', (fields, problem) => {
    expect(fieldFaults(fields)).toEqual([problem]);
  });

  it.each([
    'type: rating, max: 13',
    'type: rating, min: 0, max: 12',
    'type: number, min: 1, max: 1',
    'retry: { count: 0 }',
    'type: date, min: today, max: "$(addDays(today, 60))", not: [mon, 2026-12-24, $(closed)]',
    'type: date, min: "= addDays(today, 1)", max: last.day, retry: { belowMin: a, aboveMax: b }',
    'type: number, min: 1, max: 8, retry: { belowMin: a, aboveMax: b }',
  ])('%s is taken', (fields) => {
    expect(fieldFaults(fields)).toEqual([]);
  });
});
