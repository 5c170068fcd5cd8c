import { beforeEach, describe, expect, it } from 'vitest';
import {
  LAST_INTENT,
  type AgentCriteria,
  type AgentRequest,
  type RoutingIntent,
} from '../../contracts/routing-intent.ts';
import {
  createDispatcherState,
  QUEUE_LIMIT,
  type DispatcherState,
} from '../../workflows/dispatcher/dispatcher-state.ts';
import { match } from '../../workflows/dispatcher/match.ts';
import {
  listGone,
  nextDeadlineAt,
  takeDueDeadlines,
  takeItem,
  type Consequence,
} from '../../workflows/dispatcher/take-item.ts';

const NOW = 1_000_000;
let state: DispatcherState;
let lastNumber = 0;

beforeEach(() => {
  lastNumber = 0;
  state = createDispatcherState('default');
});

function addAgent(
  username: string,
  more: { skills?: Record<string, number>; slots?: number; idleSince?: number } = {},
): void {
  const { skills = { support: 50 }, slots = 1, idleSince = 0 } = more;
  state.agents[username] = { username, name: username, skills, slots };
  state.agentStatuses[username] = { state: 'ready', since: 0, chosenAt: 0, idleSince };
}

/** States what a conversation wants and holds, after everything that was stated before. */
function intend(conversationId: string, intent: Partial<RoutingIntent> = {}): Consequence[] {
  lastNumber += 1;
  const whole: RoutingIntent = { conversationId, number: lastNumber, held: [], releases: [], ...intent };
  return takeItem(state, { type: 'intent', intent: whole }, NOW);
}

function ask(conversationId: string, more: Partial<AgentRequest> = {}): void {
  intend(conversationId, { request: agentRequest(conversationId, more) });
}

function heldBy(conversationId: string): string[] {
  return (state.assignments[conversationId] ?? []).map(({ agent }) => agent);
}

function agentRequest(conversationId: string, more: Partial<AgentRequest> = {}): AgentRequest {
  return {
    requestId: `${conversationId}:find:1`,
    skills: [{ name: 'support', minLevel: 1 }],
    anySkillOf: [],
    priority: 0,
    queuedAt: NOW,
    refusedBy: [],
    ...more,
  };
}

/** Matches, and tells who got whom as `conversation→agent` or `conversation✗`. */
function matched(now = NOW): string[] {
  return match(state, now).map((each) =>
    each.outcome === 'reserved'
      ? `${each.request.conversationId}→${each.agent.username}`
      : `${each.request.conversationId}✗`,
  );
}

describe('who is served', () => {
  it('is the higher priority first, then the longer wait', () => {
    addAgent('ann', { slots: 3 });
    ask('old', { queuedAt: NOW - 5000 });
    ask('new');
    ask('vip', { priority: 9 });
    expect(matched()).toEqual(['vip→ann', 'old→ann', 'new→ann']);
  });

  it('stays in the queue at its place while nobody is free', () => {
    addAgent('ann');
    ask('first', { queuedAt: NOW - 2 });
    ask('second', { queuedAt: NOW - 1 });
    expect(matched()).toEqual(['first→ann']);
    expect(state.waiting.map(({ conversationId }) => conversationId)).toEqual(['second']);
  });

  it('keeps its place when it asks again', () => {
    ask('first', { queuedAt: NOW - 2 });
    ask('second', { queuedAt: NOW - 1 });
    ask('first', { queuedAt: NOW - 2, requestId: 'first:find:2' });
    addAgent('ann');
    expect(matched()).toEqual(['first→ann']);
  });

  it('is refused above the limit of the queue', () => {
    for (let n = 0; n < QUEUE_LIMIT; n += 1) state.waiting.push({ ...waitingLike(`c${n}`) });
    const { conversationId, number: _number, ...request } = waitingLike('one-more');
    expect(intend(conversationId, { request })).toMatchObject([
      { type: 'queue-limit', conversationId: 'one-more', request: { requestId: 'r' } },
    ]);
  });
});

function waitingLike(conversationId: string): DispatcherState['waiting'][number] {
  return {
    conversationId,
    number: 1,
    requestId: 'r',
    skills: [],
    anySkillOf: [],
    priority: 0,
    queuedAt: 0,
    refusedBy: [],
  };
}

describe('the agent who is taken', () => {
  it('has every skill at the level asked for', () => {
    addAgent('novice', { skills: { support: 10 } });
    addAgent('expert', { skills: { support: 80, billing: 30 } });
    ask('simple', {
      skills: [
        { name: 'support', minLevel: 1 },
        { name: 'billing', minLevel: 1 },
      ],
    });
    expect(matched()).toEqual(['simple→expert']);
  });

  it('needs one of the service’s skills where the block names none', () => {
    addAgent('cook', { skills: { cooking: 90 } });
    addAgent('clerk', { skills: { billing: 5 } });
    ask('any', { skills: [], anySkillOf: ['support', 'billing'] });
    expect(matched()).toEqual(['any→clerk']);
  });

  it('is the one who has been idle longest', () => {
    addAgent('ann', { idleSince: NOW - 10 });
    addAgent('ben', { idleSince: NOW - 99 });
    ask('chat');
    expect(matched()).toEqual(['chat→ben']);
  });

  it('takes as many chats as they have slots, and turns go round', () => {
    addAgent('ann', { slots: 2, idleSince: 1 });
    addAgent('ben', { slots: 1, idleSince: 2 });
    for (const id of ['a', 'b', 'c', 'd']) ask(id);
    expect(matched()).toEqual(['a→ann', 'b→ben', 'c→ann']);
  });

  it('is last the one who refused this conversation', () => {
    addAgent('ann', { idleSince: 1 });
    addAgent('ben', { idleSince: 2 });
    ask('chat', { refusedBy: ['ann'] });
    expect(matched()).toEqual(['chat→ben']);
  });

  it('is nobody while the only one is not ready or lost, and No Agents when none is logged in', () => {
    addAgent('ann');
    ask('chat');
    state.agentStatuses['ann'] = { state: 'not-ready', since: 0, chosenAt: 0, idleSince: 0 };
    expect(matched()).toEqual([]);
    state.agentStatuses['ann'] = { state: 'ready', since: 0, chosenAt: 0, idleSince: 0, goneAt: NOW + 1 };
    expect(matched()).toEqual([]);
    state.agentStatuses['ann'] = { state: 'logged-out', since: 0, chosenAt: 0, idleSince: 0 };
    expect(matched()).toEqual(['chat✗']);
  });
});

const asking = (minLevel: number): AgentCriteria => ({ skills: [{ name: 'support', minLevel }], anySkillOf: [] });

describe('a request that escalation intervals will widen', () => {
  const [expert, novice] = [asking(30), asking(1)];

  beforeEach(() => {
    addAgent('novice', { skills: { support: 10 } });
  });

  it('waits for the interval that somebody who is logged in will do for', () => {
    ask('chat', { ...expert, laterCriteria: [novice] });
    expect(matched()).toEqual([]);
    ask('chat', novice);
    expect(matched()).toEqual(['chat→novice']);
  });

  it('is not served before its interval, also not by somebody free', () => {
    addAgent('expert', { skills: { support: 90 } });
    ask('first', { ...expert, laterCriteria: [novice] });
    ask('second', { ...expert, laterCriteria: [novice] });
    expect(matched()).toEqual(['first→expert']);
  });

  it('takes No Agents once nobody is logged in whom any interval would find', () => {
    ask('chat', { ...expert, laterCriteria: [novice] });
    expect(matched()).toEqual([]);
    state.agentStatuses['novice'] = { state: 'logged-out', since: 0, chosenAt: 0, idleSince: 0 };
    expect(matched()).toEqual(['chat✗']);
  });

  it('does not hold back one that asks for the same and will not be widened', () => {
    ask('wide', { ...expert, laterCriteria: [novice], queuedAt: NOW - 1 });
    ask('narrow', expert);
    expect(matched()).toEqual(['narrow✗']);
  });

  it('waits for nobody but the agent it is for', () => {
    ask('chat', { ...expert, laterCriteria: [novice], onlyAgent: 'ann' });
    expect(matched()).toEqual(['chat✗']);
  });
});

describe('a request that prefers the agent who last talked with the customer', () => {
  beforeEach(() => {
    addAgent('ann', { idleSince: 10 });
    addAgent('ben', { idleSince: 5 });
  });

  it('gets them, however long others have been idle', () => {
    ask('chat', { preferredAgent: 'ann' });
    expect(match(state, NOW)).toMatchObject([
      { agent: { username: 'ann' }, reason: expect.stringContaining('last agent') },
    ]);
  });

  it('waits for them while they are there and not free, and holds nobody else back', () => {
    state.agentStatuses['ann'] = { state: 'not-ready', since: 0, chosenAt: 0, idleSince: 0 };
    ask('chat', { preferredAgent: 'ann', queuedAt: NOW - 1 });
    ask('other');
    expect(matched()).toEqual(['other→ben']);
    state.agentStatuses['ann'] = { state: 'ready', since: 0, chosenAt: 0, idleSince: 0 };
    expect(matched()).toEqual(['chat→ann']);
  });

  it('gets anybody where they are not logged in, lack a skill or have refused', () => {
    ask('refused', { preferredAgent: 'ann', refusedBy: ['ann'] });
    expect(matched()).toEqual(['refused→ben']);
    addAgent('ben');
    state.assignments = {};
    state.agentStatuses['ann'] = { state: 'logged-out', since: 0, chosenAt: 0, idleSince: 0 };
    ask('gone', { preferredAgent: 'ann' });
    expect(matched()).toEqual(['gone→ben']);
    state.assignments = {};
    addAgent('ann', { skills: { sales: 50 } });
    ask('unskilled', { preferredAgent: 'ann' });
    expect(matched()).toEqual(['unskilled→ben']);
  });

  it('gets anybody once it does without them', () => {
    state.agentStatuses['ann'] = { state: 'not-ready', since: 0, chosenAt: 0, idleSince: 0 };
    ask('chat', { preferredAgent: 'ann' });
    expect(matched()).toEqual([]);
    ask('chat');
    expect(matched()).toEqual(['chat→ben']);
  });
});

describe('what is held', () => {
  beforeEach(() => {
    addAgent('ann');
    ask('chat');
    match(state, NOW);
  });

  it('expires after a minute without a confirmation', () => {
    expect(nextDeadlineAt(state)).toBe(NOW + 60_000);
    expect(takeDueDeadlines(state, NOW + 59_999)).toEqual([]);
    expect(takeDueDeadlines(state, NOW + 60_000)).toMatchObject([{ type: 'expired', conversationId: 'chat' }]);
  });

  it('stays for as long as an offer is open, and for good once connected', () => {
    const held = { requestId: 'chat:find:1', agent: 'ann' };
    intend('chat', { held: [{ ...held, expiresAt: NOW + 90_000 }] });
    expect(nextDeadlineAt(state)).toBe(NOW + 90_000);
    intend('chat', { held: [held] });
    expect(nextDeadlineAt(state)).toBe(Infinity);
  });

  it('is not taken by an intent that a later one has overtaken', () => {
    const held = { requestId: 'chat:find:1', agent: 'ann' };
    intend('chat', { number: 9, held: [held] });
    intend('chat', { number: 8, held: [{ ...held, expiresAt: NOW + 90_000 }] });
    expect(nextDeadlineAt(state)).toBe(Infinity);
    intend('chat', { number: 10 });
    intend('chat', { number: 9, held: [held] });
    expect(state.assignments).toEqual({});
  });

  it('stays while the answer to the same request is under way, also when that is stated anew', () => {
    ask('chat', { priority: 5 });
    expect(Object.keys(state.assignments)).toEqual(['chat']);
    expect(state.waiting).toEqual([]);
  });

  it('is given back where the conversation asks for somebody else', () => {
    ask('chat', { requestId: 'chat:find:2' });
    expect(state.assignments).toEqual({});
    expect(state.waiting).toHaveLength(1);
  });

  it('is one for each agent in the chat, and each is given back alone', () => {
    const held = { requestId: 'chat:find:1', agent: 'ann' };
    addAgent('ben');
    const request = { requestId: 'chat:invite:1', excludedAgents: ['ann'] };
    intend('chat', { held: [held], request: agentRequest('chat', request) });
    expect(matched()).toEqual(['chat→ben']);
    // Stated anew while the answer is under way: both stay.
    intend('chat', { held: [held], request: agentRequest('chat', request) });
    expect(heldBy('chat')).toEqual(['ben', 'ann']);
    intend('chat', { held: [{ requestId: 'chat:invite:1', agent: 'ben' }] });
    expect(heldBy('chat')).toEqual(['ben']);
    expect(
      takeItem(state, { type: 'agent-state', change: { username: 'ben', state: 'logged-out', at: NOW } }, NOW),
    ).toMatchObject([{ type: 'agent-state' }, { type: 'agent-lost', assignment: { requestId: 'chat:invite:1' } }]);
    expect(state.assignments).toEqual({});
  });

  it('is never given to somebody who is in the chat', () => {
    intend('chat', { held: [{ requestId: 'chat:find:1', agent: 'ann' }] });
    state.agents['ann'] = { username: 'ann', name: 'ann', skills: { support: 50 }, slots: 5 };
    ask('chat', { requestId: 'chat:invite:1', excludedAgents: ['ann'] });
    expect(matched()).toEqual(['chat✗']);
  });

  it('is all given back for a conversation that is gone, which can ask no more', () => {
    intend('chat', { number: LAST_INTENT });
    ask('chat', { requestId: 'chat:find:2' });
    expect([state.assignments, state.waiting]).toEqual([{}, []]);
  });

  it('makes an agent who let an offer pass Not Ready, also where the word of it was overtaken', () => {
    const releases = [{ requestId: 'chat:find:1', reason: 'no-answer' }] as const;
    intend('chat', { releases: [...releases] });
    expect(state.agentStatuses['ann']).toMatchObject({ state: 'not-ready', reason: 'No Answer', since: NOW });
  });

  it('is taken again by a chat that the dispatcher does not know, while its agent is there', () => {
    const held = { requestId: 'other:find:1', agent: 'ann' };
    expect(intend('other', { held: [held] })).toEqual([]);
    expect(intend('third', { held: [{ ...held, expiresAt: NOW + 1 }] })).toMatchObject([{ type: 'agent-lost' }]);
    takeItem(state, { type: 'agent-state', change: { username: 'ann', state: 'logged-out', at: NOW } }, NOW);
    expect(intend('fourth', { held: [held] })).toMatchObject([{ type: 'agent-lost', cause: 'UserLogout' }]);
  });

  it('is taken from an agent who logs out, or whose client does not come back in time', () => {
    const change = { username: 'ann', state: 'logged-out', at: NOW } as const;
    expect(takeItem(structuredClone(state), { type: 'agent-state', change }, NOW)).toMatchObject([
      { type: 'agent-state' },
      { type: 'agent-lost', conversationId: 'chat', cause: 'UserLogout' },
    ]);
    takeItem(state, { type: 'presence', change: { username: 'ann', presence: 'lost', at: NOW } }, NOW);
    expect(listGone(state, NOW + 29_999)).toEqual([]);
    expect(listGone(state, NOW + 30_000)).toEqual(['ann']);
    const checked = { type: 'presence-checked' as const, asked: ['ann'] };
    expect(takeItem(structuredClone(state), { ...checked, present: ['ann'] }, NOW + 30_000)).toEqual([]);
    expect(takeItem(state, { ...checked, present: [] }, NOW + 30_000)).toMatchObject([
      { type: 'agent-state', username: 'ann' },
      { type: 'agent-lost', conversationId: 'chat', cause: 'Failure' },
    ]);
  });
});

const lostAt = (at: number) => ({
  type: 'presence' as const,
  change: { username: 'ann', presence: 'lost' as const, at },
});

describe('what comes late', () => {
  it('from a client that was lost does not undo that it is back', () => {
    addAgent('ann');
    takeItem(state, { type: 'presence', change: { username: 'ann', presence: 'back', at: 20 } }, NOW);
    takeItem(state, { type: 'presence', change: { username: 'ann', presence: 'lost', at: 10 } }, NOW);
    expect(state.agentStatuses['ann']?.goneAt).toBeUndefined();
  });

  it('from a look that saw the agent before their client was lost anew does not undo that: they are looked for again', () => {
    addAgent('ann');
    takeItem(state, lostAt(10), NOW);
    const seen = { type: 'presence-checked' as const, asked: ['ann'], present: ['ann'], asOf: { ann: 10 } };
    takeItem(state, { type: 'presence', change: { username: 'ann', presence: 'back', at: 20 } }, NOW);
    takeItem(state, lostAt(30), NOW);
    takeItem(state, seen, NOW);
    expect(listGone(state, NOW)).toEqual(['ann']);
    takeItem(state, { ...seen, asOf: { ann: 30 } }, NOW);
    expect(listGone(state, NOW)).toEqual([]);
  });

  it('from an agent whose client was lost since does not undo that it is lost', () => {
    addAgent('ann');
    const ready = { type: 'agent-state', change: { username: 'ann', state: 'ready', at: 10 } } as const;
    takeItem(state, { type: 'presence', change: { username: 'ann', presence: 'lost', at: 20 } }, NOW);
    const goneAt = state.agentStatuses['ann']?.goneAt;
    takeItem(state, ready, NOW);
    expect(state.agentStatuses['ann']).toMatchObject({ state: 'ready', goneAt });
    takeItem(state, { type: 'presence-checked', asked: ['ann'], present: [] }, NOW + 60_000);
    takeItem(state, ready, NOW + 70_000);
    expect(listGone(state, NOW + 70_000)).toEqual(['ann']);
    takeItem(state, { ...ready, change: { ...ready.change, at: 30 } }, NOW + 80_000);
    expect(listGone(state, NOW + 90_000)).toEqual([]);
  });

  it('of an agent who moves away and back is the state that they bring along', () => {
    addAgent('ann');
    const agent = { username: 'ann', name: 'Ann', skills: {}, slots: 1 };
    takeItem(state, { type: 'configuration', configuration: { revision: 1, agents: [] } }, NOW);
    takeItem(state, { type: 'configuration', configuration: { revision: 2, agents: [agent] } }, NOW);
    expect(state.agentStatuses['ann']).toBeUndefined();
  });

  it('by the clock of another machine is not held against a choice: choices are ordered among themselves', () => {
    addAgent('ann');
    ask('chat');
    match(state, NOW);
    intend('chat', { releases: [{ requestId: 'chat:find:1', reason: 'no-answer' }] });
    takeItem(state, { type: 'agent-state', change: { username: 'ann', state: 'ready', at: NOW - 5000 } }, NOW);
    expect(state.agentStatuses['ann']?.state).toBe('ready');
  });

  it('do not undo a later state of the agent', () => {
    addAgent('ann');
    takeItem(state, { type: 'agent-state', change: { username: 'ann', state: 'not-ready', at: 20 } }, NOW);
    takeItem(state, { type: 'agent-state', change: { username: 'ann', state: 'ready', at: 10 } }, NOW);
    expect(state.agentStatuses['ann']?.state).toBe('not-ready');
  });

  it('do not bring back an older configuration', () => {
    const agent = { username: 'ann', name: 'Ann', skills: {}, slots: 1 };
    takeItem(state, { type: 'configuration', configuration: { revision: 2, agents: [agent] } }, NOW);
    takeItem(state, { type: 'configuration', configuration: { revision: 1, agents: [] } }, NOW);
    expect(Object.keys(state.agents)).toEqual(['ann']);
  });

  it('take the chats from an agent whom a new configuration leaves out', () => {
    addAgent('ann');
    ask('chat');
    match(state, NOW);
    const configuration = { revision: 1, agents: [] };
    expect(takeItem(state, { type: 'configuration', configuration }, NOW)).toMatchObject([
      { type: 'agent-lost', conversationId: 'chat' },
    ]);
  });
});
