import { Client } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer } from '../support/customer.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';
import { latestRecord, untilEnded, untilSent } from '../support/watch-customer.ts';

const GREETING = `
attendant: 1
scenario: greeting
blocks:
  hello:
    send-message: { text: Hello }
  end:
    exit: {}
`;

const stack = useActorStack({ payloadCodec: 'required' });

describe('where payloads have to be encrypted', () => {
  it('a conversation with the key goes on as ever, and Temporal holds no word of it', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: GREETING });
    const customer = createCustomer(stack.client, pageId);
    await customer.say('a secret word');
    await untilSent(stack, customer, 'Hello');
    await untilEnded(stack, customer);
    const history = await stack.client.workflow.getHandle(customer.workflowId).fetchHistory();
    const written = (history.events ?? []).map((event) => Buffer.from(JSON.stringify(event)).toString());
    const plain = written.flatMap((event) => [event, ...decodedStringsOf(event)]);
    expect(plain.filter((text) => text.includes('a secret word'))).toEqual([]);
  });

  it('nobody without it tells an actor anything', async () => {
    const { pageId } = await seedPage(stack.store, { scenario: GREETING });
    const { connection, options } = stack.client;
    const stranger = createCustomer(new Client({ connection, namespace: options.namespace }), pageId);
    await stranger.say('forged');
    await until('a task that is refused', async () => {
      const { events } = await stack.client.workflow.getHandle(stranger.workflowId).fetchHistory();
      return events?.some((event) =>
        event.workflowTaskFailedEventAttributes?.failure?.message?.includes('is not encrypted'),
      );
    });
    expect(await latestRecord(stack, stranger)).toBeUndefined();
    const other = createCustomer(stack.client, pageId);
    await other.say('hello');
    await untilSent(stack, other, 'Hello');
  });
});

/** What base64 in it says. */
function decodedStringsOf(json: string): string[] {
  return (json.match(/[\w+/]{12,}={0,2}/g) ?? []).map((found) => Buffer.from(found, 'base64').toString());
}
