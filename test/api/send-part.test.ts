import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { createWorkerMetrics } from '../../activities/metrics.ts';
import { createReleasePart } from '../../activities/release-part.ts';
import type { SendPartRequest } from '../../activities/send-part-request.ts';
import { createSendPart } from '../../activities/send-part.ts';
import { createLogger } from '../../adapters/logger.ts';
import { classifyGraphError } from '../../adapters/messenger/graph-errors.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import type { AlertRequest } from '../../contracts/alert.ts';
import { openWindow } from '../../contracts/messenger-policy.ts';
import { THREAD_HELD, type Part, type SendResult } from '../../contracts/part.ts';
import { createFakeGraph, type FakeGraph } from '../support/fake-graph.ts';
import { createTestDatabase } from '../support/test-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WROTE_AT = Date.UTC(2026, 10, 1);
const PICTURE = 'https://pictures.example/face.png';

let graph: FakeGraph;
let now: number;
let resolved: string[];
let ledger: ActivityDependencies['readModel']['ledger'];
let customers: ActivityDependencies['readModel']['customers'];
let messages: ActivityDependencies['readModel']['messages'];
let pages: ActivityDependencies['readModel']['pages'];
/** When the activity was first scheduled; the part leaves at once where absent. */
let scheduledAt: number | undefined;
let deps: ActivityDependencies;
let send: (part: Partial<Part>, more?: Partial<SendPartRequest>, attempt?: number) => Promise<SendResult>;

beforeEach(async () => {
  now = WROTE_AT;
  resolved = [];
  graph = createFakeGraph();
  const account = {
    pageId: 'page',
    name: 'page',
    pageToken: 'token',
    appSecret: 'secret',
    personas: { bot: { name: 'Robot', pictureUrl: PICTURE }, agentPictureUrl: PICTURE },
  };
  const db = await createTestDatabase();
  const readModel = createReadModel(db, () => now);
  ({ ledger, customers, messages, pages } = readModel);
  scheduledAt = undefined;
  deps = {
    readModel,
    graph,
    files: {
      read: (fileId: string) =>
        Promise.resolve(
          fileId === 'gone' ? undefined : { bytes: new Uint8Array(3), contentType: 'image/png', fileName: fileId },
        ),
    },
    configuration: { get: () => Promise.resolve({ accountByPage: () => account }) },
    metrics: createWorkerMetrics(new Registry()),
    logger: createLogger({ level: 'silent', processName: 'test' }),
    alerts: {
      tell: (alert: AlertRequest) => Promise.resolve(void graph.alerts.push(alert)),
      resolve: ({ kind }: AlertRequest) => Promise.resolve(void resolved.push(kind)),
    },
    now: () => now,
  } as unknown as ActivityDependencies;
  const sendPart = createSendPart(deps);
  // oxlint-disable-next-line max-params -- a test's shorthand
  send = (part, more = {}, attempt = 1) => {
    const whole: Part = {
      id: randomUUID(),
      author: { kind: 'scenario' },
      text: 'Hi',
      quickReplies: [],
      at: now,
      seq: 1,
      ...part,
    };
    const request = { pageId: 'page', psid: 'customer', conversationId: 'c', part: whole, ...more };
    return environment(attempt).run(sendPart, request) as Promise<SendResult>;
  };
});

const environment = (attempt = 1) => new MockActivityEnvironment({ attempt, scheduledTimestampMs: scheduledAt ?? now });

const window = openWindow(undefined, { kind: 'message', at: WROTE_AT });
const inWindow = window ? { window } : {};
const AGENT = { author: { kind: 'agent' as const, name: 'Ann' } };

describe('how a part is declared to Meta', () => {
  it.each([
    ['an answer', 'scenario', DAY_MS - 1, { messaging_type: 'RESPONSE' }],
    ["an agent's answer", 'agent', DAY_MS - 1, { messaging_type: 'RESPONSE' }],
    ["an agent's answer after a day", 'agent', DAY_MS, { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }],
  ] as const)('as %s', async (...row) => {
    const [, kind, elapsed, expected] = row;
    now = WROTE_AT + elapsed;
    expect(await send({ author: { kind } }, inWindow)).toMatchObject({ status: 'accepted' });
    expect(graph.sent[0]?.messagingType).toEqual(expected);
  });

  it.each([
    ['a machine after a day', 'scenario', DAY_MS],
    ['a human after seven days', 'agent', 7 * DAY_MS],
  ] as const)('not at all from %s: it waits for the customer', async (...row) => {
    const [, kind, elapsed] = row;
    now = WROTE_AT + elapsed;
    expect(await send({ author: { kind } }, inWindow)).toMatchObject({ status: 'parked', by: 'window' });
    expect(graph.sent).toEqual([]);
  });

  it("expires a machine's part of an ended conversation, and asks a person about an agent's", async () => {
    now = WROTE_AT + 8 * DAY_MS;
    const ended = { ...inWindow, isEnded: true };
    expect(await send({}, ended)).toMatchObject({ status: 'failed', reason: expect.stringContaining('expired') });
    expect(await send(AGENT, ended)).toMatchObject({ status: 'parked', by: 'person' });
  });
});

describe('an attempt that stood still while a later one took its part over', () => {
  const place = { pageId: 'page', psid: 'customer', conversationId: 'c' };
  const held = { author: AGENT.author, text: 'Hi', quickReplies: [], at: WROTE_AT, seq: 1 };
  const [earlier, later] = [
    { now: WROTE_AT, attemptAt: 1000 },
    { now: WROTE_AT, attemptAt: 2000 },
  ];

  it('does not park over what the later one has written', async () => {
    const part = { ...held, id: randomUUID() };
    expect(await ledger.park(place, part, { by: 'person', reason: 'over', ...later })).toBe(true);
    expect(await ledger.park(place, part, { by: 'window', reason: 'closed', ...earlier })).toBe(false);
    expect(await ledger.find(part.id)).toMatchObject({ parked: { by: 'person' } });
  });

  it('neither takes it nor takes it back', async () => {
    const part = { ...held, id: randomUUID() };
    await ledger.begin(place, part, earlier);
    await ledger.requeue({ part, ...place }, earlier);
    expect(await ledger.claimQueued(part.id, later)).toBe(true);
    await ledger.requeue({ part, ...place }, earlier);
    expect(await ledger.find(part.id)).toMatchObject({ status: 'sending' });
    await ledger.requeue({ part, ...place }, later);
    expect(await ledger.claimQueued(part.id, earlier)).toBe(false);
    expect(await ledger.claimQueued(part.id, later)).toBe(true);
  });
});

describe('a window that Meta counts as closed', () => {
  const OUTSIDE = classifyGraphError(400, { error: { code: 10, error_subcode: 2018278 } });
  const refuse = (error = OUTSIDE): void => graph.answerNext(() => ({ outcome: 'refused', error }));
  const TAG = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };

  it("lets an agent's answer leave at once with the tag", async () => {
    refuse();
    expect(await send(AGENT, inWindow)).toMatchObject({ status: 'accepted' });
    expect(graph.sent.map(({ messagingType }) => messagingType)).toEqual([{ messaging_type: 'RESPONSE' }, TAG]);
  });

  it("parks an agent's answer where Meta takes it with the tag neither", async () => {
    refuse();
    refuse();
    expect(await send(AGENT, inWindow)).toMatchObject({ status: 'parked', by: 'window' });
    expect(graph.sent).toHaveLength(2);
  });

  it('closes no Page because its app may not use the tag', async () => {
    refuse();
    refuse(classifyGraphError(403, { error: { code: 10, message: 'Requires human_agent' } }));
    expect(await send(AGENT, inWindow)).toMatchObject({
      status: 'parked',
      by: 'window',
      reason: expect.stringContaining('HUMAN_AGENT'),
    });
    expect(await send({}, inWindow)).toMatchObject({ status: 'accepted' });
  });

  it('gives no machine the tag', async () => {
    refuse();
    expect(await send({}, inWindow)).toMatchObject({ status: 'parked', by: 'window' });
    expect(graph.sent).toHaveLength(1);
  });
});

describe('a part that waits while another app takes the thread', () => {
  const PLACE = { pageId: 'page', psid: 'customer' };
  const part = { ...AGENT, id: randomUUID() };
  beforeEach(async () => {
    part.id = randomUUID();
    scheduledAt = now;
  });
  const takeThread = (owner: 'other-app' | 'ours'): Promise<boolean> =>
    customers.recordThreadOwner(PLACE, { owner, at: now });

  it('is held, and leaves when the thread is ours again', async () => {
    graph.answerNext(() => ({ outcome: 'never-left', reason: 'connection refused' }));
    await expect(send(part, inWindow)).rejects.toThrow('connection refused');
    now += 60_000;
    await takeThread('other-app');
    expect(await send(part, inWindow, 2)).toMatchObject({ status: 'parked', by: 'thread' });
    expect(graph.sent).toHaveLength(1);
    now += 1000;
    await takeThread('ours');
    expect(await send(part, inWindow, 3)).toMatchObject({ status: 'accepted' });
    expect(graph.sent).toHaveLength(2);
  });

  it('is not repeated where its outcome is in doubt, but once when the thread is ours again', async () => {
    graph.answerNext(() => ({ outcome: 'ambiguous', reason: 'no answer in time' }));
    await expect(send(part, inWindow)).rejects.toThrow('no answer in time');
    now += 60_000;
    await pages.recordOwnEcho('page', { at: now, sendingSince: new Date(now - 1000) });
    await takeThread('other-app');
    expect(await send(part, inWindow, 2)).toMatchObject({ status: 'parked', by: 'thread' });
    expect(graph.sent).toHaveLength(1);
    now += 1000;
    await takeThread('ours');
    expect(await send(part, inWindow, 3)).toMatchObject({ status: 'accepted' });
    expect(graph.sent).toHaveLength(2);
    expect(await ledger.find(part.id)).toMatchObject({ isResentAfterUnknown: true });
  });

  it('has the delivery status that an attempt before came to, whoever holds it now', async () => {
    graph.answerNext(() => ({ outcome: 'ambiguous', reason: 'timed out' }));
    await expect(send(part, inWindow)).rejects.toThrow('timed out');
    const held = { ...inWindow, isEnded: true, hold: THREAD_HELD };
    await expect(send(part, held, 2)).rejects.toThrow('Waiting for the echo of this part');
    now += 60_000;
    expect(await send(part, held, 3)).toEqual({ status: 'unknown' });
    expect(graph.sent).toHaveLength(1);
  });

  it('leaves where its actor knew the news when it let the part go, and where the news is an automation', async () => {
    const wrote = { key: 'm-1', conversationId: 'c', seq: 1, kind: 'message' as const, attachments: [], at: now };
    await messages.recordInbound(PLACE, wrote);
    await customers.recordThreadOwner(PLACE, { owner: 'other-app', at: now + 300, by: 'echo' });
    now += 60_000;
    expect(await send(part, { ...inWindow, isEnded: true }, 2)).toMatchObject({ status: 'accepted' });
    const known = { ...inWindow, threadHeardAt: now, isEnded: true };
    await takeThread('other-app');
    expect(await send({ id: 'known' }, known, 2)).toMatchObject({ status: 'accepted' });
    now += 1;
    await takeThread('other-app');
    expect(await send({ id: 'unknown' }, known, 2)).toMatchObject({ status: 'failed' });
  });

  it('leaves where the pause for the Page Inbox is over', async () => {
    await customers.recordThreadOwner(PLACE, { owner: 'other-app', at: now, by: 'echo', pausedUntil: now + 30_000 });
    now += 60_000;
    expect(await send(part, inWindow, 2)).toMatchObject({ status: 'accepted' });
  });
});

describe('a part that was settled while nobody heard of it', () => {
  it('has that delivery status, although its account is gone or its conversation wants it no more', async () => {
    await send({ id: 'sent' }, inWindow);
    expect(await send({ id: 'sent' }, { refusal: 'The account of this Page is disabled' }, 2)).toMatchObject({
      status: 'accepted',
    });
    expect(await ledger.find('sent')).toMatchObject({ status: 'accepted' });
  });
});

const release = () => environment().run(createReleasePart(deps), { partId: 'lost' }) as Promise<SendResult>;

describe('a part that a person lets go', () => {
  it('is sent once more for it, whatever becomes of the word that it was', async () => {
    graph.answerNext(() => ({ outcome: 'ambiguous', reason: 'no answer in time' }));
    await expect(send({ id: 'lost', ...AGENT }, inWindow)).rejects.toThrow('no answer in time');
    await ledger.markUnknown('lost');
    now += 60_000;
    graph.answerNext(() => ({ outcome: 'ambiguous', reason: 'no answer in time' }));
    await expect(release()).rejects.toThrow('no answer in time');
    now += 60_000;
    expect(await release()).toEqual({ status: 'unknown' });
    // Its worker has died before Temporal heard of that.
    expect(await release()).toEqual({ status: 'unknown' });
    expect(graph.sent).toHaveLength(2);
  });

  it('stays among those that wait for a person until it leaves: whoever was to send it may be ended', async () => {
    await send({ id: 'lost', ...AGENT }, { ...inWindow, refusal: 'The account of this Page is disabled' });
    graph.answerNext(() => ({ outcome: 'never-left', reason: 'no connection' }));
    await expect(release()).rejects.toThrow('no connection');
    expect(await ledger.find('lost')).toMatchObject({ status: 'queued', parked: { by: 'person' } });
    expect(await ledger.countParked('page')).toBe(1);
    now += 60 * 60_000;
    expect(await release()).toMatchObject({ status: 'accepted' });
    expect(await ledger.countParked('page')).toBe(0);
  });
});

describe('a file that Meta does not take for now', () => {
  it('fails its part after the attempts that the error has, as a text would', async () => {
    const error = classifyGraphError(400, { error: { code: 1, message: 'An unknown error occurred' } });
    graph.uploadFile = () => Promise.resolve({ outcome: 'refused', error });
    const file = { type: 'image' as const, fileId: 'lamp' };
    let attempt = 0;
    const tryAgain = async (): Promise<SendResult | string> => {
      attempt += 1;
      now += 60_000;
      return send({ id: 'picture', text: '', attachment: file }, {}, attempt).catch((reason: Error) => reason.message);
    };
    const results = [];
    for (let tries = 0; tries < 5; tries += 1) results.push(await tryAgain());
    expect(results.slice(0, 4)).toEqual(results.slice(0, 4).map(() => expect.stringContaining('unknown error')));
    expect(results[4]).toMatchObject({ status: 'failed' });
  });
});

describe('a pause that Meta makes', () => {
  it('is told to operators, and its end, too', async () => {
    const error = classifyGraphError(400, { error: { code: 2022, message: 'You are temporarily blocked' } });
    graph.answerNext(() => ({ outcome: 'refused', error }));
    await expect(send({ id: 'held' })).rejects.toMatchObject({ type: 'MESSENGER_REFUSED_FOR_NOW' });
    expect(graph.alerts).toMatchObject([{ kind: 'send-lane-held', message: expect.stringContaining('go on') }]);
    now += 31 * 60 * 1000;
    expect(await send({ id: 'held' }, {}, 2)).toMatchObject({ status: 'accepted' });
    expect(resolved).toEqual(['send-lane-held']);
  });
});

describe('what a part carries', () => {
  it('a file of our storage is uploaded once, and again before Meta forgets it', async () => {
    const attachment = { type: 'image', fileId: 'f1' } as const;
    let uploads = 0;
    const { uploadFile } = graph;
    graph.uploadFile = (upload) => {
      uploads += 1;
      return uploadFile(upload);
    };
    await send({ text: '', attachment });
    now += 79 * DAY_MS;
    await send({ text: '', attachment });
    expect(uploads).toBe(1);
    now += DAY_MS;
    await send({ text: '', attachment });
    expect(uploads).toBe(2);
    expect(graph.sent.map((message) => message.attachment)).toEqual(
      Array.from({ length: 3 }, () => ({ type: 'image', attachmentId: 'upload-f1' })),
    );
  });

  it('a file that is gone fails the part and says so', async () => {
    const result = await send({ text: '', attachment: { type: 'file', fileId: 'gone' } });
    expect(result).toMatchObject({ status: 'failed', reason: expect.stringContaining('no longer') });
  });

  it('leaves without what Messenger would refuse it for, and its row says what that was', async () => {
    const quickReplies = ['Mon 9:00', ''].map((title) => ({ title, payload: title }));
    expect(await send({ id: 'slots', text: 'Which slot? \ud83d', quickReplies })).toMatchObject({ status: 'accepted' });
    expect(graph.sent[0]).toMatchObject({
      text: 'Which slot? \uFFFD',
      quickReplies: [{ title: 'Mon 9:00', payload: 'Mon 9:00' }],
    });
    expect(await ledger.find('slots')).toMatchObject({
      text: 'Which slot? \uFFFD',
      outbound: { quickReplies: [{ title: 'Mon 9:00' }] },
      notes: ['quick reply 2: its title is empty'],
    });
  });

  it('is nothing where all of it is empty: the scenario goes on, and the row says why', async () => {
    const attachment = { type: 'image', url: '' } as const;
    expect(await send({ id: 'nothing', text: '', attachment })).toEqual({ status: 'accepted' });
    expect(graph.sent).toEqual([]);
    expect(await ledger.find('nothing')).toMatchObject({
      status: 'failed',
      reason: 'left out: the image: its address is empty or none',
    });
  });

  it('bot and agent speak with faces of their own, made once', async () => {
    await send({});
    await send(AGENT);
    await send(AGENT);
    expect(graph.sent.map(({ personaId }) => personaId)).toEqual(['persona-Robot', 'persona-Ann', 'persona-Ann']);
  });

  it('the typing indicator comes first, and the message when its time is over', async () => {
    const part = { id: 'typed', typingMs: 3000 };
    await expect(send(part)).rejects.toMatchObject({ type: 'MESSENGER_TYPING', nextRetryDelay: 3000 });
    expect(graph.actions).toEqual([{ psid: 'customer', action: { type: 'typing_on' } }]);
    expect(graph.sent).toEqual([]);
    expect(await send(part, {}, 2)).toMatchObject({ status: 'accepted' });
  });
});
