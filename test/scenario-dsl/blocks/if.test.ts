import { describe, expect, it } from 'vitest';
import { startRun } from '../scenario-run.ts';

const targets = `
next: { send-message: { text: next } }
next-end: { exit: {} }
one: { send-message: { text: one } }
one-end: { exit: {} }
two: { send-message: { text: two } }
`;
const withElse = `choose:\n  if: [{ when: "$(n) == 1", go: one }, { when: "$(n) < 3", go: two }, { else: other }]
other: { send-message: { text: other }, exits: { send-error: next } }
other-end: { goto: next }
${targets.trim()}`;
const withoutElse = `choose:\n  if: [{ when: "$(n) == 1", go: one }, { when: "$(n) < 3", go: two }]\n${targets.trim()}`;

describe('If', () => {
  it.each([
    [1, 'one'],
    [2, 'two'],
    [3, 'other'],
  ])('goes where the first condition that holds says: %d to %s', (n, block) => {
    expect(startRun(withElse, { variables: { n } }).block).toBe(block);
  });

  it('falls to the next block when no condition holds and there is no else', () => {
    expect(startRun(withoutElse, { variables: { n: 9 } }).block).toBe('next');
  });
});

describe('Goto, Exit and the end of the list', () => {
  it('goes on at the named block', () => {
    expect(startRun('a: { goto: c }\nb: { exit: {} }\nc: { if: [{ when: "true", go: b }] }').block).toBe('b');
  });

  it('ends at Exit, also in the middle of the list', () => {
    const run = startRun(
      'a: { if: [{ when: "$(x) is empty", go: stop }] }\nb: { send-message: { text: b } }\nstop: { exit: {} }',
    );
    expect(run.status).toBe('done');
    expect(run.block).toBe('stop');
  });

  it('ends after the last block', () => {
    expect(startRun('a: { send-message: { text: a } }').answer('message.sent').status).toBe('done');
  });
});

describe('Set Variable', () => {
  it('sets text with substitutions, numbers and booleans', () => {
    const run = startRun('a: { set-variable: { greeting: "Hi $(name)", order.count: 2, vip: true } }', {
      variables: { name: 'Ada', order: { id: 7 } },
    });
    expect(run.variables).toEqual({ name: 'Ada', greeting: 'Hi Ada', order: { id: 7, count: 2 }, vip: true });
  });

  it('sets one after the other, so a later one can use an earlier one', () => {
    expect(startRun('a: { set-variable: { a: x, b: "$(a)y", a.c: 1 } }').variables).toEqual({ a: { c: 1 }, b: 'xy' });
  });

  it('never changes the variables it was started with', () => {
    const variables = Object.freeze({ order: Object.freeze({ id: 7 }) });
    startRun('a: { set-variable: { order.id: 8 } }', { variables });
    expect(variables).toEqual({ order: { id: 7 } });
  });
});
