import type { ActorStack } from './actor-stack.ts';
import { createCustomer, type Customer } from './customer.ts';
import { seedPage } from './seed-configuration.ts';

const SPLIT = `
attendant: 1
scenario: split
blocks:
  say:
    send-message: { text: "$(item.message)" }
    exits: { send-error: failed }
  done:
    exit: {}
  failed:
    send-message: { text: "sorry" }
`;

/**
 * A text of three parts, the first of which Messenger refuses: the failure exit is taken and the rest is not
 * sent. Gives the customer, whose conversation has ended.
 */
export async function playSplitFailure(stack: ActorStack): Promise<Customer> {
  const { pageId } = await seedPage(stack.store, { scenario: SPLIT });
  const customer = createCustomer(stack.client, pageId);
  const error = { class: 'invalid-request', retryable: false, code: 100, operatorMessage: 'refused' };
  stack.graph.answerNext(() => ({ outcome: 'refused', error: error as never }));
  await customer.say(`${'word '.repeat(1000)}end`);
  await stack.client.workflow.getHandle(customer.workflowId).result();
  return customer;
}
