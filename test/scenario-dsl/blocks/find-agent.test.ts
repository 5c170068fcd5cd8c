import { describe, expect, it } from 'vitest';
import { bob, parseBlocks, startRun } from '../scenario-run.ts';

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

const preferring = (fields: string): string =>
  `find: { find-agent: { ${fields} } }\ntalk: { connect-chat: {}, exits: { target-disconnected: find } }`;
const talked = (continuationAt: string): { variables: Record<string, unknown> } => ({
  variables: { item: { continuationUserId: 'ann', continuationAt } },
});

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

  it.each([
    ['lastAgentWithin: 1h', '2027-01-15T07:00:00Z', { username: 'ann', waitMs: 30_000 }],
    ['lastAgentWithin: 1h, lastAgentWait: 5s', '2027-01-15T07:30:00Z', { username: 'ann', waitMs: 5000 }],
    ['lastAgentWithin: 1h', '2027-01-15T06:59:59Z', undefined],
    ['lastAgentWithin: 1h', '', undefined],
    ['', '2027-01-15T07:30:00Z', undefined],
  ])('with { %s } and a talk that ended at %s prefers %o', (fields, at, lastAgent) => {
    expect(startRun(preferring(fields), talked(at)).lastEffect).toEqual({
      kind: 'find-agent',
      id: 'find:1',
      skills: [],
      intervals: [{ forMs: 600_000, minLevel: 0 }],
      ...(lastAgent && { lastAgent }),
    });
  });

  it.each([
    ['2027-01-15T08:30', true],
    ['2027-01-15T07:30', false],
  ])('reads the end of the last talk by the clock of the time zone: %s', (at, isRecent) => {
    const { variables } = talked(at);
    const run = startRun(preferring('lastAgentWithin: 1h'), { variables: { ...variables, timeZone: 'Europe/Vienna' } });
    expect('lastAgent' in run.lastEffect).toBe(isRecent);
  });

  it('prefers the agent of this very conversation once they have talked', () => {
    const run = startRun(preferring('lastAgentWithin: 1m'), talked('2027-01-15T07:59:30Z')).reserve().accept();
    expect(run.variables).toMatchObject({
      item: { continuationUserId: 'bob', continuationAt: '2027-01-15T08:00:00Z' },
    });
    run.wait(600_000).endChat();
    expect(run.lastEffect).toMatchObject({ kind: 'find-agent', lastAgent: { username: 'bob' } });
    expect(run.variables).toMatchObject({ item: { continuationAt: '2027-01-15T08:10:00Z' } });
  });

  it('refuses to wait for a last agent whom nobody prefers', () => {
    const { problems } = parseBlocks('find: { find-agent: { lastAgentWait: 5s } }');
    expect(problems.map(({ code, remedy }) => [code, remedy])).toEqual([
      ['bad-search', 'Write lastAgentWithin: 12h as well, or remove it.'],
    ]);
  });
});
