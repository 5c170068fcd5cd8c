import { describe, expect, it } from 'vitest';
import type { GraphError } from '../../adapters/messenger/graph-errors.ts';
import { classifyGraphError } from '../../adapters/messenger/graph-errors.ts';
import type { TranscriptMessage } from '../../contracts/conversation-queries.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded, untilInState, untilSent } from '../support/watch-customer.ts';

const TWO = `
attendant: 1
scenario: two
blocks:
  one:
    send-message: { text: "one" }
  two:
    send-message: { text: "two" }
  end:
    exit: {}
`;

const ASKS = `
attendant: 1
scenario: asks
blocks:
  ask:
    send-message: { text: "What is it?", wait: { timeout: 2m } }
  end:
    exit: {}
`;

const stack = useActorStack();

async function play(entry: object = {}, onUnknown: 'hold' | 'resend' = 'hold'): Promise<Customer> {
  const { pageId } = await seedPage(stack.store, { scenario: TWO, entry, onUnknown });
  const customer = createCustomer(stack.client, pageId);
  await customer.say('Hi');
  return customer;
}

async function transcript({ psid }: Customer): Promise<TranscriptMessage[]> {
  const record = await latestRecord(stack, { psid });
  return (await stack.readModel.messages.listMessages(record?.conversationId ?? '', { limit: 50 })).items;
}

async function statuses(customer: Customer): Promise<(string | undefined)[]> {
  return (await transcript(customer)).filter(({ direction }) => direction === 'out').map(({ status }) => status);
}

function graphError(code: number, subcode?: number): GraphError {
  return classifyGraphError(400, { error: { code, error_subcode: subcode, message: 'refused' } });
}

describe('sending a part', () => {
  it('tries again, once, when the call surely never left', async () => {
    stack.graph.answerNext(() => ({ outcome: 'never-left', reason: 'connection refused' }));
    const customer = await play();
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'one', 'two']);
    expect(await statuses(customer)).toEqual(['accepted', 'accepted']);
  });

  it('refuses parts of a disabled account, with the reason', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: TWO });
    const account = (await stack.store.accounts.list()).find((candidate) => candidate.pageId === pageId);
    if (!account) throw new Error('not seeded');
    await stack.store.accounts.put({ ...account, enabled: false });
    await stack.store.raiseRevision();
    const customer = createCustomer(stack.client, pageId);
    await customer.say('Hi');
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual([]);
    const row = await stack.db.collection('messages').findOne({ psid: customer.psid, direction: 'out' });
    expect(row).toMatchObject({ status: 'failed', reason: 'The account of this Page is disabled' });
  });

  it('does not send again what timed out and comes back as its own echo', async () => {
    stack.graph.answerNext(async ({ pageId, psid, partId, text }) => {
      const echo: WebhookEvent = {
        outcome: 'echo',
        channel: 'messaging',
        pageId,
        psid,
        at: Date.now(),
        key: 'm_1',
        mid: 'm_1',
        metadata: partId,
        text,
        attachments: [],
      };
      await stack.readModel.events.recordEvent(echo);
      return { outcome: 'ambiguous', reason: 'time-out' };
    });
    const customer = await play();
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'two']);
    expect((await transcript(customer)).map(({ mid, status }) => [mid, status]).slice(1, 2)).toEqual([
      ['m_1', 'accepted'],
    ]);
  });

  it('says the error text and ends when Meta refuses for good and no exit is wired', async () => {
    stack.graph.answerNext(() => ({ outcome: 'refused', error: graphError(551) }));
    const customer = await play({ onError: 'Something broke' });
    await untilEnded(stack, customer);
    // The record says so before the last words have gone out.
    await untilSent(stack, customer, 'Something broke');
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'Something broke']);
    await expect.poll(() => statuses(customer), { timeout: 30_000 }).toEqual(['failed', 'accepted']);
  });

  it('says the error text in the language that the conversation speaks', async () => {
    const spoken = `attendant: 2
scenario: spoken
languages: [en, de]
language: $(lang|en)
blocks:
  german: { set-variable: { lang: de-AT } }
  one: { send-message: { text: { en: one, de: eins } } }
`;
    const onError = { en: 'Something broke', de: 'Etwas ging schief' };
    const { pageId } = await seedPage(stack.store, { scenario: spoken, entry: { onError } });
    stack.graph.answerNext(() => ({ outcome: 'refused', error: graphError(551) }));
    const customer = createCustomer(stack.client, pageId);
    await customer.say('Hi');
    await untilSent(stack, customer, 'Etwas ging schief');
    expect(stack.graph.textsTo(customer.psid)).toEqual(['eins', 'Etwas ging schief']);
  });

  it('waits and tries again while Meta asks for fewer calls', async () => {
    stack.graph.answerNext(() => ({ outcome: 'refused', error: { ...graphError(613), retryAfterMs: 300 } }));
    const customer = await play();
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'one', 'two']);
  });

  it('keeps a customer who writes again from no conversation while the last part of the one before is held', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: ASKS, entry: { onError: 'Goodbye' } });
    const customer = createCustomer(stack.client, pageId);
    await customer.say('Hi');
    await untilSent(stack, customer, 'What is it?');
    stack.graph.answerNext(() => ({ outcome: 'refused', error: { ...graphError(613), retryAfterMs: 15_000 } }));
    await stack.client.workflow.getHandle(customer.workflowId).cancel();
    const before = await untilEnded(stack, customer);
    await untilSent(stack, customer, 'Goodbye');
    await customer.say('Hello again');
    await untilInState(stack, customer, 'running');
    expect(stack.graph.textsTo(customer.psid)).toEqual(['What is it?', 'Goodbye']);
    const ofBefore = { conversationId: before.conversationId, text: 'Goodbye' };
    expect(await stack.db.collection('messages').findOne(ofBefore)).toMatchObject({ status: 'queued' });
    await until('both', () => stack.graph.textsTo(customer.psid).length === 4);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['What is it?', 'Goodbye', 'Goodbye', 'What is it?']);
    // The row follows the answer of Graph.
    await expect.poll(() => statuses(customer), { timeout: 30_000 }).toEqual(['accepted']);
    expect(await stack.db.collection('messages').findOne(ofBefore)).toMatchObject({ status: 'accepted' });
  });

  it('cuts a text over the limit and keeps its order', async () => {
    const long = `${'A sentence of words. '.repeat(150)}The end.`;
    const { pageId } = await seedPage(stack.store, {
      scenario: `attendant: 1\nscenario: long\nblocks:\n  say:\n    send-message: { text: "$(item.message)" }\n  end:\n    exit: {}\n`,
    });
    const customer = createCustomer(stack.client, pageId);
    await customer.say(long);
    await untilEnded(stack, customer);
    const texts = stack.graph.textsTo(customer.psid);
    expect(texts).toHaveLength(2);
    expect(texts.every((text) => text.length <= 2000)).toBe(true);
    expect(texts.join(' ')).toBe(long);
  });

  it('says nothing for a text whose variables are all empty, and goes on', async () => {
    const { pageId } = await seedPage(stack.store, {
      scenario: `attendant: 1\nscenario: blank\nblocks:\n  say:\n    send-message: { text: "$(nothing)" }\n  two:\n    send-message: { text: "two" }\n  end:\n    exit: {}\n`,
    });
    const customer = createCustomer(stack.client, pageId);
    await customer.say('Hi');
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['two']);
  });

  it('stays silent while another app owns the thread, and goes on when the customer is ours again', async () => {
    const { pageId } = await seedPage(stack.store, {
      scenario: `attendant: 1\nscenario: owned\nblocks:\n  ask:\n    send-message: { text: "one", wait: { timeout: 1s } }\n    exits: { timeout: two }\n  two:\n    send-message: { text: "two" }\n  end:\n    exit: {}\n`,
    });
    const customer = createCustomer(stack.client, pageId);
    await customer.say('Hi');
    await until('the question', () => stack.graph.textsTo(customer.psid).length === 1);
    const { recordEvent } = stack.readModel.events;
    const written: WebhookEvent = {
      outcome: 'echo',
      channel: 'messaging',
      pageId,
      psid: customer.psid,
      at: Date.now(),
      key: 'inbox',
      mid: 'inbox',
      appId: '263902037430900',
      text: 'From the inbox',
      attachments: [],
    };
    expect(await recordEvent(written)).toEqual({ thread: { owner: 'other-app', by: 'echo', at: written.at } });
    await stack.client.workflow
      .getHandle(customer.workflowId)
      .signal('threadOwner', { owner: 'other-app', at: written.at });
    await until('the owner', async () => {
      const record = await latestRecord(stack, customer);
      return record?.block === 'two' && record.owner === 'other-app';
    });
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one']);
    await customer.say('back to you');
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'two']);
    expect((await transcript(customer)).map(({ author }) => author.kind)).toContain('other-app');
  });

  it('speaks on where news of another app is older than what the customer wrote, and is silent where it is newer', async () => {
    const { pageId } = await seedPage(stack.store, {
      scenario: `attendant: 1\nscenario: late\nblocks:\n  ask:\n    send-message: { text: "one", wait: { timeout: 1h } }\n  two:\n    send-message: { text: "two", wait: { timeout: 1h } }\n  three:\n    send-message: { text: "three" }\n  end:\n    exit: {}\n`,
    });
    const customer = createCustomer(stack.client, pageId);
    const handle = stack.client.workflow.getHandle(customer.workflowId);
    const owner = async (): Promise<string | undefined> => (await latestRecord(stack, customer))?.owner;
    const start = Date.now();
    await customer.say('Hi', { at: start });
    await until('the question', () => stack.graph.textsTo(customer.psid).length === 1);
    await handle.signal('threadOwner', { owner: 'other-app', at: start - 1000 });
    await customer.say('next', { at: start + 1000 });
    await until('the second question', () => stack.graph.textsTo(customer.psid).length === 2);
    await handle.signal('threadOwner', { owner: 'other-app', at: start + 3000 });
    await customer.say('written before the other app took it', { at: start + 2000 });
    await until('the owner', async () => (await owner()) === 'other-app');
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'two']);
    await handle.signal('threadOwner', { owner: 'ours', at: start + 4000 });
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'two', 'three']);
  });

  it('opens a conversation in silence where another app took the thread after what the customer wrote', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: TWO });
    const customer = createCustomer(stack.client, pageId);
    const now = Date.now();
    await stack.readModel.customers.recordThreadOwner({ pageId, psid: customer.psid }, { owner: 'other-app', at: now });
    await customer.say('late', { at: now - 5000 });
    await until('the owner', async () => (await latestRecord(stack, customer))?.owner === 'other-app');
    expect(stack.graph.textsTo(customer.psid)).toEqual([]);
    await customer.say('and now to you', { at: now + 1000 });
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['one', 'two']);
  });

  it.each([
    ['optin', { ref: 'shop', type: 'one_time_notif_req' }, 'optin shop'],
    ['referral', { ref: 'poster', source: 'SHORTLINK' }, 'referral poster'],
  ] as const)('tells the scenario of the %s that began it', async (kind, referral, text) => {
    const { pageId } = await seedPage(stack.store, {
      scenario: `attendant: 1\nscenario: begun\nblocks:\n  one:\n    send-message: { text: "$(item.startedBy) $(item.referral.ref)" }\n  end:\n    exit: {}\n`,
    });
    const customer = createCustomer(stack.client, pageId);
    await customer.deliver({ kind, key: `${kind}:1`, at: Date.now(), attachments: [], referral });
    await untilEnded(stack, customer);
    expect(stack.graph.textsTo(customer.psid)).toEqual([text]);
  });
});
