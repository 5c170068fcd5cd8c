import { describe, expect, it } from 'vitest';
import { parseBlocks, startRun } from '../scenario-run.ts';

const guarded = `
begin: { exception-handler: { try: [ask, search, talk], catch: sorry } }
ask: { send-message: { text: "?", wait: { into: question } } }
search: { find-agent: {} }
talk: { connect-chat: {} }
end: { exit: {} }
sorry: { send-message: { text: "Sorry: $(exception.outcome) in $(exception.block), $(exception.reason|)" } }
`;

describe('Exception Handler', () => {
  it('goes on at the first block of its try', () => {
    const run = startRun('a: { exception-handler: { try: [c], catch: b } }\nb: { exit: {} }\nc: { wait: { for: 1s } }');
    expect(run.block).toBe('c');
    expect(run.variables).toEqual({ exception: { outcome: 'No' } });
  });

  it('catches a failure exit that is not wired, and tells what and where it was', () => {
    const run = startRun(guarded).failSend();
    expect(run.block).toBe('sorry');
    expect(run.variables['exception']).toEqual({
      outcome: 'Error',
      block: 'ask',
      exit: 'send-error',
      reason: 'blocked',
    });
    expect(run.lastEffect).toMatchObject({ text: 'Sorry: Error in ask, blocked' });
  });

  it('leaves a failure exit that is wired to where it is wired', () => {
    const run = startRun(`
begin: { exception-handler: { try: [ask], catch: sorry } }
ask: { send-message: { text: "?" }, exits: { send-error: other } }
end: { exit: {} }
sorry: { wait: { for: 1s } }
other: { wait: { for: 1s } }
`);
    expect(run.failSend().block).toBe('other');
    expect(run.variables['exception']).toEqual({ outcome: 'No', block: 'ask', exit: 'send-error', reason: 'blocked' });
  });

  it('lets an error of catch itself go the usual way', () => {
    const run = startRun(guarded, { variables: {}, onErrorText: 'Oh' });
    expect(run.failSend().failSend().lastEffect).toMatchObject({ text: 'Oh' });
  });

  it('catches with the innermost handler around the block', () => {
    const run = startRun(`
outer: { exception-handler: { try: [inner, a, b], catch: c } }
inner: { exception-handler: { try: [a], catch: b } }
a: { send-message: { text: a } }
end: { exit: {} }
b: { send-message: { text: b } }
end-b: { exit: {} }
c: { send-message: { text: c } }
`);
    expect(run.failSend().block).toBe('b');
    expect(run.failSend().block).toBe('c');
  });

  it.each([
    ['while a message is being sent', (): ReturnType<typeof startRun> => startRun(guarded)],
    ['while it waits', () => startRun(guarded).answer('message.sent')],
    ['while an agent is looked for', () => startRun(guarded).answer('message.sent').write('x')],
    ['while the chat is offered', () => startRun(guarded).answer('message.sent').write('x').reserve()],
    ['in the chat', () => startRun(guarded).answer('message.sent').write('x').reserve().accept()],
  ])('catches the end of the customer’s side %s, and clears the agent’s side first', (_when, begin) => {
    const run = begin();
    const left = run.lastEffect.id;
    run.tell({ type: 'customer.left', cause: 'inactivity' });
    expect(run.block).toBe('sorry');
    expect(run.variables['exception']).toMatchObject({ outcome: 'Disconnect', reason: 'inactivity' });
    expect(run.effects.slice(-2).map(({ kind }) => kind)).toEqual(['end-chat', 'send-message']);
    expect(run.effects.at(-2)).toEqual({ kind: 'end-chat', id: left, cause: 'inactivity' });
    expect(run.deadlinesIn).toEqual([]);
  });

  it('ends the run when the customer’s side ends outside of it', () => {
    const run = startRun(guarded).failSend().tell({ type: 'customer.left', cause: 'inactivity' });
    expect(run.status).toBe('done');
  });

  it('ignores what the block that was left still hears', () => {
    const run = startRun(guarded).answer('message.sent').write('x').reserve();
    const offer = run.lastEffect.id;
    run.tell({ type: 'customer.left', cause: 'inactivity' });
    expect(run.tell({ type: 'offer.accepted', effectId: offer, agent: { username: 'b', name: 'B' } }).block).toBe(
      'sorry',
    );
  });

  it('counts as a way to catch only where something in try can go wrong', () => {
    const { problems } = parseBlocks(
      'a: { exception-handler: { try: [b], catch: c } }\nb: { goto: d }\nc: { comment: c }\nd: { exit: {} }',
    );
    expect(problems.map(({ code }) => code)).toEqual(['unreachable-block']);
  });

  it.each([
    ['its catch is in its try', 'a: { exception-handler: { try: [b], catch: b } }\nb: { wait: { for: 1s } }'],
    [
      'two overlap',
      'a: { exception-handler: { try: [b, c], catch: e } }\nb: { exception-handler: { try: [c, d], catch: e } }\nc: { wait: { for: 1s } }\nd: { wait: { for: 1s } }\ne: { exit: {} }',
    ],
    [
      'two are the same',
      'a: { exception-handler: { try: [c], catch: e } }\nb: { exception-handler: { try: [c], catch: e } }\nc: { wait: { for: 1s } }\ne: { exit: {} }',
    ],
  ])('is refused when %s', (_what, blocks) => {
    expect(parseBlocks(blocks).problems.map(({ code }) => code)).toContain('bad-exception-handler');
  });
});
