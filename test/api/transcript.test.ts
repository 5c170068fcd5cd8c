import { beforeEach, expect, it } from 'vitest';
import { createReadModel, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { presentMessage } from '../../api/conversations/present-conversation.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import { messageViewSchema, type MessageView } from '../../contracts/conversation-view-schema.ts';
import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import type { Part } from '../../contracts/part.ts';
import { createTestDatabase } from '../support/test-database.ts';

const key = { pageId: 'p', psid: 'c' };
const conversation = { ...key, conversationId: 'conv' };
let readModel: ReadModel;

beforeEach(async () => {
  readModel = createReadModel(await createTestDatabase(), Date.now);
});

let seq = 0;

function hear(event: Partial<CustomerEvent> & { mid: string }): Promise<unknown> {
  seq += 1;
  const said = { kind: 'message' as const, key: event.mid, at: seq, attachments: [], ...event };
  return readModel.messages.recordInbound(key, { ...said, conversationId: 'conv', seq });
}

function part(more: Partial<Part>): Part {
  seq += 1;
  return {
    id: `part-${seq}`,
    author: { kind: 'agent', name: 'Ann' },
    text: '',
    quickReplies: [],
    at: seq,
    seq,
    ...more,
  };
}

/** As the API gives it: what the view does not know is not there. */
async function transcript(): Promise<MessageView[]> {
  const { items } = await readModel.messages.listMessages('conv', { limit: 50 });
  return items.map((message) => messageViewSchema.parse(presentMessage(message, new Map())));
}

it('A transcript shows what a customer did beside writing', async () => {
  const sticker = { type: 'sticker', url: 'https://x.test/s', stickerId: '369' };
  await hear({ mid: 'm1', text: 'first' });
  await hear({ mid: 'm2', replyTo: 'm1', payload: 'YES', attachments: [sticker] });
  await hear({ mid: 'm3', kind: 'referral', referral: { ref: 'r', source: 'ADS', adId: '7', ad: { title: 'Sale' } } });
  await hear({ mid: 'm4', text: 'taken back' });
  const change = { ...key, channel: 'messaging', at: 9 } as const;
  await readModel.events.recordEvent({ ...change, outcome: 'edit', mid: 'm1', text: 'second', editCount: 1 });
  await readModel.events.recordEvent({ ...change, outcome: 'reaction', targetMid: 'm2', emoji: '❤' });
  await readModel.events.recordEvent({ ...change, outcome: 'delete', mid: 'm4' });
  expect(await transcript()).toMatchObject([
    { mid: 'm1', kind: 'message', text: 'second', editCount: 1 },
    { mid: 'm2', replyTo: 'm1', payload: 'YES', reaction: '❤', attachments: [sticker] },
    { mid: 'm3', kind: 'referral', referral: { ref: 'r', source: 'ADS', adId: '7', ad: { title: 'Sale' } } },
    { mid: 'm4', isDeleted: true, attachments: [] },
  ]);
  expect((await transcript())[3]).not.toHaveProperty('text');
});

it('A transcript shows buttons and quick replies as they were sent, and why a message waits or failed', async () => {
  const { ledger } = readModel;
  const button = { type: 'postback', title: 'A title that is far too long', payload: 'YES' } as const;
  const attachment: OutboundAttachment = {
    type: 'template',
    template: { kind: 'button', text: 'Choose', buttons: [button] },
  };
  const quickReplies = ['Mon', ''].map((title) => ({ title, payload: title }));
  await ledger.begin(conversation, part({ attachment }), { now: 1, attemptAt: 1 });
  const failed = part({ text: 'Which?', quickReplies });
  await ledger.begin(conversation, failed, { now: 1, attemptAt: 1 });
  await ledger.fail(failed.id, 'final-customer: gone');
  await ledger.park(conversation, part({ text: 'later' }), {
    by: 'thread',
    reason: 'The thread is not ours',
    now: 1,
    attemptAt: 1,
  });
  expect(await transcript()).toMatchObject([
    { status: 'sending', template: { text: 'Choose', buttons: [{ title: 'A title that is far ', payload: 'YES' }] } },
    {
      status: 'failed',
      reason: 'final-customer: gone',
      quickReplies: [{ title: 'Mon', payload: 'Mon' }],
      notes: ['quick reply 2: its title is empty'],
    },
    { status: 'queued', parked: { by: 'thread', reason: 'The thread is not ours' } },
  ]);
});
