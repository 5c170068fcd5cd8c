import { MockActivityEnvironment } from '@temporalio/testing';
import * as fc from 'fast-check';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { createWorkerMetrics } from '../../activities/metrics.ts';
import { createSendPart } from '../../activities/send-part.ts';
import { createLogger } from '../../adapters/logger.ts';
import { classifyGraphError } from '../../adapters/messenger/graph-errors.ts';
import type { MessageToSend, SendOutcome } from '../../adapters/messenger/graph-client.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import type { MessageDocument } from '../../adapters/mongo/message-document.ts';
import type { SendResult } from '../../contracts/part.ts';
import { createFakeGraph } from '../support/fake-graph.ts';
import { createTestDatabase } from '../support/test-database.ts';

const SECOND = 1000;
const PSID = 'customer';
const PARTS = ['part-1', 'part-2'];

/** What a call to Graph meets. The first three leave the sender with no answer. */
const GRAPH = [
  'dies-before',
  'dies-after',
  'times-out-after',
  'times-out-before',
  'never-left',
  'limited',
  'passing',
  'final',
  'ok',
] as const;
type Meeting = (typeof GRAPH)[number];

type Action =
  | { type: 'attempt'; part: number; meets: Meeting }
  | { type: 'echo'; part: number; times: number }
  | { type: 'delivered'; part: number }
  | { type: 'wait'; ms: number };

const anAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('attempt' as const), part: fc.nat(1), meets: fc.constantFrom(...GRAPH) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('echo' as const),
      part: fc.nat(1),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delivered' as const), part: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      ms: fc.constantFrom(100, 2 * SECOND, 21 * SECOND, 40 * SECOND),
    }),
  },
);

function refused(code: number): SendOutcome {
  return { outcome: 'refused', error: classifyGraphError(400, { error: { code } }) };
}

/** One customer and two parts on a real ledger: the activity is run again and again, as Temporal does, by hand. */
async function createWorld(onUnknown: 'resend' | 'hold') {
  const db = await createTestDatabase();
  const pageId = 'page';
  let now = Date.UTC(2026, 10, 22);
  /** What really reached the customer. */
  const arrivals: { partId: string; mid: string }[] = [];
  let meets: Meeting = 'ok';
  const readModel = createReadModel(db, () => now);
  const account = { pageId, name: 'page', pageToken: 'token', appSecret: 'secret', verifyToken: 'v', onUnknown };
  const arrive = ({ partId }: MessageToSend): string => {
    const mid = `m-${arrivals.length}`;
    arrivals.push({ partId, mid });
    return mid;
  };
  const graph = createFakeGraph();
  graph.sendMessage = async (message): Promise<SendOutcome> => {
    if (meets === 'dies-before') throw new Error('kill -9');
    if (meets === 'never-left') return { outcome: 'never-left', reason: 'ECONNREFUSED' };
    if (meets === 'times-out-before') return { outcome: 'ambiguous', reason: 'no answer in time' };
    if (meets === 'limited') return refused(613);
    if (meets === 'passing') return refused(2);
    if (meets === 'final') return refused(551);
    const mid = arrive(message);
    if (meets === 'dies-after') throw new Error('kill -9');
    return meets === 'times-out-after' ? { outcome: 'ambiguous', reason: 'no answer' } : { outcome: 'accepted', mid };
  };
  const deps = {
    readModel,
    graph,
    configuration: { get: () => Promise.resolve({ accountByPage: () => account }) },
    temporal: { workflow: { signalWithStart: () => Promise.resolve() } },
    metrics: createWorkerMetrics(new Registry()),
    alerts: { tell: () => Promise.resolve(), resolve: () => Promise.resolve() },
    logger: createLogger({ level: 'silent', processName: 'test' }),
    now: () => now,
  } as unknown as ActivityDependencies;
  const sendPart = createSendPart(deps);
  const attempts = new Map<string, number>();

  return {
    arrivals,
    advance: (ms: number) => void (now += ms),
    async attempt(partId: string, meeting: Meeting): Promise<SendResult | undefined> {
      meets = meeting;
      const attempt = (attempts.get(partId) ?? 0) + 1;
      attempts.set(partId, attempt);
      const part = {
        id: partId,
        author: { kind: 'scenario' as const },
        text: partId,
        quickReplies: [],
        at: now,
        seq: 1,
      };
      const request = { pageId, psid: PSID, conversationId: 'c', part };
      // A failure is Temporal's to try again: the next attempt finds the row.
      return new MockActivityEnvironment({ attempt }).run(sendPart, request).catch(() => undefined) as Promise<
        SendResult | undefined
      >;
    },
    async echo(partId: string): Promise<void> {
      for (const { mid } of arrivals.filter((arrival) => arrival.partId === partId)) {
        await readModel.events.recordEvent({
          outcome: 'echo',
          channel: 'messaging',
          pageId,
          psid: PSID,
          at: now,
          key: mid,
          mid,
          metadata: partId,
          text: partId,
          attachments: [],
        });
      }
    },
    async delivered(partId: string): Promise<void> {
      const mids = arrivals.filter((arrival) => arrival.partId === partId).map(({ mid }) => mid);
      if (mids.length === 0) return;
      await readModel.events.recordEvent({
        outcome: 'delivery',
        channel: 'messaging',
        pageId,
        psid: PSID,
        at: now,
        watermark: 0,
        mids,
      });
    },
    rows: () => db.collection<MessageDocument>('messages').find({ direction: 'out' }).toArray(),
    drop: () => db.dropDatabase(),
  };
}

type World = Awaited<ReturnType<typeof createWorld>>;

async function act(world: World, action: Action): Promise<void> {
  if (action.type === 'wait') return world.advance(action.ms);
  const partId = PARTS[action.part] ?? '';
  if (action.type === 'attempt') await world.attempt(partId, action.meets);
  else if (action.type === 'delivered') await world.delivered(partId);
  else for (let time = 0; time < action.times; time += 1) await world.echo(partId);
}

/** Meta works again: what Temporal does with a part until it has its end. Bounded, so a part without end is found. */
async function deliverEchoes(world: World, { hasEchoes }: { hasEchoes: boolean }): Promise<void> {
  for (const partId of PARTS) {
    for (let attempt = 0; attempt < 30; attempt += 1) {
      if (await world.attempt(partId, 'ok')) break;
      if (hasEchoes) await world.echo(partId);
      world.advance(20 * SECOND);
    }
  }
}

describe('a part that was sent once more', () => {
  it('is not said to have failed when its repeat is refused: the first sending may have arrived', async () => {
    const world = await createWorld('resend');
    await world.attempt('part-1', 'times-out-after');
    world.advance(40 * SECOND);
    await world.attempt('part-1', 'ok');
    world.advance(40 * SECOND);
    await world.attempt('part-1', 'final');
    const [row] = await world.rows();
    expect(row?.status).not.toBe('failed');
    await world.drop();
  });
});

describe('the delivery ledger, whatever happens in whatever order', () => {
  it.each(['resend', 'hold'] as const)(
    'loses nothing, doubles nothing in silence, and balances (%s)',
    async (onUnknown) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anAction, { minLength: 1, maxLength: 10 }),
          fc.boolean(),
          async (actions, hasEchoes) => {
            const world = await createWorld(onUnknown);
            try {
              for (const action of actions) await act(world, action);
              await deliverEchoes(world, { hasEchoes });
              const rows = await world.rows();
              expect(rows.map(({ _id }) => _id).toSorted()).toEqual(PARTS);
              for (const { _id, status, isResentAfterUnknown } of rows) {
                const arrived = world.arrivals.filter(({ partId }) => partId === _id).length;
                expect(['accepted', 'delivered', 'read', 'failed', 'unknown']).toContain(status);
                if (status === 'failed') expect(arrived, `${_id} is said to have failed`).toBe(0);
                else if (status !== 'unknown') expect(arrived, `${_id} is said to have arrived`).toBeGreaterThan(0);
                expect(arrived, `${_id} arrived`).toBeLessThanOrEqual(isResentAfterUnknown ? 2 : 1);
              }
            } finally {
              await world.drop();
            }
          },
        ),
        { numRuns: 150 },
      );
    },
  );
});
