import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AgentRequest, RoutingIntent } from '../../contracts/routing-intent.ts';
import type { GroupSettings, RoutableAgent } from '../../contracts/routing.ts';
import { takeNextStates } from '../../workflows/dispatcher/agent-states.ts';
import { countLoad, loadOf } from '../../workflows/dispatcher/capacity.ts';
import { createDispatcherState, type DispatcherState } from '../../workflows/dispatcher/dispatcher-state.ts';
import { explainRouting } from '../../workflows/dispatcher/explain-routing.ts';
import { judgeAgents } from '../../workflows/dispatcher/judge-agents.ts';
import { match } from '../../workflows/dispatcher/match.ts';
import { describeAgent } from '../../workflows/dispatcher/statistics.ts';
import {
  nextDeadlineAt,
  putConfiguration,
  takeDueDeadlines,
  takeItem,
  type Consequence,
} from '../../workflows/dispatcher/take-item.ts';

const NOW = 1_000_000;
let state: DispatcherState;
let numbers: Map<string, number>;

function begin({
  agents = ['ann'],
  slots = 1,
  settings,
  loads,
}: { agents?: string[]; slots?: number; settings?: GroupSettings; loads?: Record<string, number> } = {}): void {
  numbers = new Map();
  state = createDispatcherState('default');
  putConfiguration(state, {
    revision: 1,
    agents: agents.map((username): RoutableAgent => ({ username, name: username, skills: { support: 50 }, slots })),
    ...(settings && { settings }),
    ...(loads && { loads }),
  });
  agents.forEach((username, index) => {
    state.agentStatuses[username] = { state: 'ready', since: 0, chosenAt: 0, idleSince: index };
  });
}

function intend(conversationId: string, intent: Partial<RoutingIntent> = {}, now = NOW): Consequence[] {
  const number = (numbers.get(conversationId) ?? 0) + 1;
  numbers.set(conversationId, number);
  const whole: RoutingIntent = { conversationId, number, held: [], releases: [], ...intent };
  return takeItem(state, { type: 'intent', intent: whole }, now);
}

function ask(conversationId: string, more: Partial<AgentRequest> = {}, now = NOW): void {
  const skills = [{ name: 'support', minLevel: 1 }];
  const usual = { requestId: 'find', skills, anySkillOf: [], priority: 0, queuedAt: now, refusedBy: [] };
  intend(conversationId, { request: { ...usual, ...more } }, now);
}

const connect = (conversationId: string, agent = 'ann', now = NOW): Consequence[] =>
  intend(conversationId, { held: [{ requestId: 'find', agent }] }, now);

const leave = (conversationId: string, afterWorkMs: number, now = NOW): Consequence[] =>
  intend(conversationId, { releases: [{ requestId: 'find', reason: 'ended', afterWorkMs }] }, now);

function matched(now = NOW): string[] {
  return match(state, now).map(({ request, ...each }) =>
    each.outcome === 'reserved' ? `${request.conversationId}→${each.agent.username}` : `${request.conversationId}✗`,
  );
}

const stateOf = (username: string): string | undefined =>
  describeAgent(state, username, { loads: countLoad(state), now: NOW })?.state;

describe('priority with ageing', () => {
  it('lets whoever has waited long enough pass those who come later with a higher one', () => {
    begin({ settings: { ageingMs: 10_000 } });
    ask('urgent', { priority: 5, queuedAt: NOW });
    ask('patient', { priority: 0, queuedAt: NOW - 49_000 });
    ask('starving', { priority: 0, queuedAt: NOW - 51_000 });
    expect(state.waiting.map(({ conversationId }) => conversationId)).toEqual(['starving', 'urgent', 'patient']);
  });

  it('bounds the wait: nobody is passed by one who came more than the difference in steps later', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ priority: fc.integer({ min: 0, max: 100 }), at: fc.nat(1_000_000) }), { minLength: 2 }),
        fc.integer({ min: 1000, max: 60_000 }),
        (arrivals, ageingMs) => {
          begin({ settings: { ageingMs } });
          arrivals.forEach(({ priority, at }, index) => ask(`c${index}`, { priority, queuedAt: at }));
          state.waiting.forEach((earlier, index) => {
            for (const later of state.waiting.slice(index + 1))
              expect(earlier.queuedAt - later.queuedAt).toBeLessThanOrEqual(
                (earlier.priority - later.priority) * ageingMs,
              );
          });
        },
      ),
    );
  });
});

interface ChatStep {
  chat: number;
  service: string | undefined;
  afterWork: boolean;
}

/** What a conversation does, where it can. */
function take(kind: 'ask' | 'connect' | 'leave', { chat, service, afterWork }: ChatStep, now: number): void {
  const id = `c${chat}`;
  const agent = state.assignments[id]?.[0]?.agent;
  if (kind === 'ask' && !agent) ask(id, service === undefined ? {} : { service }, now);
  if (kind === 'connect' && agent) connect(id, agent, now);
  const release = { requestId: 'find', reason: 'ended' as const, ...(afterWork && { afterWorkMs: 5000 }) };
  if (kind === 'leave' && agent) intend(id, { releases: [release] }, now);
}

describe('the room that an agent has', () => {
  it('is full by the weights of their chats, before their slots are', () => {
    begin({ slots: 5, loads: { complaint: 60, status: 20 } });
    for (const id of ['a', 'b']) ask(id, { service: 'complaint' });
    for (const id of ['c', 'd', 'e']) ask(id, { service: 'status' });
    expect(matched()).toEqual(['a→ann', 'c→ann', 'd→ann']);
  });

  it('is never exceeded, and nobody waits while there is room for them', () => {
    const step = fc.record({
      kind: fc.constantFrom('ask' as const, 'connect' as const, 'leave' as const, 'wait' as const),
      chat: fc.nat(8),
      service: fc.constantFrom(undefined, 'heavy', 'light'),
      afterWork: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, slots) => {
        begin({ agents: ['ann', 'ben'], slots, loads: { heavy: 70, light: 10 } });
        let now = NOW;
        for (const { kind, ...what } of steps) {
          if (kind === 'wait') now += 3000;
          else take(kind, what, now);
          takeDueDeadlines(state, now);
          match(state, now);
          const loads = countLoad(state);
          for (const username of ['ann', 'ben']) {
            const { chats, afterWork: writingUp, percent } = loadOf(loads, username);
            expect(chats + writingUp).toBeLessThanOrEqual(slots);
            expect(percent).toBeLessThanOrEqual(100 + 1e-6);
          }
          for (const waiting of state.waiting)
            expect(judgeAgents(state, waiting, { loads, now }).map(({ verdict }) => verdict)).not.toContain('free');
        }
      }),
    );
  });

  it('is left alone for a moment after a chat was given, and only while there is one', () => {
    begin({ slots: 2, settings: { rampUpMs: 5000 } });
    ask('first');
    ask('second');
    expect(matched()).toEqual(['first→ann']);
    expect(nextDeadlineAt(state, { now: NOW })).toBe(NOW + 5000);
    expect(matched(NOW + 4999)).toEqual([]);
    expect(matched(NOW + 5000)).toEqual(['second→ann']);
  });
});

describe('a group that chooses', () => {
  it('the least loaded takes whoever has the most room', () => {
    begin({ agents: ['ann', 'ben'], slots: 3, settings: { choice: 'least-loaded' } });
    for (const id of ['a', 'b', 'c']) ask(id);
    expect(matched()).toEqual(['a→ann', 'b→ben', 'c→ann']);
    intend('b');
    ask('d', {}, NOW + 1);
    expect(matched(NOW + 1)).toEqual(['d→ben']);
  });

  it('round robin takes whoever was given a chat longest ago, however long others have been idle', () => {
    begin({ agents: ['ann', 'ben'], slots: 3, settings: { choice: 'round-robin' } });
    ask('a');
    expect(matched(NOW)).toEqual(['a→ann']);
    ask('b');
    expect(matched(NOW + 1)).toEqual(['b→ben']);
    intend('b', {}, NOW + 2);
    ask('c');
    expect(matched(NOW + 3)).toEqual(['c→ann']);
  });

  it('its own limit of the queue refuses whoever comes beyond', () => {
    begin({ agents: [], settings: { queueLimit: 1 } });
    ask('first');
    const request = { requestId: 'find', skills: [], anySkillOf: [], priority: 0, queuedAt: NOW, refusedBy: [] };
    expect(intend('second', { request })).toMatchObject([{ type: 'queue-limit' }]);
  });
});

describe('paper work after a chat', () => {
  beforeEach(() => {
    begin();
    ask('chat');
    match(state, NOW);
    connect('chat');
    leave('chat', 30_000);
    ask('next');
  });

  it('keeps the slot until its time is over, and is told as ended by it', () => {
    expect(stateOf('ann')).toBe('after-call-work');
    expect(matched()).toEqual([]);
    expect(nextDeadlineAt(state)).toBe(NOW + 30_000);
    expect(takeDueDeadlines(state, NOW + 30_000)).toMatchObject([
      { type: 'after-work', record: { username: 'ann', conversationId: 'chat', ended: { by: 'timeout' } } },
    ]);
    expect(matched(NOW + 30_000)).toEqual(['next→ann']);
  });

  it('ends when the agent is done', () => {
    const change = { username: 'ann', conversationId: 'chat', change: { type: 'done' as const } };
    expect(takeItem(state, { type: 'after-work', change }, NOW + 1)).toMatchObject([
      { record: { ended: { by: 'done' } } },
    ]);
    expect(matched(NOW + 1)).toEqual(['next→ann']);
  });

  it('goes on for as long as it is extended', () => {
    const change = { username: 'ann', conversationId: 'chat', change: { type: 'extend' as const, moreMs: 9000 } };
    takeItem(state, { type: 'after-work', change }, NOW + 1);
    expect(takeDueDeadlines(state, NOW + 38_999)).toEqual([]);
    expect(takeDueDeadlines(state, NOW + 39_000)).toHaveLength(1);
  });

  it('is none where it was done before the chat ended', () => {
    begin();
    ask('chat');
    match(state, NOW);
    connect('chat');
    const change = { username: 'ann', conversationId: 'chat', change: { type: 'done' as const } };
    takeItem(state, { type: 'after-work', change }, NOW);
    connect('chat');
    leave('chat', 30_000);
    expect(stateOf('ann')).toBe('ready');
  });

  it('ends with the agent’s log-out', () => {
    const change = { username: 'ann', state: 'logged-out' as const, at: NOW };
    expect(takeItem(state, { type: 'agent-state', change }, NOW)).toMatchObject([
      { type: 'agent-state' },
      { type: 'after-work', record: { ended: { by: 'logged-out' } } },
    ]);
    expect(state.afterWork).toEqual([]);
  });
});

const chooseLater = (next: 'not-ready' | 'logged-out', reason?: string): void => {
  const change = { username: 'ann', state: next, at: NOW, when: 'chats-ended' as const, ...(reason && { reason }) };
  takeItem(state, { type: 'agent-state', change }, NOW);
};

describe('a state for when these chats end', () => {
  beforeEach(() => {
    begin({ slots: 2 });
    ask('chat');
    match(state, NOW);
    connect('chat');
  });

  it('gives no new chat, and comes once the last one and its paper work have ended', () => {
    chooseLater('not-ready', 'Lunch');
    ask('next');
    expect(matched()).toEqual([]);
    leave('chat', 5000);
    expect(takeNextStates(state, NOW)).toEqual([]);
    takeDueDeadlines(state, NOW + 5000);
    expect(takeNextStates(state, NOW + 5000)).toMatchObject([
      { agentStatus: { state: 'not-ready', reason: 'Lunch', since: NOW + 5000 } },
    ]);
    expect(state.agentStatuses['ann']?.next).toBeUndefined();
  });

  it('can be a log-out, and is taken back by a choice that is for now', () => {
    chooseLater('logged-out');
    intend('chat');
    const now = structuredClone(state);
    expect(takeNextStates(now, NOW)).toMatchObject([{ agentStatus: { state: 'logged-out' } }]);
    takeItem(state, { type: 'agent-state', change: { username: 'ann', state: 'ready', at: NOW + 1 } }, NOW + 1);
    expect(takeNextStates(state, NOW + 1)).toEqual([]);
  });
});

describe('a break', () => {
  const breaks = [
    { name: 'Coffee', returnAfterMs: 60_000 },
    { name: 'Lunch', logOutAfterMs: 90_000 },
  ];
  const choose = (reason: string): void => {
    begin({ settings: { breaks } });
    takeItem(state, { type: 'agent-state', change: { username: 'ann', state: 'not-ready', reason, at: NOW } }, NOW);
  };

  it('ends by itself where its reason says when', () => {
    choose('Coffee');
    expect(nextDeadlineAt(state)).toBe(NOW + 60_000);
    expect(takeDueDeadlines(state, NOW + 60_000)).toMatchObject([{ agentStatus: { state: 'ready' } }]);
  });

  it('that is too long logs the agent out', () => {
    choose('Lunch');
    expect(takeDueDeadlines(state, NOW + 90_000)).toMatchObject([
      { agentStatus: { state: 'logged-out', reason: 'Break too long' } },
    ]);
  });

  it('of another reason has no end', () => {
    choose('Doctor');
    expect(nextDeadlineAt(state)).toBe(Infinity);
  });
});

describe('why a conversation waits', () => {
  it('is told of every agent by the code that matches', () => {
    begin({ agents: ['ann', 'ben', 'cid', 'dan'], settings: { ageingMs: 1000 } });
    ask('held');
    match(state, NOW);
    takeItem(
      state,
      { type: 'agent-state', change: { username: 'ben', state: 'not-ready', reason: 'Lunch', at: 1 } },
      NOW,
    );
    takeItem(state, { type: 'agent-state', change: { username: 'cid', state: 'logged-out', at: 1 } }, NOW);
    takeItem(state, { type: 'presence', change: { username: 'dan', presence: 'lost', at: NOW } }, NOW);
    ask('chat', { priority: 2, widensAt: NOW + 9000 }, NOW - 5000);
    expect(matched()).toEqual([]);
    const { waiting, agents } = explainRouting(state, 'chat', NOW);
    expect(waiting).toMatchObject({ position: 1, priority: 2, agedPriority: 7, widensAt: NOW + 9000 });
    expect(agents.map(({ username, verdict, reason }) => [username, verdict, reason])).toEqual([
      ['ann', 'slots-taken', undefined],
      ['ben', 'not-ready', 'Lunch'],
      ['cid', 'logged-out', undefined],
      ['dan', 'connection-lost', undefined],
    ]);
  });

  it('of a chat says who has it', () => {
    begin();
    ask('chat');
    match(state, NOW);
    connect('chat');
    expect(explainRouting(state, 'chat', NOW).held).toEqual([{ agent: 'ann', requestId: 'find', isConnected: true }]);
  });
});

describe('a rejected offer', () => {
  it('keeps the agent’s words with the decision', () => {
    begin();
    ask('chat');
    match(state, NOW);
    const releases = [{ requestId: 'find', reason: 'rejected' as const, detail: 'not my language' }];
    expect(intend('chat', { releases })).toMatchObject([
      { type: 'refused', reason: 'rejected', detail: 'not my language' },
      { type: 'agent-state', agentStatus: { state: 'not-ready', reason: 'Rejected' } },
    ]);
  });
});
