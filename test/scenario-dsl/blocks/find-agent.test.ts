import { describe, expect, it } from 'vitest';
import { bob, startRun } from '../scenario-run.ts';

const search = `
find: { find-agent: { skills: [support], timeout: 2m }, exits: { no-agents: none, timeout: late, queue-limit: full } }
found: { send-message: { text: "$(agent.name) ($(agent.username), $(destination))" } }
end: { exit: {} }
none: { send-message: { text: none } }
none-end: { exit: {} }
late: { send-message: { text: late } }
late-end: { exit: {} }
full: { send-message: { text: full } }
`;

describe('Find Agent', () => {
  it('asks for an agent with what it was told', () => {
    const run = startRun(
      'find: { find-agent: { skills: [support, "$(lang)", "$(none)"], service: "$(kind)", priority: 7, timeout: 2m } }',
      { variables: { lang: 'french', kind: 'Billing' } },
    );
    expect(run.effects).toEqual([
      {
        kind: 'find-agent',
        id: 'find:1',
        skills: ['support', 'french'],
        service: 'Billing',
        priority: 7,
        intervals: [{ forMs: 120_000, minLevel: 0 }],
      },
    ]);
  });

  it('sets $(destination) and $(agent.…) and goes on when an agent is reserved', () => {
    const run = startRun(search).reserve();
    expect(run.lastEffect).toMatchObject({ text: 'Bob Brown (bob, bob)' });
    expect(run.deadlinesIn).toEqual([]);
  });

  it('takes no-agents at once when nobody is there', () => {
    expect(startRun(search).answer('agent.none').block).toBe('none');
  });

  it('takes queue-limit when the queue is full', () => {
    expect(startRun(search).answer('agent.queue-limit').block).toBe('full');
  });

  it('takes timeout when the time is up and takes its request back', () => {
    const run = startRun(search).wait(119_999);
    expect(run.block).toBe('find');
    run.wait(1);
    expect(run.block).toBe('late');
    expect(run.effects.slice(1)).toEqual([
      { kind: 'cancel-find-agent', id: 'find:1' },
      { kind: 'send-message', id: 'late:2', text: 'late', quickReplies: [] },
    ]);
  });

  it.each(['agent.none', 'agent.queue-limit'] as const)(
    'falls to the next block on %s when it is not wired',
    (type) => {
      const run = startRun('find: { find-agent: {} }\nnext: { send-message: { text: Next } }');
      expect(run.answer(type).block).toBe('next');
    },
  );

  it('falls to the next block on timeout when it is not wired', () => {
    const run = startRun('find: { find-agent: {} }\nnext: { send-message: { text: Next } }');
    expect(run.wait(600_000).block).toBe('next');
  });

  it('asks for ten minutes when neither timeout nor intervals are given', () => {
    const run = startRun('find: { find-agent: {} }');
    expect(run.deadlinesIn).toEqual([600_000]);
    expect(run.lastEffect).toEqual({
      kind: 'find-agent',
      id: 'find:1',
      skills: [],
      intervals: [{ forMs: 600_000, minLevel: 0 }],
    });
  });

  it('asks for as long as its intervals last together', () => {
    const run = startRun('find: { find-agent: { intervals: [{ for: 60s }, { for: 2m }] } }');
    expect(run.deadlinesIn).toEqual([180_000]);
  });

  it('keeps to a timeout beside intervals', () => {
    const run = startRun('find: { find-agent: { timeout: 5m, intervals: [{ for: 60s }] } }');
    expect(run.deadlinesIn).toEqual([300_000]);
  });

  it('never raises the level from one interval to the next', () => {
    const run = startRun(
      'find: { find-agent: { intervals: [{ for: 1s, minLevel: 80 }, { for: 2s, minLevel: 90 }, { for: 3s, minLevel: 20 }, { for: 4s }] } }',
    );
    expect(run.lastEffect).toMatchObject({
      intervals: [
        { forMs: 1000, minLevel: 80 },
        { forMs: 2000, minLevel: 80 },
        { forMs: 3000, minLevel: 20 },
        { forMs: 4000, minLevel: 0 },
      ],
    });
  });

  it('ignores an answer to an earlier search', () => {
    const run = startRun(`
find: { find-agent: { timeout: 1m }, exits: { timeout: find } }
found: { send-message: { text: found } }
`).wait(60_000);
    run.tell({ type: 'agent.reserved', effectId: 'find:1', agent: bob });
    expect(run.block).toBe('find');
    expect(run.tell({ type: 'agent.reserved', effectId: 'find:2', agent: bob }).block).toBe('found');
  });

  it('keeps what the customer writes meanwhile as $(item.message)', () => {
    expect(startRun(search).write('still there?').variables).toMatchObject({ item: { message: 'still there?' } });
  });

  it('forgets the destination of an earlier search', () => {
    const run = startRun('find: { find-agent: {} }\ntalk: { connect-chat: {}, exits: { no-answer: find } }');
    run.reserve().answer('offer.rejected').answer('agent.none');
    expect(run.variables).toMatchObject({ destination: '' });
  });
});
