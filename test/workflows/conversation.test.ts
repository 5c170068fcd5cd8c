import { describe, expect, it } from 'vitest';
import { seedPage } from '../support/seed-configuration.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, message } from '../support/customer.ts';
import { until } from '../support/until.ts';

const ASK = `
attendant: 1
scenario: ask
blocks:
  welcome:
    send-message: { text: "Hello $(customer.firstName|there)" }
  ask:
    send-message: { text: "How can we help?", wait: { into: question, timeout: 10m } }
  echo:
    send-message: { text: "You said $(question)" }
  end:
    exit: {}
`;

const LOOP = `
attendant: 1
scenario: loop
blocks:
  ask:
    send-message: { text: "ready", wait: { into: said, timeout: 10m } }
  echo:
    send-message: { text: "got $(said)", wait: { into: said, timeout: 10m } }
    exits: { timeout: end }
  again:
    goto: echo
  end:
    exit: {}
`;

const CLOCK = `
attendant: 2
scenario: clock
blocks:
  tell: { send-message: { text: "$(timeZone): $(minutesBetween('$(today)T00:00Z', '$(today)T00:00'))" } }
`;

const stack = useActorStack();

async function endedConversations(pageId: string, psid: string): Promise<number> {
  const { items } = await stack.readModel.conversations.listConversations(
    { pageId, psid, state: 'ended' },
    { limit: 50 },
  );
  return items.length;
}

async function inboundTexts(pageId: string, psid: string): Promise<(string | undefined)[]> {
  const { items } = await stack.readModel.conversations.listConversations({ pageId, psid }, { limit: 50 });
  const transcripts = await Promise.all(
    items.map(({ conversationId }) => stack.readModel.messages.listMessages(conversationId, { limit: 50 })),
  );
  return transcripts.flatMap((transcript) =>
    transcript.items.filter(({ direction }) => direction === 'in').map(({ text }) => text),
  );
}

async function countRuns(workflowId: string): Promise<number> {
  const { count } = await stack.client.workflow.count(`WorkflowId = "${workflowId}"`);
  return count;
}

function inboundCount(pageId: string, psid: string): Promise<number> {
  return stack.db.collection('messages').countDocuments({ pageId, psid, direction: 'in' });
}

/** Texts of all conversations of a customer, in the order in which the actor took them. */
async function inboundOfAll(pageId: string, psid: string): Promise<string[]> {
  const messages = await stack.db
    .collection('messages')
    .find({ pageId, psid, direction: 'in' })
    .sort({ seq: 1 })
    .toArray();
  return messages.map(({ text }) => text);
}

describe('a conversation', () => {
  it('tells the time in the zone of its entry, else in that of the deployment', async () => {
    for (const [entry, told] of [
      [{ timeZone: 'Asia/Tokyo' }, 'Asia/Tokyo: -540'],
      [{}, 'UTC: 0'],
    ] as const) {
      const { pageId } = await seedPage(stack.store, { scenario: CLOCK, entry });
      const customer = createCustomer(stack.client, pageId);
      await customer.say('What time is it?');
      await until('the answer', () => stack.graph.textsTo(customer.psid).length === 1);
      expect(stack.graph.textsTo(customer.psid)).toEqual([told]);
    }
  });

  it('greets by name, asks, waits for the answer and ends', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: ASK });
    const customer = createCustomer(stack.client, pageId);
    await customer.say('Hi');
    await until('the question', () => stack.graph.textsTo(customer.psid).length === 2);
    // A link that is opened now answers nothing.
    const opened = message('', { kind: 'referral', referral: { ref: 'r' } });
    await customer.deliver(opened);
    await customer.say('my invoice');
    await until('the end', async () => (await endedConversations(pageId, customer.psid)) === 1);
    expect(stack.graph.textsTo(customer.psid)).toEqual(['Hello Ada', 'How can we help?', 'You said my invoice']);
  });

  it('keeps the transcript of both sides, oldest first, with the delivery status of each part', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: ASK });
    const customer = createCustomer(stack.client, pageId);
    await customer.say('Hi');
    await until('the question', () => stack.graph.textsTo(customer.psid).length === 2);
    await customer.say('my invoice');
    await until('the end', async () => (await endedConversations(pageId, customer.psid)) === 1);
    const { items } = await stack.readModel.conversations.listConversations({ pageId }, { limit: 1 });
    const transcript = await stack.readModel.messages.listMessages(items[0]?.conversationId ?? '', { limit: 50 });
    expect(transcript.items.map(({ author, text, status }) => [author.kind, text, status])).toEqual([
      ['customer', 'Hi', undefined],
      ['scenario', 'Hello Ada', 'accepted'],
      ['scenario', 'How can we help?', 'accepted'],
      ['customer', 'my invoice', undefined],
      ['scenario', 'You said my invoice', 'accepted'],
    ]);
  });

  it('handles a message once that is delivered three times, also after the end', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: ASK });
    const customer = createCustomer(stack.client, pageId);
    const first = await customer.say('Hi');
    await customer.deliver(first);
    await until('the question', () => stack.graph.textsTo(customer.psid).length === 2);
    const answer = await customer.say('bye');
    await until('the end', async () => (await endedConversations(pageId, customer.psid)) === 1);
    await stack.client.workflow.getHandle(customer.workflowId).result();
    await customer.deliver(first, answer);
    await stack.client.workflow.getHandle(customer.workflowId).result();
    const { items } = await stack.readModel.conversations.listConversations({ pageId }, { limit: 9 });
    expect(items).toHaveLength(1);
    expect(stack.graph.textsTo(customer.psid)).toHaveLength(3);
  });

  it('makes one conversation of two first messages at once', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: ASK });
    const customer = createCustomer(stack.client, pageId);
    await Promise.all([customer.say('one'), customer.say('two')]);
    await until('the question', () => stack.graph.textsTo(customer.psid).length >= 2);
    const { items } = await stack.readModel.conversations.listConversations({ pageId }, { limit: 9 });
    expect(items).toHaveLength(1);
  });

  it('keeps every message that comes around the end, in this conversation or in the next, and none twice', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: ASK });
    const customers = Array.from({ length: 12 }, () => createCustomer(stack.client, pageId));
    await Promise.all(
      customers.map(async (customer, index) => {
        await customer.say('Hi');
        await until('the question', () => stack.graph.textsTo(customer.psid).length === 2);
        await customer.say('last words');
        await new Promise((resolve) => setTimeout(resolve, index * 10));
        await customer.say('one more thing');
      }),
    );
    for (const { psid } of customers) {
      await until('all three messages in transcripts', async () => (await inboundTexts(pageId, psid)).length === 3);
      expect(new Set(await inboundTexts(pageId, psid))).toEqual(new Set(['Hi', 'last words', 'one more thing']));
      const { items } = await stack.readModel.conversations.listConversations({ pageId, psid }, { limit: 9 });
      await until('a greeting for each conversation', () => {
        const greetings = stack.graph.textsTo(psid).filter((text) => text.startsWith('Hello'));
        return greetings.length === items.length;
      });
    }
  });

  it('loses and doubles nothing of 60 messages through continue-as-new', async () => {
    const { pageId } = await seedPage(stack.store, {
      scenario: LOOP,
    });
    const customer = createCustomer(stack.client, pageId, { continueAsNewAfterEvents: 60 });
    await customer.say('Hi');
    await until('ready', () => stack.graph.textsTo(customer.psid).length === 1);
    for (let n = 1; n <= 60; n += 1) {
      await customer.say(`${n}`);
      await until(`the answer to ${n}`, () => stack.graph.textsTo(customer.psid).length === n + 1);
    }
    expect(stack.graph.textsTo(customer.psid).slice(1)).toEqual(Array.from({ length: 60 }, (_, n) => `got ${n + 1}`));
    // How many depends on how much of the burst one run meets: a busy machine takes it in few.
    await until('several runs', async () => (await countRuns(customer.workflowId)) > 1);
  });

  it('keeps each of 1,200 unpaced messages once, in order, through continue-as-new', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: LOOP });
    const customer = createCustomer(stack.client, pageId, { continueAsNewAfterEvents: 120 });
    const texts = Array.from({ length: 1200 }, (_, n) => `${n + 1}`);
    const startedAt = Date.now();
    for (let from = 0; from < texts.length; from += 3) {
      const events = texts.slice(from, from + 3).map((text, n) => message(text, { at: startedAt + from + n }));
      await customer.deliver(...events);
      // Messenger repeats what it is not sure of.
      if (from % 30 === 0) await customer.deliver(...events);
    }
    await until(
      'all of them in the transcript',
      async () => (await inboundCount(pageId, customer.psid)) >= 1200,
      120_000,
    );
    const inbound = await inboundOfAll(pageId, customer.psid);
    expect(inbound).toEqual(texts);
    const answers = stack.graph.textsTo(customer.psid).filter((text) => text.startsWith('got'));
    expect(new Set(answers).size).toBe(answers.length);
    // How many depends on how much of the burst one run meets: a busy machine takes it in few.
    await until('several runs', async () => (await countRuns(customer.workflowId)) > 1);
  }, 180_000);

  it('keeps the transcript of a Page without an entry and sends nothing', async () => {
    const customer = createCustomer(stack.client, 'page-of-nobody');
    await customer.say('anybody?');
    await stack.client.workflow.getHandle(customer.workflowId).result();
    await customer.say('hello?');
    await stack.client.workflow.getHandle(customer.workflowId).result();
    const { items } = await stack.readModel.conversations.listConversations({ psid: customer.psid }, { limit: 9 });
    expect(items.map(({ state }) => state)).toEqual(['unrouted']);
    const transcript = await stack.readModel.messages.listMessages(items[0]?.conversationId ?? '', { limit: 9 });
    expect(transcript.items.map(({ text }) => text)).toEqual(['anybody?', 'hello?']);
    expect(stack.graph.textsTo(customer.psid)).toEqual([]);
  });

  it('keeps what comes to a Page without an entry while the database is slow', async () => {
    const customer = createCustomer(stack.client, 'page-of-nobody');
    const { conversations } = stack.readModel;
    const record = conversations.record.bind(conversations);
    let hasBegun = false;
    // Longer than a workflow task: the second message is handed over in the middle of the write of the first.
    conversations.record = async (conversation) => {
      hasBegun = true;
      await new Promise((resolve) => setTimeout(resolve, 4000));
      return record(conversation);
    };
    try {
      await customer.say('first');
      await until('the slow write', () => hasBegun);
      await customer.say('second');
      await until('both in the transcript', async () => (await inboundCount('page-of-nobody', customer.psid)) === 2);
    } finally {
      conversations.record = record;
    }
  });

  it('hands a message that is wrongly redelivered to a later conversation to nobody', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: ASK });
    const customer = createCustomer(stack.client, pageId);
    const old = message('old');
    await customer.deliver(old);
    await until('the question', () => stack.graph.textsTo(customer.psid).length === 2);
    await customer.say('answer');
    await stack.client.workflow.getHandle(customer.workflowId).result();
    await customer.say('new conversation');
    await until('the second question', () => stack.graph.textsTo(customer.psid).length === 5);
    await customer.deliver(old);
    await customer.say('second answer');
    await until('the echo', () => stack.graph.textsTo(customer.psid).length === 6);
    expect(stack.graph.textsTo(customer.psid).at(-1)).toBe('You said second answer');
  });
});
