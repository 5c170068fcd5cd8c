import type { Db } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFilesRepository } from '../../adapters/mongo/files-repository.ts';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import { createTestDatabase } from '../support/test-database.ts';

const conversationKey = { pageId: 'p', psid: 'c' };
let db: Db;
let now: number;
let readModel: ReadModel;

beforeEach(async () => {
  db = await createTestDatabase();
  now = 1_000_000;
  await ensureReadModelIndexes(db);
  readModel = createReadModel(db, () => now);
});

type Change = Pick<Extract<WebhookEvent, { outcome: 'edit' }>, 'outcome' | 'mid' | 'text' | 'editCount'>;
const edit = (text: string, editCount: number): WebhookEvent & Change => ({
  ...conversationKey,
  at: 2000,
  channel: 'messaging',
  outcome: 'edit',
  mid: 'm1',
  text,
  editCount,
});
const deletion: WebhookEvent = { ...conversationKey, at: 2000, channel: 'messaging', outcome: 'delete', mid: 'm1' };
const reaction = (outcome: 'reaction' | 'unreact', at: number): WebhookEvent => ({
  ...conversationKey,
  at,
  channel: 'messaging',
  outcome,
  targetMid: 'm1',
  ...(outcome === 'reaction' && { emoji: '❤️' }),
});
const say = () =>
  readModel.messages.recordInbound(conversationKey, {
    conversationId: 'conv',
    key: 'm1',
    mid: 'm1',
    seq: 1,
    at: 1000,
    text: 'Helo',
    attachments: [],
    kind: 'message',
  });
const row = () => db.collection('messages').findOne();
const wait = async (ms: number): Promise<void> => {
  now += ms;
  await readModel.applyPendingChanges();
};

describe('a change that comes before its message', () => {
  it('is written once the message is there', async () => {
    await readModel.events.recordEvent(edit('Hello', 1));
    await wait(1001);
    await say();
    expect(await row()).toMatchObject({ text: 'Helo' });
    await wait(10_000);
    expect(await row()).toMatchObject({ text: 'Hello', editCount: 1 });
    expect(await db.collection('pending-changes').countDocuments()).toBe(0);
  });

  it('does not undo a later edit, nor bring back what was deleted', async () => {
    await readModel.events.recordEvent(edit('first', 1));
    await say();
    await readModel.events.recordEvent(edit('second', 2));
    await wait(10_000);
    expect(await row()).toMatchObject({ text: 'second' });
    await readModel.events.recordEvent(deletion);
    await readModel.events.recordEvent(edit('third', 3));
    expect(await row()).not.toHaveProperty('text');
  });

  it('takes the copies of what was taken back with it, although they were asked for after it', async () => {
    await readModel.events.recordEvent(deletion);
    const files = createFilesRepository(db);
    await files.request([{ ...conversationKey, key: 'm1', index: 0, type: 'image', url: 'u', at: now, keepDays: 90 }]);
    await say();
    await wait(10_000);
    expect(await db.collection('files').countDocuments({ expiresAt: { $lte: now } })).toBe(1);
    expect(await files.listDueCustomers(now)).toEqual([]);
  });

  it('is given up after half a day for a message that never comes', async () => {
    await readModel.events.recordEvent(deletion);
    for (let n = 0; n < 20; n += 1) await wait(12 * 3_600_000);
    expect(await db.collection('pending-changes').countDocuments()).toBe(0);
  });

  it('takes the later of a reaction and its removal, in whatever order they come', async () => {
    await say();
    await readModel.events.recordEvent(reaction('unreact', 5000));
    await readModel.events.recordEvent(reaction('reaction', 4000));
    expect(await row()).not.toHaveProperty('reaction');
    await readModel.events.recordEvent(reaction('reaction', 6000));
    expect(await row()).toMatchObject({ reaction: '❤️' });
  });
});
