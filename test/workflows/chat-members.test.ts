import { describe, expect, it } from 'vitest';
import type { AgentCommand } from '../../contracts/agent-command.ts';
import type { TranscriptMessage } from '../../contracts/conversation-queries.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { queueQuery, type QueueSnapshot } from '../../contracts/actor-messages.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { CHAT_SCENARIO } from '../support/chat-scenario.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { acceptOffer, chooseState, command, dispatcherOf, refusalOf } from '../support/desk.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { untilEnded, untilRecord, untilSent } from '../support/watch-customer.ts';

const stack = useActorStack();

/** A chat of the first of some agents; the others become ready after it has begun. */
async function beginChat(
  agents: number,
): Promise<{ page: SeededPage; customer: Customer; record: ConversationRecord }> {
  const page = await seedPage(stack.store, {
    scenario: CHAT_SCENARIO,
    agents: Array.from({ length: agents }, () => ({ skills: { support: 50 }, slots: 1 })),
  });
  const [first = '', ...others] = page.agents;
  await chooseState(stack, page, { username: first, state: 'ready' });
  const customer = createCustomer(stack.client, page.pageId);
  await customer.say('help');
  const record = await acceptOffer(stack, customer, first);
  for (const username of others) await chooseState(stack, page, { username, state: 'ready' });
  return { page, customer, record };
}

type Wanted = Omit<AgentCommand, 'clientId'> & Record<string, unknown>;

function as(username: string, { customer, record }: { customer: Customer; record: ConversationRecord }) {
  return (what: Wanted): Promise<unknown> => command(stack, { customer, record, username }, what);
}

/** Whoever is asked into the chat accepts. */
async function acceptInvitation(customer: Customer): Promise<void> {
  const record = await untilRecord(stack, customer, {
    what: 'the invitation',
    isSo: ({ invitation }) => invitation?.offer !== undefined,
  });
  const { agent = '', offerId = '' } = record.invitation?.offer ?? {};
  await command(stack, { customer, record, username: agent }, { type: 'accept', offerId });
}

async function chatsOf(page: SeededPage): Promise<Record<string, number>> {
  const queue: QueueSnapshot = await dispatcherOf(stack, page).query(queueQuery, 10);
  return Object.fromEntries(queue.agents.map(({ username, chats }) => [username, chats]));
}

/** Slots as the dispatcher counts them, once it has heard. */
function untilChats(page: SeededPage, wanted: number[]): Promise<boolean> {
  return until(`slots ${wanted.join(', ')}`, async () => {
    const chats = await chatsOf(page);
    return page.agents.every((username, index) => chats[username] === wanted[index]);
  });
}

async function transcriptOf({ conversationId }: ConversationRecord): Promise<TranscriptMessage[]> {
  return (await stack.readModel.messages.listMessages(conversationId, { limit: 50 })).items;
}

describe('a blind transfer', () => {
  it('leaves the agent in the chat until another one of the service has taken it, who then holds it', async () => {
    const { page, customer, record } = await beginChat(2);
    const [ann = '', ben = ''] = page.agents;
    await as(ann, { customer, record })({
      type: 'invite',
      kind: 'transfer',
      to: { service: record.service ?? '' },
      message: 'wants a refund',
    });
    const asked = await untilRecord(stack, customer, {
      what: 'the offer',
      isSo: ({ invitation }) => invitation?.offer?.agent === ben,
    });
    expect(asked).toMatchObject({
      state: 'connected',
      agent: { username: ann },
      invitation: { message: 'wants a refund' },
    });
    await as(ann, { customer, record })({ type: 'message', text: 'One moment' });
    await untilSent(stack, customer, 'One moment');
    await acceptInvitation(customer);
    const taken = await untilRecord(stack, customer, {
      what: 'the new agent',
      isSo: ({ agent }) => agent?.username === ben,
    });
    expect(taken).toMatchObject({
      servedBy: [ann, ben],
      lastInvitation: { outcome: 'accepted', answeredBy: { username: ben } },
      chatEnd: { agent: ann, cause: 'Transferred' },
    });
    expect(await refusalOf(as(ann, { customer, record })({ type: 'message', text: 'still me' }))).toBe(
      'NOT_YOUR_CONVERSATION',
    );
    await untilChats(page, [0, 1]);
    await as(ben, { customer, record })({ type: 'end' });
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['One moment', `Bye from ${ben}, UserHangup`]);
    await untilChats(page, [0, 0]);
  });

  it('that is refused comes back with the reason, and the chat goes on as it was', async () => {
    const { page, customer, record } = await beginChat(2);
    const [ann = '', ben = ''] = page.agents;
    const byAnn = as(ann, { customer, record });
    await byAnn({ type: 'invite', kind: 'transfer', to: { agent: ben } });
    expect(await refusalOf(byAnn({ type: 'invite', kind: 'conference', to: { agent: ben } }))).toBe('INVITATION_OPEN');
    const asked = await untilRecord(stack, customer, {
      what: 'the offer',
      isSo: ({ invitation }) => invitation?.offer !== undefined,
    });
    await as(ben, { customer, record })({ type: 'reject', offerId: asked.invitation?.offer?.offerId ?? '' });
    const refused = await untilRecord(stack, customer, {
      what: 'the refusal',
      isSo: ({ invitation }) => invitation === undefined,
    });
    expect(refused).toMatchObject({
      agent: { username: ann },
      lastInvitation: { outcome: 'rejected', answeredBy: { username: ben } },
    });
    await untilChats(page, [1, 0]);
  });

  it('to somebody who is not logged in comes back at once, and so does one to nobody that is known', async () => {
    const { page, customer, record } = await beginChat(1);
    const [ann = ''] = page.agents;
    const byAnn = as(ann, { customer, record });
    await byAnn({ type: 'invite', kind: 'transfer', to: { service: record.service ?? '' } });
    await untilRecord(stack, customer, {
      what: 'no agents',
      isSo: ({ lastInvitation }) => lastInvitation?.outcome === 'no-agents',
    });
    await byAnn({ type: 'invite', kind: 'transfer', to: { service: 'no-such-service' } });
    const again = await untilRecord(stack, customer, {
      what: 'no agents',
      isSo: ({ lastInvitation }) =>
        'service' in (lastInvitation?.to ?? {}) && JSON.stringify(lastInvitation?.to).includes('no-such'),
    });
    expect(again).toMatchObject({ agent: { username: ann }, lastInvitation: { outcome: 'no-agents' } });
  });
});

describe('a consultation', () => {
  it('is among agents only, and becomes a transfer, while the customer sees one conversation', async () => {
    const { page, customer, record } = await beginChat(2);
    const [ann = '', ben = ''] = page.agents;
    await as(ann, { customer, record })({ type: 'invite', kind: 'consult', to: { agent: ben } });
    await acceptInvitation(customer);
    await untilRecord(stack, customer, {
      what: 'the consulted',
      isSo: ({ participants }) => participants?.[0]?.role === 'consulted',
    });
    expect(await refusalOf(as(ben, { customer, record })({ type: 'message', text: 'hello' }))).toBe(
      'NOT_YOUR_CONVERSATION',
    );
    await as(ann, { customer, record })({ type: 'innerMessage', text: 'Do you know this case?' });
    await as(ben, { customer, record })({ type: 'innerMessage', text: 'Yes, give it to me' });
    await customer.say('are you there?');
    await as(ann, { customer, record })({ type: 'finishConsult', outcome: 'transfer' });
    const taken = await untilRecord(stack, customer, {
      what: 'the new agent',
      isSo: ({ agent }) => agent?.username === ben,
    });
    expect(taken.participants).toBeUndefined();
    await as(ben, { customer, record })({ type: 'message', text: 'Ben here' });
    await untilSent(stack, customer, 'Ben here');
    // What the customer wrote may be written down later than what is said after it.
    const told = async (): Promise<string[]> =>
      (await transcriptOf(record)).map(({ direction, kind, text }) => `${direction} ${kind ?? ''} ${text}`);
    await expect
      .poll(told, { timeout: 30_000 })
      .toEqual([
        'in message help',
        'internal inner Do you know this case?',
        'internal inner Yes, give it to me',
        'in message are you there?',
        'out  Ben here',
      ]);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['Ben here']);
    await untilChats(page, [0, 1]);
  });
});

describe('a conference', () => {
  it('has one speaker more, is held by the next when its holder leaves, and ends with the last', async () => {
    const { page, customer, record } = await beginChat(3);
    const [ann = '', ben = '', cleo = ''] = page.agents;
    for (const username of [ben, cleo]) {
      await as(ann, { customer, record })({ type: 'invite', kind: 'conference', to: { agent: username } });
      await acceptInvitation(customer);
      await untilRecord(stack, customer, {
        what: username,
        isSo: ({ participants = [] }) =>
          participants.some(({ agent, role }) => agent.username === username && role === 'member'),
      });
    }
    await untilChats(page, [1, 1, 1]);
    await as(cleo, { customer, record })({ type: 'message', text: 'Cleo here' });
    await untilSent(stack, customer, 'Cleo here');
    await as(ann, { customer, record })({ type: 'leave' });
    await untilRecord(stack, customer, { what: 'ben holds it', isSo: ({ agent }) => agent?.username === ben });
    await as(cleo, { customer, record })({ type: 'leave' });
    await untilRecord(stack, customer, { what: 'alone', isSo: ({ participants }) => participants === undefined });
    await untilChats(page, [0, 1, 0]);
    await as(ben, { customer, record })({ type: 'leave' });
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['Cleo here', `Bye from ${ben}, UserHangup`]);
    await untilChats(page, [0, 0, 0]);
  });

  it('goes on with the others when its holder is lost', async () => {
    const { page, customer, record } = await beginChat(2);
    const [ann = '', ben = ''] = page.agents;
    await as(ann, { customer, record })({ type: 'invite', kind: 'conference', to: { agent: ben } });
    await acceptInvitation(customer);
    await chooseState(stack, page, { username: ann, state: 'logged-out' });
    const held = await untilRecord(stack, customer, {
      what: 'ben holds it',
      isSo: ({ agent }) => agent?.username === ben,
    });
    expect(held).toMatchObject({ state: 'connected', chatEnd: { agent: ann, cause: 'UserLogout' } });
    await chooseState(stack, page, { username: ben, state: 'logged-out' });
    await untilEnded(stack, customer);
  });
});

describe('a supervisor', () => {
  it('looks in, whispers, joins and takes the chat over, from one to the other at any time', async () => {
    const { page, customer, record } = await beginChat(1);
    const [ann = ''] = page.agents;
    const bySue = as('sue', { customer, record });
    await bySue({ type: 'supervise', mode: 'monitor' });
    await untilRecord(stack, customer, {
      what: 'the monitor',
      isSo: ({ participants }) => participants?.[0]?.role === 'monitor',
    });
    expect(await refusalOf(bySue({ type: 'innerMessage', text: 'psst' }))).toBe('NOT_YOUR_CONVERSATION');
    await bySue({ type: 'supervise', mode: 'coach' });
    await bySue({ type: 'innerMessage', text: 'Offer a refund' });
    expect(await refusalOf(bySue({ type: 'message', text: 'hello' }))).toBe('NOT_YOUR_CONVERSATION');
    await bySue({ type: 'supervise', mode: 'join' });
    await bySue({ type: 'message', text: 'Sue here' });
    await untilSent(stack, customer, 'Sue here');
    await bySue({ type: 'takeOver' });
    await untilRecord(stack, customer, { what: 'sue holds it', isSo: ({ agent }) => agent?.username === 'sue' });
    await untilChats(page, [0]);
    expect(await refusalOf(as(ann, { customer, record })({ type: 'end' }))).toBe('NOT_YOUR_CONVERSATION');
    await bySue({ type: 'end' });
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['Sue here', 'Bye from sue, UserHangup']);
  });

  it('is called by an agent who wants help, once, until that is taken back', async () => {
    const { page, customer, record } = await beginChat(1);
    const [ann = ''] = page.agents;
    await as(ann, { customer, record })({ type: 'flag', isRaised: true, reason: 'angry customer' });
    const flagged = await untilRecord(stack, customer, {
      what: 'the flag',
      isSo: ({ helpFlag }) => helpFlag !== undefined,
    });
    expect(flagged.helpFlag).toMatchObject({ by: { username: ann }, reason: 'angry customer' });
    await as(ann, { customer, record })({ type: 'note', text: 'Called before', mentions: ['sue'] });
    await as(ann, { customer, record })({ type: 'flag', isRaised: false });
    await untilRecord(stack, customer, { what: 'no flag', isSo: ({ helpFlag }) => helpFlag === undefined });
    const notes = (await transcriptOf(record)).filter(({ kind }) => kind === 'note');
    expect(notes).toMatchObject([{ text: 'Called before', mentions: ['sue'], author: { username: ann } }]);
  });
});

describe('a call for help', () => {
  it('is over with the chat that it was about', async () => {
    const { customer, record, page } = await beginChat(1);
    const [ann = ''] = page.agents;
    await as(ann, { customer, record })({ type: 'flag', isRaised: true });
    await until('the alert', () =>
      stack.graph.alerts.some(({ key, conversationId }) => key === record.conversationId && conversationId === key),
    );
    const before = stack.graph.resolvedAlerts.length;
    await as(ann, { customer, record })({ type: 'end' });
    expect(await untilEnded(stack, customer)).not.toHaveProperty('helpFlag');
    await until('its end', () => stack.graph.resolvedAlerts.slice(before).includes('help-wanted'));
  });
});

describe('an invitation', () => {
  it('ends with the chat that it was to, and its slot is free again', async () => {
    const { page, customer, record } = await beginChat(2);
    const [ann = '', ben = ''] = page.agents;
    await as(ann, { customer, record })({ type: 'invite', kind: 'consult', to: { agent: ben } });
    const asked = await untilRecord(stack, customer, {
      what: 'the offer',
      isSo: ({ invitation }) => invitation?.offer !== undefined,
    });
    await as(ann, { customer, record })({ type: 'end' });
    await untilEnded(stack, customer);
    const { offerId = '' } = asked.invitation?.offer ?? {};
    expect(await refusalOf(as(ben, { customer, record })({ type: 'accept', offerId }))).toMatch(
      /OFFER_GONE|CONVERSATION_ENDED|not refused: WorkflowNotFound/,
    );
    await untilChats(page, [0, 0]);
  });
});
