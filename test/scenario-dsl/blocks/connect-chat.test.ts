import { describe, expect, it } from 'vitest';
import { bob, startRun } from '../scenario-run.ts';

const chat = `
find: { find-agent: {}, exits: { no-agents: talk } }
talk: { connect-chat: { noAnswer: 15s }, exits: { no-answer: nobody, target-disconnected: after } }
nobody: { send-message: { text: nobody } }
nobody-end: { exit: {} }
after: { send-message: { text: "Ended by $(targetDisconnectedCause), $(agent.name)" } }
`;

describe('Connect Chat', () => {
  it('offers the chat to the agent that was found', () => {
    const run = startRun(chat).reserve();
    expect(run.lastEffect).toEqual({ kind: 'connect-chat', id: 'talk:2', noAnswerMs: 15_000, destination: bob });
    expect(run.deadlinesIn).toEqual([15_000]);
  });

  it('waits ten seconds for an answer unless told otherwise', () => {
    const run = startRun('find: { find-agent: {} }\ntalk: { connect-chat: {} }').reserve();
    expect(run.lastEffect).toMatchObject({ noAnswerMs: 10_000 });
    expect(run.deadlinesIn).toEqual([10_000]);
  });

  it('takes no-answer when the agent is silent, and withdraws the offer', () => {
    const run = startRun(chat).reserve().wait(14_999);
    expect(run.block).toBe('talk');
    run.wait(1);
    expect(run.block).toBe('nobody');
    expect(run.result.effects).toEqual([
      { kind: 'withdraw-offer', id: 'talk:2', outcome: 'no-answer' },
      { kind: 'send-message', id: 'nobody:3', text: 'nobody', quickReplies: [] },
    ]);
  });

  it('takes no-answer when the agent rejects, and withdraws the offer', () => {
    const run = startRun(chat).reserve().answer('offer.rejected');
    expect(run.block).toBe('nobody');
    expect(run.result.effects[0]).toEqual({ kind: 'withdraw-offer', id: 'talk:2', outcome: 'rejected' });
  });

  it('takes no-answer at once and offers nothing when nobody was found', () => {
    const run = startRun(chat).answer('agent.none');
    expect(run.block).toBe('nobody');
    expect(run.effects.map(({ kind }) => kind)).toEqual(['find-agent', 'send-message']);
  });

  it('stays connected without a time limit when the agent accepts', () => {
    const run = startRun(chat).reserve().accept();
    expect(run.deadlinesIn).toEqual([]);
    expect(run.wait(86_400_000).block).toBe('talk');
  });

  it('ignores a reject that comes after the accept', () => {
    const run = startRun(chat).reserve().accept();
    expect(run.answer('offer.rejected').block).toBe('talk');
  });

  it('ignores an accept that comes after no-answer', () => {
    const run = startRun(chat).reserve().wait(15_000);
    run.tell({ type: 'offer.accepted', effectId: 'talk:2', agent: bob });
    expect(run.block).toBe('nobody');
  });

  it('sets $(agent.…) to who accepted', () => {
    const run = startRun(chat).reserve().accept({ username: 'eve', name: 'Eve' });
    expect(run.variables).toMatchObject({ agent: { username: 'eve', name: 'Eve' } });
  });

  it('goes on with whoever takes the chat over from an agent who fell silent', () => {
    const run = startRun(chat).reserve().accept().accept({ username: 'eve', name: 'Eve' });
    expect(run.block).toBe('talk');
    expect(run.endChat().lastEffect).toMatchObject({ text: 'Ended by UserHangup, Eve' });
  });

  it.each(['UserHangup', 'SystemHangup', 'UserLogout', 'Failure'] as const)(
    'takes target-disconnected with the cause %s',
    (cause) => {
      const run = startRun(chat).reserve().accept().endChat(cause);
      expect(run.lastEffect).toMatchObject({ text: `Ended by ${cause}, Bob Brown` });
    },
  );

  it('falls to the next block by either exit when it is not wired', () => {
    const blocks = 'find: { find-agent: {} }\ntalk: { connect-chat: {} }\nnext: { send-message: { text: Next } }';
    expect(startRun(blocks).reserve().wait(10_000).block).toBe('next');
    expect(startRun(blocks).reserve().accept().endChat().block).toBe('next');
  });

  it('does not offer a chat twice on one reservation', () => {
    const run = startRun(`
find: { find-agent: {} }
first: { connect-chat: {}, exits: { target-disconnected: done } }
second: { connect-chat: {} }
done: { send-message: { text: done } }
`);
    expect(run.reserve().wait(10_000).block).toBe('done');
    expect(run.effects.filter(({ kind }) => kind === 'connect-chat')).toHaveLength(1);
  });

  it('connects to another destination as it is written', () => {
    const run = startRun('talk: { connect-chat: { destination: "$(desk)" } }', { variables: { desk: 'night-desk' } });
    expect(run.lastEffect).toMatchObject({ kind: 'connect-chat', destination: 'night-desk' });
  });
});

describe('The customer leaving', () => {
  it.each([
    ['while a message is being sent', 'a: { send-message: { text: a } }'],
    ['during a wait for an agent', 'a: { find-agent: {} }'],
  ])('ends the run %s', (_where, blocks) => {
    const run = startRun(blocks).tell({ type: 'customer.left', cause: 'inactivity' });
    expect(run.status).toBe('done');
    expect(run.deadlinesIn).toEqual([]);
  });

  it('ends the run in a connected chat', () => {
    const run = startRun(chat).reserve().accept().tell({ type: 'customer.left', cause: 'erased' });
    expect(run.status).toBe('done');
    expect(run.block).toBe('talk');
  });

  it('makes every later event change nothing', () => {
    const run = startRun(chat).tell({ type: 'customer.left', cause: 'inactivity' });
    const { state } = run.result;
    expect(run.write('hello?').reserve().result).toEqual({
      state,
      effects: [],
      path: [],
      status: 'done',
      block: 'find',
    });
  });
});
