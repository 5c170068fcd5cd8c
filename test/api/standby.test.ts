import { randomUUID } from 'node:crypto';
import { MongoClient, type Db } from 'mongodb';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';

const mongo = new MongoClient(inject('mongoUri'));
const place = { pageId: 'p', psid: 'c' };
let db: Db;
let readModel: ReadModel;

beforeEach(async () => {
  db = mongo.db(`standby-${randomUUID()}`);
  await ensureReadModelIndexes(db);
  readModel = createReadModel(db, Date.now);
});
afterAll(() => mongo.close());

const seenOnStandby: WebhookEvent = {
  ...place,
  at: 1000,
  channel: 'standby',
  outcome: 'user_message',
  event: { kind: 'message', key: 'm1', mid: 'm1', at: 1000, text: 'Hello', attachments: [] },
};
const handled = {
  conversationId: 'conv',
  key: 'm1',
  mid: 'm1',
  seq: 1,
  kind: 'message',
  at: 1000,
  text: 'Hello',
} as const;
const messages = () => db.collection('messages').find().toArray();

describe('a message seen on standby', () => {
  it('is not handled: the same mid on messaging is no repeat', async () => {
    await readModel.events.recordEvent(seenOnStandby);
    expect(await readModel.messages.listRecentKeys('p', 'c', 10)).toEqual([]);
  });

  it('becomes the one row of the conversation that handles it later', async () => {
    await readModel.events.recordEvent(seenOnStandby);
    await readModel.messages.recordInbound(place, { ...handled, attachments: [] });
    await readModel.messages.recordInbound(place, { ...handled, attachments: [], conversationId: 'a later one' });
    const [row, ...more] = await messages();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ conversationId: 'conv', seq: 1, text: 'Hello' });
    expect(row).not.toHaveProperty('isStandby');
    expect(await readModel.messages.listRecentKeys('p', 'c', 10)).toEqual(['m1']);
  });

  it('changes nothing of a message that was handled before', async () => {
    await readModel.messages.recordInbound(place, { ...handled, attachments: [] });
    await readModel.events.recordEvent(seenOnStandby);
    expect(await messages()).toMatchObject([{ conversationId: 'conv' }]);
    expect(await readModel.messages.listRecentKeys('p', 'c', 10)).toEqual(['m1']);
  });
});
