import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnsweringServer, type AnsweringServer } from '../support/answering-server.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { chooseState } from '../support/desk.ts';
import { untilEnded, untilSent } from '../support/watch-customer.ts';

const stack = useActorStack();
let server: AnsweringServer;

beforeAll(async () => {
  await stack.store.secrets.put({ name: 'crm', value: 'tell-nobody' });
});
beforeEach(async () => {
  server = await startAnsweringServer();
});
afterEach(() => server.stop());

const scenario = (blocks: string): string => `
attendant: 1
scenario: asking
blocks:
${blocks}
  said:
    send-message: { text: "end" }
`;

async function start(source: string): Promise<{ page: SeededPage; customer: Customer }> {
  const page = await seedPage(stack.store, { scenario: source, agents: [{ skills: { support: 50 } }] });
  return { page, customer: createCustomer(stack.client, page.pageId) };
}

const heard = (customer: Customer): string[] => stack.graph.textsTo(customer.psid);

async function historyOf(customer: Customer): Promise<string> {
  return JSON.stringify(await stack.client.workflow.getHandle(customer.workflowId).fetchHistory());
}

describe('an operation', () => {
  it('brings the world’s answer into the scenario, and no secret into the history', async () => {
    server.answer = (response, { headers }) => void response.end(`{"order":17,"you":"${headers.authorization}"}`);
    const { customer } = await start(
      scenario(`  ask:
    fetch-url:
      url: "${server.origin}/orders/$(item.message)"
      auth: { bearer: { secret: crm } }
      into: answer
  tell:
    send-message: { text: "Order $(answer.order), code $(fetchURLResultCode)" }`),
    );
    await customer.say('a b');
    await untilEnded(stack, customer);
    expect(heard(customer)).toEqual(['Order 17, code 200', 'end']);
    expect(server.received[0]).toMatchObject({
      url: '/orders/a%20b',
      headers: { authorization: 'Bearer tell-nobody' },
    });
    const payloads = Buffer.from(await historyOf(customer)).toString();
    const decoded = [...payloads.matchAll(/"data":"([^"]+)"/g)].map(([, data]) => Buffer.from(data ?? '', 'base64'));
    expect(payloads + Buffer.concat(decoded).toString()).not.toContain('tell-nobody');
  });

  it('is asked again as often as the block says, once more for nobody else', async () => {
    let calls = 0;
    server.answer = (response) => {
      calls += 1;
      response.writeHead(calls < 3 ? 503 : 200).end('"late"');
    };
    const { customer } = await start(
      scenario(`  ask:
    fetch-url: { url: "${server.origin}", method: POST, body: { json: { a: 1 } }, retries: 2 }
    exits: { failed: said }
  tell:
    send-message: { text: "got $(fetchURLResultBody)" }`),
    );
    await customer.say('hi');
    await untilEnded(stack, customer);
    expect(heard(customer)[0]).toContain('late');
    const keys = new Set(server.received.map(({ headers }) => headers['idempotency-key']));
    expect([server.received.length, keys.size]).toEqual([3, 1]);
  });

  it('leaves by Timeout when the block’s time is over, and the late answer changes nothing', async () => {
    const { customer } = await start(
      scenario(`  ask:
    fetch-url: { url: "${server.origin}", timeout: 500ms }
    exits: { timeout: slow, failed: said, no-data: said }
  fast:
    goto: said
  slow:
    send-message: { text: "too slow" }
  rest:
    wait: { for: 2s }`),
    );
    server.answer = (response) => void untilSent(stack, customer, 'too slow').then(() => response.end('"late"'));
    await customer.say('hi');
    await untilEnded(stack, customer);
    expect(heard(customer)).toEqual(['too slow', 'end']);
  });

  it('looks up hours, numbers, people and the queue at home', async () => {
    const { page, customer } = await start(
      scenario(`  hours:
    business-hours: { open: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "00:00" }] }
    exits: { closed: said, failed: said }
  queue:
    get-statistics: { skills: [support] }
    exits: { failed: said }
  person:
    get-agent-state: { username: "$(item.message)" }
    exits: { failed: said, no-data: said }
  told:
    send-message: { text: "$(hours.isOpen) $(queue.position) $(agentState)" }`),
    );
    const username = page.agents[0] ?? '';
    await chooseState(stack, page, { username, state: 'ready' });
    await customer.say(username);
    await untilEnded(stack, customer);
    expect(heard(customer)).toEqual(['true 1 ready', 'end']);
  });

  it('that this version has no system for takes its failure exit', async () => {
    const { customer } = await start(
      scenario(`  mail:
    email: { to: [a@example.com], subject: hello, text: hello }
    exits: { failed: sorry }
  sent:
    goto: said
  sorry:
    send-message: { text: "no mail" }`),
    );
    await customer.say('hi');
    await untilEnded(stack, customer);
    expect(heard(customer)).toEqual(['no mail', 'end']);
  });
});

describe('a note', () => {
  it('is on the conversation’s record', async () => {
    const { customer } = await start(
      scenario(`  sold:
    set-disposition: { disposition: sold, comment: "said $(item.message)" }
  first:
    set-priority: { priority: 7 }
  noted:
    attached-data: { "order.no": "17" }
  shown:
    web-screen-pop: { url: "https://crm.example.com/17" }
  logged:
    log: { text: "came with $(item.message)" }`),
    );
    await customer.say('yes');
    const { annotations } = await untilEnded(stack, customer);
    expect(annotations).toMatchObject({
      priority: 7,
      disposition: { name: 'sold', comment: 'said yes' },
      attachedData: [{ name: 'order.no', value: '17' }],
      screenPops: [{ url: 'https://crm.example.com/17' }],
      log: [{ text: 'came with yes' }],
    });
  });
});
