import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuardedFetch } from '../../adapters/guarded-fetch.ts';
import { createLogger } from '../../adapters/logger.ts';
import { createAlertsRepository, type AlertsRepository } from '../../adapters/mongo/alerts-repository.ts';
import { createLeasesRepository } from '../../adapters/mongo/leases-repository.ts';
import {
  createScenarioMovesRepository,
  type ScenarioMovesRepository,
} from '../../adapters/mongo/scenario-moves-repository.ts';
import { createTroubledRunsRepository } from '../../adapters/mongo/troubled-runs-repository.ts';
import { createOperatorAlerts } from '../../adapters/operator-alerts.ts';
import { createActorRuns } from '../../adapters/temporal/actor-runs.ts';
import { conversationWorkflowId, dispatcherWorkflowId, moveWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { createActorWatch } from '../../api/actors/watch-actors.ts';
import type { Alert } from '../../contracts/alert.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';
import { startSampleActors, type SampleActors } from './support/sample-actors.ts';

let samples: SampleActors;
let alertList: AlertsRepository;
let look: () => Promise<void>;
/** Groups whose dispatcher was told its configuration, by which it begins anew. */
let begun: string[];
let groups: string[];
let moves: ScenarioMovesRepository;

beforeAll(async () => {
  samples = await startSampleActors();
});
afterAll(() => samples.close());

beforeEach(async () => {
  const db = await createTestDatabase();
  alertList = createAlertsRepository(db);
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  const alerts = createOperatorAlerts({
    repository: alertList,
    logger: createLogger({ level: 'silent', processName: 'api' }),
    registry: new Registry(),
    guardedFetch: createGuardedFetch({ privateHosts: [] }),
    url: undefined,
    live: { tell: async () => undefined },
    now,
  });
  [begun, groups] = [[], []];
  moves = createScenarioMovesRepository(db);
  const routingGroups = () => groups.map((group) => ({ group, configuration: { revision: 1, agents: [] } }));
  const watch = createActorWatch({
    actors: { tellConfiguration: (group: string) => Promise.resolve(void begun.push(group)) } as never,
    configuration: { get: () => Promise.resolve({ routingGroups }) } as never,
    scenarioMoves: moves,
    actorWatch: createLeasesRepository(db, 'actor-watch'),
    troubledRuns: createTroubledRunsRepository(db),
    actorRuns: createActorRuns(samples.client),
    alerts,
    now,
  });
  look = async () => {
    // The right to look lasts for a while; it is another process's turn at once.
    aheadMs += 60_000;
    await watch.tick();
  };
});

const aConversation = () => {
  const key = { pageId: `page-${randomUUID()}`, psid: 'a-customer' };
  return { key, handle: samples.client.workflow.getHandle(conversationWorkflowId(key.pageId, key.psid)) };
};
const say = (key: { pageId: string; psid: string }, what: string, at = 1) =>
  samples.actors.deliverCustomerEvents(key, [{ kind: 'message', key: what, at, attachments: [] }]);

async function alertsOf(pageId: string): Promise<Alert[]> {
  await look();
  return (await alertList.list({ pageId }, { limit: 10, cursor: undefined })).items;
}
const untilAlerts = (pageId: string, are: (alerts: Alert[]) => boolean) =>
  until('alerts', async () => {
    const now = await alertsOf(pageId);
    return are(now) ? now : undefined;
  });

describe('the watch over actors', () => {
  it('tells of a conversation that somebody terminated, once, and that it goes on', async () => {
    const { key, handle } = aConversation();
    await say(key, 'a');
    await handle.terminate('tidying up');
    const [told] = await untilAlerts(key.pageId, ([first]) => first !== undefined);
    expect(told).toMatchObject({
      kind: 'actor-ended',
      state: 'open',
      message: expect.stringContaining('“tidying up”'),
    });
    expect(JSON.stringify(told)).not.toContain('a-customer');
    await alertsOf(key.pageId);
    expect(await alertsOf(key.pageId)).toMatchObject([{ count: 1, state: 'open' }]);
    await say(key, 'b');
    await untilAlerts(key.pageId, ([first]) => first?.state === 'resolved');
    expect(await alertsOf(key.pageId)).toMatchObject([{ count: 1, state: 'resolved' }]);
  });

  it('tells of a dispatcher by its group, and has it begin anew, once', async () => {
    const group = `group-${randomUUID()}`;
    groups = [group];
    const handle = await samples.client.workflow.start('dispatcher', {
      workflowId: dispatcherWorkflowId(group),
      taskQueue: 'attendant',
    });
    await handle.terminate();
    await until('the alert', async () => {
      await look();
      const { items } = await alertList.list({}, { limit: 100, cursor: undefined });
      return items.some((alert) => alert.group === group && alert.kind === 'actor-ended');
    });
    await look();
    expect(begun).toEqual([group]);
  });

  it('tells of an operation that moves conversations, which is over then, and what to do', async () => {
    const id = randomUUID();
    const record = { id, scenario: 'hello', to: { version: 'v2' }, blocks: {}, by: 'ana', startedAt: 1, counts: {} };
    await moves.record({ ...record, state: 'moving', busy: 0 });
    const handle = await samples.client.workflow.start('scenarioMove', {
      workflowId: moveWorkflowId(id),
      taskQueue: 'attendant',
    });
    await handle.terminate();
    const told = await until('the alert', async () => {
      await look();
      const { items } = await alertList.list({}, { limit: 100, cursor: undefined });
      return items.find(({ kind, message }) => kind === 'actor-ended' && message.includes(id));
    });
    expect(told).toMatchObject({ remedy: expect.stringContaining('move all of them back') });
    expect(await moves.find(id)).toMatchObject({ state: 'stopped', endedAt: expect.any(Number) });
  });

  it('says nothing of a customer who was erased', async () => {
    const erased = aConversation();
    await say(erased.key, 'a');
    await erased.handle.terminate('erased');
    const other = aConversation();
    await say(other.key, 'a');
    await other.handle.terminate('an operator');
    await untilAlerts(other.key.pageId, ([first]) => first !== undefined);
    expect(await alertsOf(erased.key.pageId)).toEqual([]);
  });

  it('tells of a conversation whose tasks fail again and again, until they pass', async () => {
    const { key } = aConversation();
    await say(key, 'poison', Date.now() + 15_000);
    const [told] = await untilAlerts(key.pageId, ([first]) => first !== undefined);
    expect(told).toMatchObject({ kind: 'actor-failing', state: 'open' });
    await untilAlerts(key.pageId, ([first]) => first?.state === 'resolved');
  });
});
