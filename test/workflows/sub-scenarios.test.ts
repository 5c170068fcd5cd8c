import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { startActorStack, type ActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { until } from '../support/until.ts';

const OUTER = `
attendant: 1
scenario: outer
blocks:
  hello:
    send-message: { text: "outer begins" }
  call:
    start-another-scenario: { scenario: inner }
  back:
    send-message: { text: "back with $(name)" }
`;
const inner = (edition: string): string => `
attendant: 1
scenario: inner
blocks:
  ask:
    send-message: { text: "${edition}: your name?", wait: { into: name, timeout: 10m } }
  thanks:
    send-message: { text: "${edition}: thank you, $(name)", wait: { timeout: 10m } }
  return:
    return: {}
`;

let stack: ActorStack;

beforeAll(async () => {
  stack = await startActorStack();
});
afterAll(() => stack.close());

let published = 0;

async function publish(source: string): Promise<void> {
  const { document, problems } = parseScenario(source);
  if (!document) throw new Error(JSON.stringify(problems));
  const [name, version] = [document.scenario, createHash('sha256').update(source).digest('hex')];
  await stack.store.scenarios.add({ version, name, source, document, at: Date.now() });
  published += 1;
  const before = (await stack.store.scenarioHeads.list()).find((head) => head.name === name);
  await stack.store.publications.publish({ name, version, publishedAt: Date.now(), number: published }, before);
  await stack.store.raiseRevision();
}

function saw(customer: Customer, text: string): Promise<boolean> {
  return until(text, () => stack.graph.textsTo(customer.psid).includes(text));
}

describe('a scenario that starts another', () => {
  it.each([
    ['in one run', {}],
    ['through several runs', { continueAsNewAfterEvents: 10 }],
  ])('comes back from the version that was pinned when the conversation began, %s', async (_how, memo) => {
    await publish(inner('first'));
    const { pageId } = await seedPage(stack.store, { scenario: OUTER });
    const customer = createCustomer(stack.client, pageId, memo);
    await customer.say('hi');
    await saw(customer, 'first: your name?');
    await publish(inner('second'));
    await customer.say('Ada');
    await saw(customer, 'first: thank you, Ada');
    await customer.say('bye');
    await saw(customer, 'back with Ada');
    // A Page nobody has asked for yet: what is known of others may be a second old.
    const { pageId: another } = await seedPage(stack.store, { scenario: OUTER });
    const next = createCustomer(stack.client, another, memo);
    await next.say('hi');
    await saw(next, 'second: your name?');
    expect(stack.graph.textsTo(customer.psid)).toEqual([
      'outer begins',
      'first: your name?',
      'first: thank you, Ada',
      'back with Ada',
    ]);
  });

  it('takes the failure exit where that one is not published', async () => {
    const alone = OUTER.replaceAll('inner', 'nowhere').replace(
      'scenario: nowhere }',
      'scenario: nowhere }\n    exits: { failed: sorry }',
    );
    const { pageId } = await seedPage(stack.store, {
      scenario: `${alone}  end:\n    exit: {}\n  sorry:\n    send-message: { text: "not there" }\n`,
    });
    const customer = createCustomer(stack.client, pageId);
    await customer.say('hi');
    await saw(customer, 'not there');
  });
});
