import { describe, expect, it } from 'vitest';
import { seedPage } from '../support/seed-configuration.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { publishScenario } from '../support/publish-scenario.ts';
import { untilSent } from '../support/watch-customer.ts';

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

const stack = useActorStack();

const putInForce = (edition: string): Promise<void> => publishScenario(stack.store, source(edition));

async function createFollowing(continueAsNewAfterEvents?: number): Promise<Customer> {
  const { pageId } = await seedPage(stack.store, { scenario: source('unused'), isFollowing: true });
  return createCustomer(
    stack.client,
    pageId,
    continueAsNewAfterEvents === undefined ? {} : { continueAsNewAfterEvents },
  );
}

const saw = (customer: Customer, text: string): Promise<boolean> => untilSent(stack, customer, text);

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
