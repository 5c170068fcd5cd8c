import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ConversationEvent, NewConversationEvent } from '../../contracts/history-event.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer } from '../support/customer.ts';
import { acceptOffer, chooseState, command } from '../support/desk.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded, untilInState, untilSent } from '../support/watch-customer.ts';

const CHAT = `
attendant: 1
scenario: history
blocks:
  hello:
    send-message: { text: "Hello" }
  find:
    find-agent: { skills: [support], timeout: 20s }
    exits: { no-agents: closed, timeout: closed }
  talk:
    connect-chat: { noAnswer: 20s }
    exits: { no-answer: find, target-disconnected: thanks }
  thanks:
    send-message: { text: "Thank you" }
  end:
    exit: {}
  closed:
    send-message: { text: "Nobody is here" }
  closed-end:
    exit: {}
`;

const LOOP = `
attendant: 1
scenario: turning
blocks:
  ask:
    send-message: { text: "Again?", wait: { into: answer, timeout: 5m } }
    exits: { timeout: end }
  count:
    set-variable: { name: turns, value: "1" }
  more:
    goto: ask
  end:
    exit: {}
`;

const stack = useActorStack();

async function seed(scenario: string, agents: number): Promise<SeededPage> {
  const skills = { support: 50 };
  return seedPage(stack.store, { scenario, agents: Array.from({ length: agents }, () => ({ skills })) });
}

async function eventsOf(conversationId: string): Promise<ConversationEvent[]> {
  return (await stack.readModel.history.listConversationEvents(conversationId, { limit: 200 })).items;
}

const ending = (seq: number, at: number, reason: string): NewConversationEvent => ({
  seq,
  at,
  actor: { kind: 'system' },
  type: 'ended',
  data: { reason },
});

describe('the history of a conversation', () => {
  it('tells who did what from the first message to the end, with each agent’s segment', async () => {
    const page = await seed(CHAT, 2);
    const [first = '', second = ''] = page.agents;
    await chooseState(stack, page, { username: first, state: 'ready' });
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const offered = await untilInState(stack, customer, 'offered');
    const refusal = { type: 'reject' as const, offerId: offered.offer?.offerId ?? '', reason: 'lunch' };
    await command(stack, { customer, record: offered, username: first }, refusal);
    await chooseState(stack, page, { username: second, state: 'ready' });
    const record = await acceptOffer(stack, customer, second);
    await command(stack, { customer, record, username: second }, { type: 'message', text: 'Good day' });
    await untilSent(stack, customer, 'Good day');
    await command(stack, { customer, record, username: second }, { type: 'end' });
    const ended = await untilEnded(stack, customer);
    const events = await until('the end in the history', async () => {
      const found = await eventsOf(ended.conversationId);
      return found.at(-1)?.type === 'ended' ? found : undefined;
    });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
    const told = events.filter(({ type }) => type !== 'position' && type !== 'block-entered');
    expect(told.map(({ type }) => type)).toEqual([
      'started',
      'message',
      'message',
      'queued',
      'reserved',
      'offered',
      'rejected',
      'queued',
      'reserved',
      'offered',
      'accepted',
      'connected',
      'message',
      'first-answer',
      'left',
      'message',
      'ended',
    ]);
    const steps = events.flatMap((event) =>
      event.type === 'block-entered' ? event.data.blocks.map((block, at) => `${event.data.ways?.[at]} > ${block}`) : [],
    );
    expect(steps.slice(0, 4)).toEqual([' > hello', 'next > find', 'next > talk', 'no-answer > find']);
    expect(told.find(({ type }) => type === 'rejected')).toMatchObject({
      actor: { kind: 'agent', name: first },
      data: { agent: first, reason: 'lunch' },
    });
    expect(told.find(({ type }) => type === 'first-answer')?.segment).toMatchObject({ number: 1, agent: second });
    expect(told.find(({ type }) => type === 'left')).toMatchObject({
      actor: { kind: 'agent', name: second },
      segment: { number: 1, agent: second, to: expect.any(Number) },
      data: { agent: second, cause: 'UserHangup' },
    });
    expect(events.at(-1)).toMatchObject({ actor: { kind: 'scenario' }, data: { reason: 'exit' } });
    const { queuedAt = 0, offeredAt = 0, acceptedAt = 0, firstAnswerAt = 0, endedAt = 0 } = ended;
    const times = [queuedAt, offeredAt, acceptedAt, firstAnswerAt, endedAt];
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    expect(ended.segments).toMatchObject([{ number: 1, agent: second, from: acceptedAt }]);
  });

  it('tells who was asked in, by whom, who came, what they did there and how each left, with a segment for each who talked', async () => {
    const page = await seed(CHAT, 3);
    const [ann = '', ben = '', cleo = ''] = page.agents;
    await chooseState(stack, page, { username: ann, state: 'ready' });
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const record = await acceptOffer(stack, customer, ann);
    const as = (username: string) => (what: Parameters<typeof command>[2]) =>
      command(stack, { customer, record, username }, what);
    for (const username of [ben, cleo]) await chooseState(stack, page, { username, state: 'ready' });
    const comeIn = async (username: string): Promise<void> => {
      const offerId = await until('the invitation', async () => {
        const { invitation } = (await latestRecord(stack, customer)) ?? {};
        return invitation?.offer?.agent === username ? invitation.offer.offerId : undefined;
      });
      await as(username)({ type: 'accept', offerId });
    };
    await as(ann)({ type: 'invite', kind: 'consult', to: { agent: ben }, message: 'refund?' });
    await comeIn(ben);
    await as(ben)({ type: 'innerMessage', text: 'Yes' });
    await as(ann)({ type: 'finishConsult', outcome: 'conference' });
    await as(ann)({ type: 'flag', isRaised: true, reason: 'angry' });
    await as(cleo)({ type: 'supervise', mode: 'monitor' });
    await as(ann)({ type: 'leave' });
    await as(cleo)({ type: 'takeOver' });
    await as(cleo)({ type: 'end' });
    const ended = await untilEnded(stack, customer);
    const events = await until('the end in the history', async () => {
      const found = await eventsOf(ended.conversationId);
      return found.at(-1)?.type === 'ended' ? found : undefined;
    });
    const inChat = events.slice(events.findIndex(({ type }) => type === 'connected'));
    const told = inChat.filter(({ type }) => type !== 'position' && type !== 'block-entered' && type !== 'message');
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      ['connected', { agent: ann }],
      ['invited', { invitationId: expect.any(String), kind: 'consult', to: { agent: ben }, message: 'refund?' }],
      ['offered', expect.objectContaining({ agent: ben, invitationId: expect.any(String) })],
      ['accepted', expect.objectContaining({ agent: ben })],
      ['invitation-ended', expect.objectContaining({ outcome: 'accepted', by: ben })],
      ['joined', { agent: ben, as: 'consulted' }],
      ['internal', expect.objectContaining({ kind: 'inner' })],
      ['connected', { agent: ben }],
      ['joined', { agent: ben, as: 'member' }],
      ['help-flag', { isRaised: true, reason: 'angry' }],
      ['joined', { agent: cleo, as: 'monitor' }],
      ['left', { agent: ann, cause: 'UserHangup' }],
      ['transferred', { from: ann, to: ben }],
      ['left', { agent: ben, cause: 'TakenOver' }],
      ['transferred', { from: ben, to: cleo }],
      ['connected', { agent: cleo }],
      ['left', { agent: cleo, cause: 'UserHangup' }],
      ['help-flag', { isRaised: false }],
      ['ended', { reason: 'exit' }],
    ]);
    expect(ended.segments).toMatchObject([
      { number: 1, agent: ann, to: expect.any(Number) },
      { number: 2, agent: ben, to: expect.any(Number) },
      { number: 3, agent: cleo, to: expect.any(Number) },
    ]);
  });

  it('keeps the turn of a bot to a few events, and a loop to one event of blocks a turn', async () => {
    const page = await seed(LOOP, 0);
    const customer = createCustomer(stack.client, page.pageId);
    for (let turn = 1; turn <= 3; turn += 1) {
      await customer.say(`again ${turn}`);
      await until('the question', () => stack.graph.textsTo(customer.psid).length === turn);
    }
    const { conversationId } = await untilInState(stack, customer, 'running');
    const events = await until('the last question in the history', async () => {
      const found = await eventsOf(conversationId);
      return found.filter(({ type }) => type === 'message').length === 6 ? found : undefined;
    });
    expect(events.length).toBeLessThanOrEqual(1 + 3 * 3);
  });

  it('changes nothing when it is written again, and takes what was decided later under the same number', async () => {
    const conversationId = randomUUID();
    const scenario = { name: 'history', version: 'a' };
    const { history } = stack.readModel;
    const lost = { conversationId, scenario, events: [ending(1, 1000, 'lost'), ending(2, 1000, 'lost')] };
    const first = { conversationId, scenario, events: [ending(1, 2000, 'kept')] };
    const second = { conversationId, scenario, events: [ending(2, 3000, 'kept'), ending(3, 3000, 'kept')] };
    for (const piece of [lost, first, second, lost, first]) await history.recordPiece(piece);
    expect((await eventsOf(conversationId)).map(({ seq, data }) => [seq, data])).toEqual([
      [1, { reason: 'kept' }],
      [2, { reason: 'kept' }],
      [3, { reason: 'kept' }],
    ]);
    const page = await history.listConversationEvents(conversationId, { limit: 2 });
    const rest = await history.listConversationEvents(conversationId, { limit: 2, cursor: page.next ?? '' });
    expect([...page.items, ...rest.items].map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(rest.next).toBeNull();
  });
});

describe('the history of an agent', () => {
  it('tells each state with its reason and who set it', async () => {
    const page = await seed(CHAT, 1);
    const [agent = ''] = page.agents;
    await chooseState(stack, page, { username: agent, state: 'ready' });
    const customer = createCustomer(stack.client, page.pageId);
    await customer.say('help');
    const offered = await untilInState(stack, customer, 'offered');
    const refusal = { type: 'reject' as const, offerId: offered.offer?.offerId ?? '' };
    await command(stack, { customer, record: offered, username: agent }, refusal);
    const list = async (): Promise<unknown[]> =>
      (await stack.readModel.history.listAgentEvents({ username: agent }, { limit: 50 })).items.toReversed();
    await until('not ready', async () => (await list()).length === 2);
    await chooseState(stack, page, { username: agent, state: 'logged-out' });
    const events = await until('log-out', async () => {
      const found = await list();
      return found.length === 3 ? found : undefined;
    });
    expect(events).toMatchObject([
      { type: 'logged-in', data: { state: 'ready' }, actor: { kind: 'agent', name: agent } },
      {
        type: 'state-changed',
        data: { state: 'not-ready', before: 'ready', reason: 'Rejected' },
        actor: { kind: 'system' },
      },
      { type: 'logged-out', actor: { kind: 'agent', name: agent } },
    ]);
  });
});
