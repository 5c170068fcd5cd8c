import { describe, expect, it } from 'vitest';
import { startRun, type ScenarioRun } from '../scenario-run.ts';

const queued = (run: ScenarioRun, position: number, ewtMs?: number): ScenarioRun => {
  const search = run.effects.findLast(({ kind }) => kind === 'find-agent');
  const changed = { effectId: search?.id ?? '', position, waiting: 9, ...(ewtMs === undefined ? {} : { ewtMs }) };
  return run.tell({ type: 'queue.changed', ...changed });
};

const announcing =
  'find: { find-agent: { announce: "$(queue.position) before you, $(queue.ewt) s" } }\nend: { exit: {} }';

const said = (run: ScenarioRun): string[] =>
  run.effects.flatMap((effect) => (effect.kind === 'send-message' ? [effect.text] : []));

describe('Find Agent', () => {
  it('knows the position in the queue', () => {
    const run = queued(startRun('find: { find-agent: {} }'), 3, 90_400);
    expect(run.variables['queue']).toEqual({ position: 3, waiting: 9, ewt: 90 });
    expect(said(run)).toEqual([]);
  });

  it('announces the place at first, and when place or wait has halved or the wait doubled', () => {
    const run = startRun(announcing);
    for (const [position, ewtMs] of [
      [8, 80_000],
      [7, 70_000],
      [4, 50_000],
      [3, 100_000],
      [3, 60_000],
      [2, 50_000],
    ] as const) {
      queued(run, position, ewtMs);
    }
    expect(said(run)).toEqual([
      '8 before you, 80 s',
      '4 before you, 50 s',
      '3 before you, 100 s',
      '2 before you, 50 s',
    ]);
    expect(new Set(run.effects.map(({ id }) => id)).size).toBe(run.effects.length);
  });

  it('announces ten times at most, and anew in the next search', () => {
    const run = startRun(announcing.replace('end: { exit: {} }', 'again: { goto: find }'));
    for (let ms = 1; ms <= 2 ** 12; ms *= 2) queued(run, 5, ms * 1000);
    expect(said(run)).toHaveLength(10);
    run.wait(600_000);
    expect(said(queued(run, 5, 1000))).toHaveLength(11);
  });

  it('waits for no announcement, and no failure of one harms it', () => {
    const run = queued(startRun(announcing), 1);
    run.failSend();
    expect(run.block).toBe('find');
    expect(run.tell({ type: 'agent.reserved', effectId: 'find:1', agent: { username: 'b', name: 'B' } }).status).toBe(
      'done',
    );
  });

  it('widens by skills as well, never to more than before', () => {
    const run = startRun(
      'find: { find-agent: { skills: [a, b], intervals: [{ for: 10s }, { for: 10s, skills: [a] }, { for: 10s, skills: [a, b] }] } }',
    );
    expect(run.lastEffect).toMatchObject({
      skills: ['a', 'b'],
      intervals: [{ minLevel: 0 }, { skills: ['a'] }, { skills: ['a'] }],
    });
  });

  const full = `
find: { find-agent: { skills: [a] }, exits: { queue-limit: other } }
end: { exit: {} }
other: { find-agent: { skills: [b] }, exits: { queue-limit: ask } }
ask: { send-message: { text: "?", wait: {} } }
again: { goto: find }
`;

  it('ends the scenario on a second entry into a queue that was full, without asking', () => {
    const run = startRun(full).answer('agent.queue-limit');
    expect(run.block).toBe('other');
    run.answer('agent.queue-limit').answer('message.sent');
    const before = run.effects.length;
    expect(run.write('again').status).toBe('done');
    expect(run.effects).toHaveLength(before);
  });
});

describe('Set Priority and Request Skill or Service', () => {
  it('count for every later search, which may name its own', () => {
    const run = startRun(
      `
priority: { set-priority: { priority: "$(level)" } }
skill: { request-skill-or-service: { skills: [vip, ""], service: "$(none|billing)" } }
find: { find-agent: { skills: [a, vip] } }
own: { find-agent: { priority: 1, service: sales } }
`,
      { variables: { level: '700' } },
    );
    expect(run.effects).toEqual([
      { kind: 'annotate', id: 'priority:1', annotation: { name: 'set-priority', priority: 100 } },
      {
        kind: 'annotate',
        id: 'skill:2',
        annotation: { name: 'request-skill-or-service', skills: ['vip'], service: 'billing' },
      },
      expect.objectContaining({ id: 'find:3', skills: ['vip', 'a'], service: 'billing', priority: 100 }),
    ]);
    run.answer('agent.none');
    expect(run.lastEffect).toMatchObject({ skills: ['vip'], service: 'sales', priority: 1 });
  });

  it('change nothing where the value is none', () => {
    const run = startRun('a: { set-priority: { priority: "$(level)" } }\nb: { find-agent: {} }');
    expect(run.effects.map(({ kind }) => kind)).toEqual(['find-agent']);
    expect(run.lastEffect).not.toHaveProperty('priority');
  });
});

function offer(fields: string, destination: string): unknown {
  return startRun(`a: { connect-chat: ${fields} }`, { variables: { destination } }).effects[0];
}

describe('Connect Chat', () => {
  it.each([
    ['the agent found', '{}', 'bob', 'bob'],
    ['the default entry for want of one', '{ default: night }', '', { entry: 'night' }],
    ['the agent found before the default', '{ default: night }', 'bob', 'bob'],
    ['the override whoever was found', '{ override: night, default: day }', 'bob', { entry: 'night' }],
  ])('offers the chat to %s', (...row) => {
    const [, fields, found, destination] = row;
    expect(offer(fields, found)).toMatchObject({ kind: 'connect-chat', destination });
  });

  it('marks overflow and lets the console answer by itself', () => {
    expect(offer('{ overflow: true, autoAnswer: 3s }', 'bob')).toMatchObject({ isOverflow: true, autoAnswerMs: 3000 });
  });
});

describe('Get Statistics and agents’ states', () => {
  it('become variables', () => {
    const values = {
      position: 2,
      waiting: 1,
      ewtSeconds: 60,
      oldestWaitingSeconds: 30,
      agentsReady: 0,
      agentsLoggedIn: 3,
    };
    const run = startRun('a: { get-statistics: { skills: [x] } }\nb: { wait: { for: 1s } }').complete('done', values);
    expect(run.variables).toEqual({
      queue: { position: 2, waiting: 1, ewt: 60, oldestWaiting: 30 },
      agents: { ready: 0, loggedIn: 3 },
    });
    const state = startRun('a: { get-agent-state: { username: bob } }\nb: { wait: { for: 1s } }');
    state.complete('done', { state: 'not-ready', reason: 'Lunch', chats: 0, slots: 1 });
    expect(state.variables).toEqual({ agentState: 'not-ready', notReadyReason: 'Lunch' });
  });
});
