import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { presentStored } from '../../api/conversations/present-stored.ts';
import { backTest } from '../../scenario-dsl/back-test/back-test.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { startAnsweringServer, type AnsweringServer } from '../support/answering-server.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { untilEnded, untilSent } from '../support/watch-customer.ts';

const stack = useActorStack();
let server: AnsweringServer;

const SCENARIO = `
attendant: 2
scenario: assisted
blocks:
  hello:
    send-message: { text: "What is your name?", wait: { into: name } }
  assistant:
    ai-agent:
      text: "What can I do for you?"
      instructions: You are the assistant of the Moon Inn.
      share: { name: $(name) }
      actions: [{ name: reserve, description: A table is wanted., go: reserve }]
      timeout: 30s
      gather: { quiet: 100ms, max: 1s }
      reason: why
    exits: { hand-over: person, failed: broken, timeout: slow }
  bye: { send-message: { text: "Good bye." }, next: end }
  reserve: { send-message: { text: "For how many?" }, next: end }
  person: { send-message: { text: "A person comes ($(why))." }, next: end }
  broken: { send-message: { text: "The assistant is ill." }, next: end }
  slow: { send-message: { text: "The assistant is asleep." } }
`;

beforeAll(async () => {
  await stack.store.secrets.put({ name: 'model-key', value: 'tell-nobody' });
});
beforeEach(async () => {
  server = await startAnsweringServer();
  await stack.store.models.put({ name: 'gpt', url: `${server.origin}/v1`, model: 'small', token: 'model-key' });
});
afterEach(() => server.stop());

const heard = (customer: Customer): string[] => stack.graph.textsTo(customer.psid);

const completion = (message: object): string => JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] });
const says = (content: string): string => completion({ content });
const chooses = (name: string, args = '{}'): string =>
  completion({ content: null, tool_calls: [{ function: { name, arguments: args } }] });

/** Answers in this order, the last one again and again. */
function answerWith(...answers: string[]): void {
  server.answer = (response) => void response.end(answers.length > 1 ? answers.shift() : answers[0]);
}

/** As far as the reply to the assistant's first words. */
async function startTalk(words: string, scenario = SCENARIO): Promise<Customer> {
  const page = await seedPage(stack.store, { scenario });
  // Its talk is carried from run to run.
  const customer = createCustomer(stack.client, page.pageId, { continueAsNewAfterEvents: 40 });
  await customer.say('an earlier message');
  await untilSent(stack, customer, 'What is your name?');
  await customer.say('Ada');
  await untilSent(stack, customer, 'What can I do for you?');
  await customer.say(words);
  return customer;
}

describe('an AI Agent', () => {
  it('holds a talk with a server that speaks OpenAI’s form, and tells it what the block names', async () => {
    answerWith(says('**Yes**, we have fish.'), chooses('reserve'));
    const customer = await startTalk('Do you have fish?');
    await untilSent(stack, customer, 'Yes, we have fish.');
    await customer.say('Then a table, please');
    await untilEnded(stack, customer);
    expect(heard(customer).slice(1)).toEqual(['What can I do for you?', 'Yes, we have fish.', 'For how many?']);
    const told = server.received.map(({ body }) => body).join('\n');
    expect(told).toContain('{\\"name\\":\\"Ada\\"}');
    expect(told).toContain('Then a table, please');
    expect(told).not.toMatch(new RegExp(`an earlier message|${customer.psid}`));
    expect(server.received[0]?.headers.authorization).toBe('Bearer tell-nobody');
    const { events } = await stack.client.workflow.getHandle(customer.workflowId).fetchHistory();
    expect(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
  });

  it('is played again without the model: its answers are part of the conversation', async () => {
    answerWith(says('Yes, fish.'), chooses('hand-over', '{"why":"doubt"}'));
    const customer = await startTalk('Do you have fish?');
    await untilSent(stack, customer, 'Yes, fish.');
    await customer.say('From where?');
    const record = await untilEnded(stack, customer);
    expect(heard(customer).at(-1)).toBe('A person comes (doubt).');
    server.stop();
    const messages = await stack.readModel.messages.listStored(record.conversationId, 100);
    const stored = presentStored(record, messages, false);
    const { document } = parseScenario(SCENARIO);
    if (!document) throw new Error('no document');
    expect(backTest(stored, { original: document, draft: document })).toMatchObject({ verdict: 'same' });
    const draft = parseScenario(SCENARIO.replace('A person comes', 'Somebody comes')).document ?? document;
    expect(backTest(stored, { original: document, draft })).toMatchObject({
      differences: [{ stored: 'A person comes (doubt).', draft: 'Somebody comes (doubt).' }],
    });
  });

  it('leaves by Timeout where the model does not answer', async () => {
    server.answer = () => undefined;
    const customer = await startTalk('Do you have fish?', SCENARIO.replace('timeout: 30s', 'timeout: 1s'));
    await untilEnded(stack, customer);
    expect(heard(customer).at(-1)).toBe('The assistant is asleep.');
  });

  it('leaves by Failed where the model breaks off each time', async () => {
    server.answer = (response) => void response.socket?.destroy();
    const customer = await startTalk('Do you have fish?');
    await untilEnded(stack, customer);
    expect([heard(customer).at(-1), server.received.length]).toEqual(['The assistant is ill.', 3]);
  });

  it('asks again where the model is busy for a moment', async () => {
    let calls = 0;
    server.answer = (response) => {
      calls += 1;
      if (calls === 1) response.writeHead(429).end();
      else response.end(chooses('done'));
    };
    const customer = await startTalk('Nothing, thanks');
    await untilEnded(stack, customer);
    expect([heard(customer).at(-1), calls]).toEqual(['Good bye.', 2]);
  });
});
