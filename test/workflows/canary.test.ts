import { describe, expect, it } from 'vitest';
import { DEFAULT_GUARDRAILS, takesCanary, type Canary } from '../../contracts/canary.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { createCustomer } from '../support/customer.ts';
import { publishScenario, storeScenario } from '../support/publish-scenario.ts';
import { seedPage } from '../support/seed-configuration.ts';
import { until } from '../support/until.ts';

const part = (edition: string): string => `
attendant: 2
scenario: part

blocks:
  say:
    send-message: { text: "${edition} part" }
`;
const source = (edition: string): string => `
attendant: 2
scenario: tried
blocks:
  hello:
    send-message: { text: "${edition}" }
  part:
    start-another-scenario: { scenario: part }
`;

const stack = useActorStack();
const CUSTOMERS = 8;

async function beginCanary(version: string, percent: number): Promise<Canary> {
  const head = (await stack.store.scenarioHeads.list()).find(({ name }) => name === 'tried');
  if (!head) throw new Error('Nothing is in force');
  const canary: Canary = {
    version,
    number: 2,
    percent,
    revision: 1,
    startedAt: Date.now(),
    author: 'ada',
    guardrails: DEFAULT_GUARDRAILS,
    steps: [],
  };
  expect(await stack.store.publications.writeCanary(head, canary)).toBe(true);
  await stack.store.raiseRevision();
  return canary;
}

describe('conversations that begin while a canary runs', () => {
  it('get it or not by who the customer is, again and again, with what it starts as it is published', async () => {
    await publishScenario(stack.store, part('first'));
    await publishScenario(stack.store, source('old'));
    const { version } = await storeScenario(stack.store, source('new'));
    const { pageId } = await seedPage(stack.store, { scenario: source('old'), isFollowing: true });
    const pinned = await seedPage(stack.store, { scenario: source('old') });
    const canary = await beginCanary(version, 50);

    const customers = Array.from({ length: CUSTOMERS }, () => createCustomer(stack.client, pageId));
    const staying = createCustomer(stack.client, pinned.pageId);
    const wanted = customers.map(({ psid }) => (takesCanary(canary, 'tried', { pageId, psid }) ? 'new' : 'old'));
    for (const times of [1, 2]) {
      await Promise.all([...customers, staying].map((customer) => customer.say('Hello')));
      for (const customer of [...customers, staying])
        await until(`${times} conversations of ${customer.psid}`, () => {
          return stack.graph.textsTo(customer.psid).length === 2 * times;
        });
      await until('the ends of all of them', async () => {
        const ended = await stack.db.collection('conversations').countDocuments({ pageId, state: 'ended' });
        return ended === CUSTOMERS * times;
      });
    }
    const texts = customers.map(({ psid }) => stack.graph.textsTo(psid));
    expect(texts).toEqual(wanted.map((edition) => [edition, 'first part', edition, 'first part']));
    expect(stack.graph.textsTo(staying.psid)).toEqual(['old', 'first part', 'old', 'first part']);
  });
});
