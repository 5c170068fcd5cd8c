import { describe, expect, it } from 'vitest';
import { seedPage } from '../support/seed-configuration.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { publishScenario } from '../support/publish-scenario.ts';
import { untilSent } from '../support/watch-customer.ts';

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

const stack = useActorStack();

const publish = (source: string): Promise<void> => publishScenario(stack.store, source);

const saw = (customer: Customer, text: string): Promise<boolean> => untilSent(stack, customer, text);

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
