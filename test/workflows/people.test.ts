import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailer } from '../../adapters/mail/mailer.ts';
import { customerBlockedSignal } from '../../contracts/actor-messages.ts';
import type { Contact } from '../../contracts/contact.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { acceptOffer, chooseState, command } from '../support/desk.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded, untilInState, untilSent } from '../support/watch-customer.ts';

let mails: MailServer;
beforeAll(async () => {
  mails = await startMailServer();
});
afterAll(() => mails.stop());

const stack = useActorStack({
  mailer: {
    send: (mail, timeoutMs) =>
      createMailer({ host: '127.0.0.1', port: mails.port, security: 'none', from: 'shop@example.com' }).send(
        mail,
        timeoutMs,
      ),
  },
});

const asking = (blocks: string): string => `
attendant: 2
scenario: people
blocks:
${blocks}
  said:
    send-message: { text: "end" }
`;

async function start(source: string, more: object = {}): Promise<{ page: SeededPage; customer: Customer }> {
  const page = await seedPage(stack.store, { scenario: source, ...more });
  return { page, customer: createCustomer(stack.client, page.pageId) };
}

const contactOf = async ({ psid }: Customer): Promise<Contact | undefined> =>
  (await stack.readModel.people.contacts.findByPsid(psid))[0];

const heard = (customer: Customer): string[] => stack.graph.textsTo(customer.psid);

describe('a contact', () => {
  it('is made from the profile when a conversation opens, and the next conversation finds it', async () => {
    const { customer } = await start(asking(''));
    await customer.say('hi');
    await untilEnded(stack, customer);
    const first = await until('a name', async () => {
      const contact = await contactOf(customer);
      return contact?.firstName === undefined ? undefined : contact;
    });
    expect(first).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
    await customer.say('again');
    await until('two', () => heard(customer).length === 2);
    expect((await contactOf(customer))?.id).toBe(first.id);
  });

  it('is completed by what the customer answers, and found by it', async () => {
    await stack.store.contactFields.put({ name: 'tier' });
    const { customer } = await start(
      asking(`  keep:
    create-object: { object: contact, fields: { email: $(item.message), phone: '+46 70 1', company: '', tier: gold, tags: 'lead, trade' } }
    exits: { failed: said }
  who:
    identify-contact: { by: email, value: $(item.message) }
    exits: { no-data: said, multiple-matches: said, failed: said }
  tell:
    send-message: { text: "$(contact.name), $(contact.email), $(contact.tier), $(contact.tags)" }`),
    );
    const address = `${customer.psid}@example.com`;
    await customer.say(address);
    await untilEnded(stack, customer);
    expect(heard(customer)).toEqual([`Ada Lovelace, ${address}, gold, ["lead","trade"]`, 'end']);
    expect(await contactOf(customer)).toMatchObject({
      emails: [address],
      phones: ['+46 70 1'],
      tags: ['lead', 'trade'],
    });
  });

  it('of somebody else is whom the conversation is with, where they are identified as such; nobody is merged', async () => {
    const source = asking(`  who:
    identify-contact: { by: external-id, value: $(item.message) }
    exits: { no-data: said, multiple-matches: said, failed: said }
  tell:
    send-message: { text: "Hello $(contact.firstName)" }`);
    const { customer: known } = await start(source);
    await known.say('nothing');
    await untilEnded(stack, known);
    const contact = await contactOf(known);
    const { contacts } = stack.readModel.people;
    await contacts.change(contact?.id ?? '', 1, (each) => ({
      ...each,
      firstName: 'Grace',
      externalId: `x-${known.psid}`,
    }));
    const { customer } = await start(source);
    await customer.say(`x-${known.psid}`);
    const record = await untilEnded(stack, customer);
    expect(heard(customer)[0]).toBe('Hello Grace');
    expect((await contacts.findOfConversations([record])).get(record.conversationId)?.id).toBe(contact?.id);
    expect((await contactOf(customer))?.id).not.toBe(contact?.id);
  });

  it('that is blocked is not answered: what they write is kept, and nothing is sent', async () => {
    const { customer } = await start(asking(''));
    await customer.say('hi');
    await untilEnded(stack, customer);
    const contact = await contactOf(customer);
    const { contacts } = stack.readModel.people;
    await contacts.change(contact?.id ?? '', 1, (each) => ({ ...each, block: { at: 1, by: 'ann' } }));
    const event = await customer.say('hello?');
    const record = await untilInState(stack, customer, 'unrouted');
    expect(record.isBlocked).toBe(true);
    // The record opens before its first message is written.
    const kept = async () =>
      (await stack.readModel.messages.listMessages(record.conversationId, { limit: 10 })).items.map(({ mid }) => mid);
    await expect.poll(kept, { timeout: 30_000 }).toEqual([event.mid]);
    await contacts.change(contact?.id ?? '', 2, ({ block: _block, ...each }) => each);
    await customer.say('hello again');
    await until('an answer', () => heard(customer).length === 2);
    expect(heard(customer)).toEqual(['end', 'end']);
  });

  it('that is blocked while they chat hears nothing more: the conversation ends', async () => {
    const { customer } = await start(
      asking(`  ask:
    send-message: { text: "Well?", wait: { timeout: 10m } }
    exits: { timeout: said }`),
    );
    await customer.say('hi');
    await untilSent(stack, customer, 'Well?');
    await stack.client.workflow.getHandle(customer.workflowId).signal(customerBlockedSignal);
    const record = await untilEnded(stack, customer);
    expect(record.endReason).toBe('blocked');
    expect(heard(customer)).toEqual(['Well?']);
  });
});

describe('a case', () => {
  it('that a scenario opens is one, with the number that the customer is told, and the next scenario finds it', async () => {
    const { customer } = await start(
      asking(`  look:
    search-object: { object: case, where: [{ field: customer, is: equal, value: $(customer.id) }, { field: isOpen, is: equal, value: 'true' }], fields: [number, title], into: found }
    exits: { no-data: open, failed: said }
  each:
    get-next-record: { from: found, into: one }
    exits: { no-data: said }
  tell:
    send-message: { text: "Is it about $(one.number): $(one.title)?" }
    next: each
  open:
    create-object: { object: case, fields: { title: 'Lamp: $(item.message)', priority: high } }
    exits: { failed: said }
  attach:
    set-case: { caseId: $(created.id) }
  number:
    send-message: { text: "Noted under $(created.number)." }`),
    );
    await customer.say('broken');
    const record = await untilEnded(stack, customer);
    const contact = await contactOf(customer);
    const { items } = await stack.readModel.people.cases.list({ contactIds: [contact?.id ?? ''] }, { limit: 9 });
    expect(items).toMatchObject([
      {
        title: 'Lamp: broken',
        priority: 'high',
        status: 'new',
        createdBy: 'scenario',
        conversationIds: [record.conversationId],
      },
    ]);
    const number = items[0]?.number ?? 0;
    expect(number).toBeGreaterThanOrEqual(1001);
    expect(heard(customer)).toEqual([`Noted under ${number}.`, 'end']);
    expect(record.annotations?.cases).toEqual([items[0]?.id]);
    await customer.say('and now?');
    await until('the question', () => heard(customer).includes(`Is it about ${number}: Lamp: broken?`));
  });

  it('that is not as it should be is not opened, and the reason names the field alone', async () => {
    const { customer } = await start(
      asking(`  open:
    create-object: { object: case, fields: { title: x, colour: $(item.message) } }
    exits: { failed: said }
  never:
    send-message: { text: "never" }`),
    );
    await customer.say('secret words');
    const record = await untilEnded(stack, customer);
    expect(heard(customer)).toEqual(['end']);
    const told = record.recordedInputs?.map(({ event }) => event).join() ?? '';
    expect(told).toContain('Cases have no field \\"colour\\".');
    expect(told).not.toContain('secret words');
  });
});

describe('earlier conversations', () => {
  it('are the activities that a scenario finds', async () => {
    const { customer } = await start(
      asking(`  look:
    search-object: { object: activity, where: [{ field: state, is: equal, value: ended }], fields: [service], into: found }
    exits: { no-data: first, failed: said }
  back:
    send-message: { text: "Welcome back, $(count(found))." }
    next: said
  first:
    send-message: { text: "Welcome." }`),
    );
    await customer.say('one');
    await untilEnded(stack, customer);
    await customer.say('two');
    await until('back', () => heard(customer).includes('Welcome back, 1.'));
  });
});

describe('an e-mail', () => {
  it('arrives, once, and the scenario goes on', async () => {
    const { customer } = await start(
      asking(`  mail:
    email: { to: [office@example.com], subject: 'From $(customer.firstName)', text: '$(item.message)' }
    exits: { failed: said }
  tell:
    send-message: { text: "sent" }`),
    );
    let refusals = 0;
    mails.onMail = (answer) => {
      refusals += 1;
      answer(refusals === 1 ? Object.assign(new Error('Busy'), { responseCode: 451 }) : undefined);
    };
    await customer.say(`a lamp for ${customer.psid}`);
    await untilEnded(stack, customer);
    expect(heard(customer)).toEqual(['sent', 'end']);
    const mine = mails.received.filter(({ text }) => text.includes(customer.psid));
    expect(mine).toMatchObject([{ from: 'shop@example.com', to: ['office@example.com'] }]);
    expect(refusals).toBe(2);
  });

  it('to no address leaves by "failed"', async () => {
    const { customer } = await start(
      asking(`  mail:
    email: { to: [$(item.message)], subject: s, text: t }
    exits: { failed: said }
  tell:
    send-message: { text: "sent" }`),
    );
    await customer.say('a@b.example, c@d.example');
    await untilEnded(stack, customer);
    expect(heard(customer)).toEqual(['end']);
  });
});

describe('the template vip-priority', () => {
  it('knows a VIP by their contact, serves them first and tells the supervisor when it takes long', async () => {
    const source = readFileSync('scenarios/vip-priority.yaml', 'utf8')
      .replaceAll('2m', '3s')
      .replace('for: 1m', 'for: 1s')
      .replaceAll('for: 30s', 'for: 1s');
    await stack.store.users.put({
      id: 'id-of-lead',
      createdAt: 0,
      username: 'lead',
      name: 'Lead',
      role: 'supervisor',
      skills: {},
      slots: 1,
      passwordHash: '',
    });
    const { page, customer } = await start(source, { agents: [{ skills: { support: 90, vip: 80 } }] });
    const [username = ''] = page.agents;
    await chooseState(stack, page, { username, state: 'ready' });
    await customer.say('Hello');
    await untilSent(stack, customer, 'Hello Ada, thank you for writing. We are looking for somebody for you.');
    const first = await acceptOffer(stack, customer, username);
    expect(first.annotations?.priority).toBe(20);
    const contact = await contactOf(customer);
    await stack.readModel.people.contacts.change(contact?.id ?? '', 1, (each) => ({ ...each, segment: 'vip' }));
    await command(stack, { customer, record: first, username }, { type: 'end' });
    await untilEnded(stack, customer);
    await chooseState(stack, page, { username, state: 'not-ready' });
    await customer.say('My card was swallowed');
    await untilSent(stack, customer, 'Hello Ada, good to hear from you! Your personal team will be with you at once.');
    await untilSent(
      stack,
      customer,
      'Everybody is in a conversation right now. You are first in line; the head of our team knows.',
    );
    const told = await stack.readModel.people.internalMessages.list({ userId: 'id-of-lead' }, { limit: 5 });
    expect(told.items.map(({ text }) => text)).toEqual(['VIP Ada waits: My card was swallowed']);
    const record = await latestRecord(stack, customer);
    expect(record?.annotations).toMatchObject({ priority: 90, reportingFields: [{ name: 'segment', value: 'vip' }] });
    await chooseState(stack, page, { username, state: 'ready' });
    await acceptOffer(stack, customer, username);
  });
});
