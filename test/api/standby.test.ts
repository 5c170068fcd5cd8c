import type { Db } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import { createTestDatabase } from '../support/test-database.ts';

const conversationKey = { pageId: 'p', psid: 'c' };
let db: Db;
let readModel: ReadModel;

beforeEach(async () => {
  db = await createTestDatabase();
  await ensureReadModelIndexes(db);
  readModel = createReadModel(db, Date.now);
});

const seenOnStandby = {
  ...conversationKey,
  at: 1000,
  channel: 'standby',
  outcome: 'user_message',
  event: { kind: 'message', key: 'm1', mid: 'm1', at: 1000, text: 'Hello', attachments: [] },
} satisfies WebhookEvent;
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
    expect(await readModel.messages.listRecentKeys({ pageId: 'p', psid: 'c' }, { limit: 10 })).toEqual([]);
  });

  it('becomes the one row of the conversation that handles it later', async () => {
    await readModel.events.recordEvent(seenOnStandby);
    await readModel.messages.recordInbound(conversationKey, { ...handled, attachments: [] });
    await readModel.messages.recordInbound(conversationKey, {
      ...handled,
      attachments: [],
      conversationId: 'a later one',
    });
    const [row, ...more] = await messages();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ conversationId: 'conv', seq: 1, text: 'Hello' });
    expect(row).not.toHaveProperty('isStandby');
    expect(await readModel.messages.listRecentKeys({ pageId: 'p', psid: 'c' }, { limit: 10 })).toEqual(['m1']);
  });

  it('changes nothing of a message that was handled before', async () => {
    await readModel.messages.recordInbound(conversationKey, { ...handled, attachments: [] });
    expect(await readModel.events.recordEvent(seenOnStandby)).toEqual({});
    // A postback has no id on standby.
    expect(
      await readModel.events.recordEvent({ ...seenOnStandby, event: { ...seenOnStandby.event, key: 'k' } }),
    ).toEqual({});
    expect(await readModel.customers.find('p', 'c')).not.toHaveProperty('threadOwner');
    expect(await messages()).toMatchObject([{ conversationId: 'conv' }]);
    expect(await readModel.messages.listRecentKeys({ pageId: 'p', psid: 'c' }, { limit: 10 })).toEqual(['m1']);
  });
});

const at = (time: number): { at: number } => ({ at: time });
const inboxReply: WebhookEvent = {
  ...conversationKey,
  at: 2000,
  channel: 'messaging',
  outcome: 'echo',
  key: 'e1',
  mid: 'e1',
  appId: '263902037430900',
  text: 'From the inbox',
  attachments: [],
};
const pass: WebhookEvent = {
  ...conversationKey,
  at: 3000,
  channel: 'messaging',
  outcome: 'handover_pass',
  newOwnerAppId: 'ours',
};
const record = (event: WebhookEvent) => readModel.events.recordEvent(event);
const customer = () => readModel.customers.find('p', 'c');

describe('the owner of a thread', () => {
  it('is another app once something is seen on standby, which opens the window as well', async () => {
    expect(await record(seenOnStandby)).toEqual({ thread: { owner: 'other-app', at: 1000 }, reactedAt: 1000 });
    expect(await customer()).toMatchObject({
      threadOwner: 'other-app',
      threadOwnerAt: 1000,
      window: { openedAt: 1000 },
    });
  });

  it('is the Page Inbox where it is passed there, although our own app is not known yet', async () => {
    expect(await record({ ...pass, newOwnerAppId: '263902037430900' })).toEqual({
      thread: { owner: 'other-app', at: 3000 },
    });
    expect(await record({ ...pass, at: 4000 })).toEqual({ thread: { owner: 'ours', at: 4000 } });
  });

  it('is not changed by what comes late or again', async () => {
    expect(await record(inboxReply)).toEqual({ thread: { owner: 'other-app', by: 'echo', at: 2000 } });
    expect(await record(pass)).toEqual({ thread: { owner: 'ours', at: 3000 } });
    expect(await record(inboxReply)).toEqual({});
    expect(await record({ ...seenOnStandby, ...at(2500) })).not.toHaveProperty('thread');
    expect(await customer()).toMatchObject({ threadOwner: 'ours', threadOwnerAt: 3000 });
    expect(await messages()).toHaveLength(2);
  });

  it('is paused for as long as the account says, from each reply in the inbox on, or not at all', async () => {
    expect(await readModel.events.recordEvent(inboxReply, { inboxPauseMs: 0 })).toEqual({});
    expect(await customer()).not.toHaveProperty('threadOwner');
    const paused = { owner: 'other-app', by: 'echo', at: 2000, pausedUntil: 62_000 };
    expect(await readModel.events.recordEvent(inboxReply, { inboxPauseMs: 60_000 })).toEqual({ thread: paused });
    expect(await customer()).toMatchObject({ threadOwnerBy: 'echo', threadPausedUntil: 62_000 });
    await record(pass);
    expect(Object.keys(await customer())).not.toEqual(expect.arrayContaining(['threadOwnerBy']));
    expect(await messages()).toHaveLength(1);
  });

  it('is told again where the first telling may not have arrived', async () => {
    await record(inboxReply);
    expect(await record(inboxReply)).toEqual({ thread: { owner: 'other-app', by: 'echo', at: 2000 } });
  });

  it.each([
    ['handover_pass', 'ours', 'ours'],
    ['handover_pass', 'theirs', 'other-app'],
    ['handover_pass', undefined, 'ours'],
    ['handover_take', undefined, 'other-app'],
    ['handover_take', 'theirs', 'other-app'],
    ['handover_take', 'ours', 'ours'],
  ] as const)('after %s to %s is %s', async (outcome, newOwnerAppId, threadOwner) => {
    await readModel.pages.recordOwnEcho('p', { at: 1, appId: 'ours' });
    const event: WebhookEvent = {
      ...conversationKey,
      at: 5,
      channel: 'messaging',
      outcome,
      ...(newOwnerAppId && { newOwnerAppId }),
    };
    expect(await record(event)).toEqual({ thread: { owner: threadOwner, at: 5 } });
  });
});

const link = (outcome: 'account_link' | 'account_unlink', time: number): WebhookEvent => ({
  ...conversationKey,
  at: time,
  channel: 'messaging',
  outcome,
});
const mark = (outcome: 'delivery' | 'read', watermark: number): WebhookEvent => {
  const base = { ...conversationKey, at: watermark, channel: 'messaging', watermark } as const;
  return outcome === 'read' ? { ...base, outcome } : { ...base, outcome, mids: [] };
};

describe('account linking', () => {
  it('takes the later of linking and unlinking, in whatever order they come', async () => {
    await record(link('account_link', 1000));
    expect(await customer()).toMatchObject({ linkedAt: new Date(1000) });
    await record(link('account_unlink', 3000));
    await record(link('account_link', 2000));
    expect(await customer()).not.toHaveProperty('linkedAt');
    await record(link('account_link', 4000));
    expect(await customer()).toMatchObject({ linkedAt: new Date(4000) });
  });
});

describe('a watermark', () => {
  it('only moves forward', async () => {
    for (const time of [2000, 3000, 1000, 0]) {
      await record(mark('delivery', time));
      await record(mark('read', time));
    }
    expect(await customer()).toMatchObject({ deliveredUpTo: new Date(3000), readUpTo: new Date(3000) });
  });
});

const statusOf = async () => (await readModel.ledger.find('part'))?.status;

describe('a receipt', () => {
  const SAID_AT = 1000;
  const SENT_AT = 2000;
  const part = {
    id: 'part',
    author: { kind: 'scenario' as const },
    text: 'Hi',
    quickReplies: [],
    at: SAID_AT,
    seq: 1,
  };
  const beginSending = () =>
    readModel.ledger.begin({ ...conversationKey, conversationId: 'conv' }, part, { now: SENT_AT, attemptAt: SENT_AT });

  it.each(['delivery', 'read'] as const)(
    'of kind %s that comes while its part is being sent counts from its answer on',
    async (kind) => {
      await beginSending();
      await record(mark(kind, SENT_AT + 100));
      expect(await statusOf()).toBe('sending');
      await readModel.ledger.accept('part', '$mid');
      expect(await readModel.ledger.find('part')).toMatchObject({
        status: kind === 'read' ? 'read' : 'delivered',
        mid: '$mid',
      });
    },
  );

  it('that a part has been read is not taken back by an older one that it was delivered', async () => {
    await beginSending();
    await record(mark('read', SENT_AT + 100));
    await record(mark('delivery', SENT_AT + 50));
    await readModel.ledger.accept('part', 'm');
    expect(await statusOf()).toBe('read');
  });

  it('of an earlier part says nothing of one that was said before it and left after it', async () => {
    await beginSending();
    await record(mark('read', SAID_AT + 500));
    await readModel.ledger.accept('part', 'm');
    expect(await statusOf()).toBe('accepted');
    await record(mark('read', SAID_AT + 500));
    expect(await statusOf()).toBe('accepted');
    await record(mark('read', SENT_AT));
    expect(await statusOf()).toBe('read');
  });
});
