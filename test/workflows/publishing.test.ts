import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { startActorStack, type ActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { until } from '../support/until.ts';

const source = (edition: string): string => `
attendant: 1
scenario: edition
blocks:
  ask:
    send-message: { text: "${edition}: your name?", wait: { into: name, timeout: 10m } }
  again:
    send-message: { text: "${edition}: your order, $(name)?", wait: { into: order, timeout: 10m } }
  end:
    send-message: { text: "${edition}: thank you" }
`;

let stack: ActorStack;

beforeAll(async () => {
  stack = await startActorStack();
});

afterAll(() => stack.close());

let published = 0;

/** What the api writes when it publishes or rolls back. */
async function putInForce(edition: string): Promise<void> {
  const text = source(edition);
  const { document } = parseScenario(text);
  if (!document) throw new Error('The scenario of this test is wrong');
  const [name, version] = [document.scenario, createHash('sha256').update(text).digest('hex')];
  await stack.store.scenarios.add({ version, name, source: text, document, at: Date.now() });
  const before = (await stack.store.scenarioHeads.list()).find((head) => head.name === name);
  published += 1;
  await stack.store.publications.publish({ name, version, publishedAt: Date.now(), number: published }, before);
  await stack.store.raiseRevision();
}

async function createFollowing(continueAsNewAfterEvents?: number): Promise<Customer> {
  const { pageId } = await seedPage(stack.store, { scenario: source('unused') });
  const entry = (await stack.store.entries.list()).find(({ name }) => name === pageId);
  if (!entry) throw new Error('The Page has no entry');
  const { pinnedVersion: _pinned, ...following } = entry;
  await stack.store.entries.put(following);
  await stack.store.raiseRevision();
  return createCustomer(
    stack.client,
    pageId,
    continueAsNewAfterEvents === undefined ? {} : { continueAsNewAfterEvents },
  );
}

function saw(customer: Customer, text: string): Promise<boolean> {
  return until(text, () => stack.graph.textsTo(customer.psid).includes(text));
}

describe('a conversation under way', () => {
  it.each([
    ['in one run', undefined],
    ['through several runs', 12],
  ])(
    'keeps its version %s while others are published and rolled back; new ones take what is in force',
    async (_name, continueAsNewAfterEvents) => {
      await putInForce('first');
      const early = await createFollowing(continueAsNewAfterEvents);
      await early.say('hi');
      await saw(early, 'first: your name?');

      await putInForce('second');
      const late = await createFollowing(continueAsNewAfterEvents);
      await late.say('hi');
      await saw(late, 'second: your name?');

      await putInForce('first');
      const last = await createFollowing(continueAsNewAfterEvents);
      await last.say('hi');
      await saw(last, 'first: your name?');
      for (const customer of [early, late]) await customer.say('Ada');
      await saw(early, 'first: your order, Ada?');
      await saw(late, 'second: your order, Ada?');
      await late.say('17');
      await saw(late, 'second: thank you');
      expect(stack.graph.textsTo(early.psid)).toEqual(['first: your name?', 'first: your order, Ada?']);
    },
  );
});
