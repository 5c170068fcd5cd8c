import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgentDesk, latestConversation } from '../support/agent-desk.ts';
import { startRunningStack, type RunningStack, unique } from '../support/running-stack.ts';
import { createSimulatedCustomer, createSimulatedPage } from '../support/simulated-page.ts';
import { until } from '../support/until.ts';

let stack: RunningStack;

beforeAll(async () => {
  stack = await startRunningStack();
});

afterAll(() => stack.remove());

/** One entry of a batch: a first message to a Page. */
function entryOf(pageId: string, psid = 'psid-both'): object {
  return {
    id: pageId,
    time: Date.now(),
    messaging: [
      {
        sender: { id: psid },
        recipient: { id: pageId },
        timestamp: Date.now(),
        message: { mid: `m_${pageId}_${psid}`, text: 'Hi' },
      },
    ],
  };
}

describe("the guide's scenario, over HTTP only", () => {
  it('greets, asks, finds the agent, connects both directions, thanks and ends', async () => {
    const page = await createSimulatedPage(stack);
    const desk = createAgentDesk(stack, page);
    expect((await desk.setState('ready')).status).toBe(200);
    const customer = await createSimulatedCustomer(stack, page);

    await customer.say('Hello');
    await customer.untilReceived('What can we do for you?');
    await customer.say('my invoice is wrong');
    const conversationId = await desk.acceptNext();
    await desk.say(conversationId, 'Which invoice do you mean?');
    await customer.untilReceived('Which invoice do you mean?');
    await customer.say('number 7');
    await until('the customer in the transcript', async () => {
      const { body } = await stack.call('GET', `/api/v1/conversations/${conversationId}/messages`, {
        token: page.agent.token,
      });
      return body.items.some((message: { text: string }) => message.text === 'number 7');
    });
    await desk.end(conversationId);
    await customer.untilReceived('Thank you for talking to us.');
    await until('the end', async () => (await latestConversation(stack, page, customer))?.state === 'ended');

    const received = await customer.received();
    expect(received.slice(1)).toEqual([
      'What can we do for you?',
      `${page.agent.username} will be with you in a moment.`,
      'Which invoice do you mean?',
      'Thank you for talking to us.',
    ]);
    expect(received[0]).toMatch(/^Hello .*, thank you for writing\.$/);
  });

  it('shows each message with its author, direction and delivery status in the transcript', async () => {
    const page = await createSimulatedPage(stack);
    const customer = await createSimulatedCustomer(stack, page);
    await customer.say('bye');
    await customer.untilReceived('What can we do for you?');
    await customer.say('bye now');
    await customer.untilReceived('Thank you');
    const conversation = await until('the end', async () => {
      const latest = await latestConversation(stack, page, customer);
      return latest?.state === 'ended' ? latest : undefined;
    });
    const messages = await until('all deliveries', async () => {
      const { body } = await stack.call('GET', `/api/v1/conversations/${conversation.id}/messages`);
      const settled = body.items.filter((item: { direction: string; status: string }) => item.direction === 'out');
      return settled.every((item: { status: string }) => item.status === 'delivered') ? body.items : undefined;
    });
    expect(
      messages.map((item: { author: { kind: string }; direction: string }) => [item.author.kind, item.direction]),
    ).toEqual([
      ['customer', 'in'],
      ['scenario', 'out'],
      ['scenario', 'out'],
      ['customer', 'in'],
      ['scenario', 'out'],
    ]);
  });

  it('finds a new conversation within a second of the webhook’s 200', async () => {
    const page = await createSimulatedPage(stack);
    const delaysMs: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const psid = unique('psid');
      const body = JSON.stringify({ object: 'page', entry: [entryOf(page.pageId, psid)] });
      expect((await stack.postWebhook(body, page.appSecret)).status).toBe(200);
      const answeredAt = Date.now();
      await until('the conversation', async () => {
        const address = `/api/v1/conversations?pageId=${page.pageId}&psid=${psid}`;
        return (await stack.call('GET', address)).body.items.length === 1;
      });
      delaysMs.push(Date.now() - answeredAt);
    }
    // A busy machine makes one late, or some; a wait of our own would make all of them late.
    expect(Math.min(...delaysMs)).toBeLessThan(1000);
  });

  it('handles a body once that is delivered three times, also after the conversation has ended', async () => {
    const page = await createSimulatedPage(stack, {
      scenario:
        'attendant: 1\nscenario: once\nblocks:\n  hello:\n    send-message: { text: "Hello" }\n  end:\n    exit: {}\n',
    });
    const body = JSON.stringify({
      object: 'page',
      entry: [
        {
          id: page.pageId,
          time: 1,
          messaging: [
            {
              sender: { id: 'psid-thrice' },
              recipient: { id: page.pageId },
              timestamp: Date.now(),
              message: { mid: 'm_thrice', text: 'Hi' },
            },
          ],
        },
      ],
    });
    const ended = async (): Promise<boolean> => {
      const { body: list } = await stack.call('GET', `/api/v1/conversations?pageId=${page.pageId}&state=ended`);
      return list.items.length === 1;
    };
    await Promise.all([stack.postWebhook(body, page.appSecret), stack.postWebhook(body, page.appSecret)]);
    await until('the end', ended);
    expect((await stack.postWebhook(body, page.appSecret)).status).toBe(200);
    // A second customer's whole conversation after it: what the third delivery led to would be there by then.
    const other = body.replaceAll('thrice', 'other');
    await stack.postWebhook(other, page.appSecret);
    await until('the other one', async () => {
      const { body: list } = await stack.call('GET', `/api/v1/conversations?pageId=${page.pageId}&state=ended`);
      return list.items.length === 2;
    });
    const { body: list } = await stack.call('GET', `/api/v1/conversations?pageId=${page.pageId}&psid=psid-thrice`);
    expect(list.items).toHaveLength(1);
    const { body: sends } = await stack.simulator('GET', `/simulator/sends?pageId=${page.pageId}&psid=psid-thrice`);
    expect(sends.items).toHaveLength(1);
  });

  it('serves both Pages of one batch', async () => {
    const [first, second] = [await createSimulatedPage(stack), await createSimulatedPage(stack)];
    // One app serves both Pages: the same secret signs for both.
    await stack.call('POST', '/api/v1/configuration/apply', {
      body: {
        documents: [
          {
            kind: 'account',
            name: second.pageId,
            pageId: second.pageId,
            pageToken: 'token',
            appSecret: first.appSecret,
          },
        ],
      },
    });
    await stack.simulator('POST', '/simulator/pages', {
      pageId: second.pageId,
      name: second.pageId,
      appSecret: first.appSecret,
      pageToken: 'token',
      webhookUrl: `${stack.url}/clientweb/fb/webhook`,
    });
    await until('the new secret in force', async () => {
      const body = JSON.stringify({ object: 'page', entry: [entryOf(first.pageId), entryOf(second.pageId)] });
      await stack.postWebhook(body, first.appSecret);
      const counts = await Promise.all(
        [first, second].map(async ({ pageId }) => {
          const { body: list } = await stack.call('GET', `/api/v1/conversations?pageId=${pageId}&psid=psid-both`);
          return list.items.length;
        }),
      );
      return counts.every((count) => count === 1);
    });
  });

  it('writes no message text and no secret into any log', async () => {
    const page = await createSimulatedPage(stack);
    const desk = createAgentDesk(stack, page);
    await desk.setState('ready');
    const customer = await createSimulatedCustomer(stack, page);
    await customer.say('zebra-crossing-text');
    await customer.untilReceived('What can we do for you?');
    await customer.say('an xylophone-invoice please');
    const conversationId = await desk.acceptNext();
    await desk.say(conversationId, 'quokka-answer');
    await customer.untilReceived('quokka-answer');
    await desk.end(conversationId);
    await customer.untilReceived('Thank you');
    const logs = await stack.readLogs();
    for (const secret of [
      'zebra-crossing',
      'xylophone',
      'quokka',
      page.appSecret,
      page.agent.token,
      stack.adminToken,
    ]) {
      expect(logs).not.toContain(secret);
    }
  });
});
