import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createActors } from '../../adapters/temporal/actors.ts';
import type { OutboundBeginning } from '../../contracts/outbound.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { chooseState, command } from '../support/desk.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded, untilSent } from '../support/watch-customer.ts';

const GREETING = `
attendant: 1
scenario: greeting
blocks:
  hello:
    send-message: { text: "Hello from the scenario", wait: { into: reply } }
  end:
    exit: {}
`;

const stack = useActorStack();

async function seed(): Promise<{ page: SeededPage; customer: Customer; beginning: OutboundBeginning }> {
  const page = await seedPage(stack.store, { scenario: GREETING, agents: [{ skills: { support: 50 }, slots: 1 }] });
  const [username = ''] = page.agents;
  await chooseState(stack, page, { username, state: 'ready' });
  const customer = createCustomer(stack.client, page.pageId);
  const beginning = {
    conversationId: randomUUID(),
    agent: { username, name: username },
    agentGroup: page.pageId,
    service: page.pageId,
    text: 'Your lamp is here',
    attachments: [],
  };
  return { page, customer, beginning };
}

const begin = ({ page, customer, beginning }: Awaited<ReturnType<typeof seed>>) =>
  createActors(stack.client).beginOutbound({ pageId: page.pageId, psid: customer.psid }, beginning);

const sentTo = ({ psid }: Customer): string[] => stack.graph.textsTo(psid);

describe('a conversation that an agent begins', () => {
  it('is theirs from the first moment, says what they said, and goes on as a chat until they end it', async () => {
    const begun = await seed();
    const { customer, beginning } = begun;
    await begin(begun);
    await untilSent(stack, customer, 'Your lamp is here');
    const record = await until('the record', async () => latestRecord(stack, customer));
    expect(record).toMatchObject({
      conversationId: beginning.conversationId,
      state: 'connected',
      agent: beginning.agent,
      origin: { by: beginning.agent },
    });
    await customer.say('Great, thanks');
    const quickReplies = [{ title: 'Morning', payload: 'AM' }];
    const username = beginning.agent.username;
    await command(stack, { customer, record, username }, { type: 'message', text: 'When?', quickReplies });
    await untilSent(stack, customer, 'When?');
    expect(stack.graph.sent.find(({ text }) => text === 'When?')?.quickReplies).toEqual(quickReplies);
    await command(stack, { customer, record, username: beginning.agent.username }, { type: 'end' });
    await untilEnded(stack, customer);
    expect(sentTo(customer)).toEqual(['Your lamp is here', 'When?']);
    await customer.say('And now?');
    await untilSent(stack, customer, 'Hello from the scenario');
  });

  it('is begun once, however often and late it is asked for', async () => {
    const begun = await seed();
    const { customer, beginning } = begun;
    await Promise.all([begin(begun), begin(begun), begin(begun)]);
    await untilSent(stack, customer, 'Your lamp is here');
    const record = await until('the record', async () => latestRecord(stack, customer));
    await command(stack, { customer, record, username: beginning.agent.username }, { type: 'end' });
    await untilEnded(stack, customer);
    await begin(begun);
    await until('the repeat is over', async () => {
      const { status } = await stack.client.workflow.getHandle(customer.workflowId).describe();
      return status.name === 'COMPLETED';
    });
    expect(sentTo(customer)).toEqual(['Your lamp is here']);
    expect((await latestRecord(stack, customer))?.state).toBe('ended');
  });

  it('is not begun while another one with the customer is open', async () => {
    const begun = await seed();
    const { customer } = begun;
    await customer.say('Hi');
    await untilSent(stack, customer, 'Hello from the scenario');
    await begin(begun);
    await customer.say('Bye');
    await untilEnded(stack, customer);
    expect(sentTo(customer)).toEqual(['Hello from the scenario']);
  });
});
