import { beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { createWakeParked } from '../../activities/wake-parked.ts';
import { createReadModel, type ReadModel } from '../../adapters/mongo/read-model.ts';
import type { Part } from '../../contracts/part.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { aConversation } from './support/fake-conversations.ts';

const PLACE = { pageId: 'page', psid: 'customer', conversationId: 'c-1' };
const part: Part = { id: 'p-1', author: { kind: 'scenario' }, text: 'Hi', quickReplies: [], at: 1000, seq: 1 };

let now: number;
let readModel: ReadModel;
let onWake: () => Promise<unknown>;
let wakeParked: ReturnType<typeof createWakeParked>;

const park = () => readModel.ledger.park(PLACE, part, { by: 'send-lane', reason: 'closed', now, attemptAt: now });

beforeEach(async () => {
  now = 1000;
  readModel = createReadModel(await createTestDatabase(), () => now);
  onWake = () => Promise.resolve();
  const actors = { releaseParts: () => onWake().then(() => true) };
  wakeParked = createWakeParked({ readModel, actors } as unknown as ActivityDependencies);
  await readModel.conversations.record(aConversation({ ...PLACE, state: 'running' }));
  await park();
});

describe('waking what waits for a Page', () => {
  it('wakes a part once, until it waits anew', async () => {
    expect(await wakeParked({ pageId: 'page' })).toBe(1);
    expect(await wakeParked({ pageId: 'page' })).toBe(0);
    now += 1000;
    await park();
    expect(await wakeParked({ pageId: 'page' })).toBe(1);
  });

  it('forgets none that was refused again before its waking was noted', async () => {
    onWake = () => {
      now += 200;
      return park();
    };
    expect(await wakeParked({ pageId: 'page' })).toBe(1);
    onWake = () => Promise.resolve();
    expect(await wakeParked({ pageId: 'page' })).toBe(1);
  });
});
