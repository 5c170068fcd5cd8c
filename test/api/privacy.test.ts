import { createHash, randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeSignedRequest } from '../../adapters/messenger/signed-request.ts';
import { listRunIds } from '../../adapters/temporal/delete-runs.ts';
import { conversationWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { fileIdOf } from '../../adapters/mongo/files-repository.ts';
import { messageKey } from '../../contracts/message-key.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import type { Actors } from '../../adapters/temporal/actors.ts';
import { carryOutErasures } from '../../api/privacy/erase-customers.ts';
import { startSampleActors, type SampleActors } from './support/sample-actors.ts';
import { pageBody, postWebhook } from './support/post-webhook.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let samples: SampleActors;
let client: Client;
let actors: Actors;
let api: TestApi;
let psid: string;

beforeAll(async () => {
  samples = await startSampleActors();
  ({ actors, client } = samples);
});
afterAll(() => samples.close());
beforeEach(async () => {
  psid = `psid-${randomUUID()}`;
  api = await startApi((deps) => ({
    actors: {
      ...deps.actors,
      deleteConversationRuns: (conversationKey) => actors.deleteConversationRuns(conversationKey),
    },
  }));
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

const SECRET_WORDS = 'my card number is 4711';

/** Leaves traces of the customer wherever there can be any. */
async function leaveTraces(): Promise<void> {
  const conversationKey = { pageId: 'page-1', psid };
  const readModel = createReadModel(api.db, Date.now);
  await readModel.customers.recordProfile(conversationKey, { firstName: 'Zacharias' }, 1);
  const message = {
    key: 'm1',
    mid: 'm1',
    seq: 1,
    kind: 'message',
    at: 1000,
    text: SECRET_WORDS,
    attachments: [],
  } as const;
  await readModel.messages.recordInbound(conversationKey, { ...message, attachments: [], conversationId: 'conv-1' });
  await api.db.collection('conversations').insertOne({ _id: 'conv-1' as never, ...conversationKey });
  await api.db.collection('routing-decisions').insertOne({ conversationId: 'conv-1' });
  const said = { conversationId: 'conv-1', contentHash: 'h', response: { note: 'Zacharias wants his money back' } };
  await api.deps.commandResults.remember('ann:1', said, Date.now());
  await api.deps.files.request([
    { ...conversationKey, key: 'm1', index: 0, type: 'image', url: 'https://x', at: 1, keepDays: 9 },
  ]);
  await api.deps.fileStore.put(fileIdOf(messageKey('page-1', psid, 'm1'), 0), Buffer.from('bytes'));
  api.actors.isAway = true;
  expect(await deliver(psid, 'm2')).toBe(200);
  expect(await deliver('somebody-else', 'm3')).toBe(200);
  const event = { ...conversationKey, at: 1, channel: 'messaging', outcome: 'read', watermark: 1 } as const;
  const content = { form: 'events' as const, events: [event] };
  await api.deps.deadLetters.keep({ reason: 'r', cause: 'failed', pageIds: ['page-1'], content, days: [], at: 1 });
  await actors.deliverCustomerEvents(conversationKey, [
    { kind: 'message', key: 'm1', at: 1, text: SECRET_WORDS, attachments: [] },
  ]);
}

async function deliver(from: string, mid: string): Promise<number> {
  const event = {
    sender: { id: from },
    recipient: { id: 'page-1' },
    timestamp: 1000,
    message: { mid, text: SECRET_WORDS },
  };
  return (await postWebhook(api, pageBody('page-1', event))).status;
}

/** Every document of every collection, and what is sealed opened. */
async function grepMongo(): Promise<string> {
  const texts: string[] = [];
  for (const { name } of await api.db.listCollections().toArray()) {
    texts.push(name, JSON.stringify(await api.db.collection(name).find().toArray()));
  }
  for (const { events } of await api.deps.spool.listNext('page-1', 100)) texts.push(JSON.stringify(events));
  const { items } = await api.deps.deadLetters.list({}, { limit: 100 });
  for (const { id } of items) texts.push(JSON.stringify(await api.deps.deadLetters.find(id)));
  return texts.join('\n');
}
const workflowId = () => conversationWorkflowId('page-1', psid);

async function expectNoTrace(): Promise<void> {
  const found = await grepMongo();
  expect(found).not.toContain(psid);
  expect(found).not.toContain('Zacharias');
  expect(await listRunIds(client, workflowId())).toEqual([]);
  await expect(client.workflow.getHandle(workflowId()).describe()).rejects.toThrow(/not found/i);
  expect(await api.deps.fileStore.get(fileIdOf(messageKey('page-1', psid, 'm1'), 0))).toBeUndefined();
}

describe('erasing a customer', () => {
  it('leaves no trace in MongoDB, the spool, dead letters, files and Temporal, and nobody else is touched', async () => {
    await leaveTraces();
    expect(await grepMongo()).toContain(psid);
    const { status, body } = await api.call('DELETE', `/api/v1/customers/page-1/${psid}`, { token: ADMIN_TOKEN });
    expect(status).toBe(200);
    expect(body.runs).toBeGreaterThan(0);
    expect(body.documents).toMatchObject({
      messages: 1,
      customers: 1,
      files: 1,
      'webhook-spool': 1,
      'dead-letters': 1,
      'command-results': 1,
    });
    await expectNoTrace();
    expect(await grepMongo()).toContain('somebody-else');
    expect(await api.db.collection('audit').findOne({ action: 'customer.erased' })).toMatchObject({
      by: 'admin token',
    });
    expect(api.logLines.join('')).not.toContain(psid);
  });

  it('takes what was written meanwhile a minute later, and is verified then', async () => {
    await leaveTraces();
    const { body } = await api.call('DELETE', `/api/v1/customers/page-1/${psid}`, { token: ADMIN_TOKEN });
    await carryOutErasures(api.deps);
    await api.db.collection('customers').insertOne({ _id: `page-1:${psid}` as never, firstName: 'Zacharias' });
    api.clock.aheadMs += 61_000;
    await carryOutErasures(api.deps);
    expect(await api.deps.erasures.find(body.code)).toMatchObject({ state: 'verified', customers: 1 });
    await expectNoTrace();
  });

  it('gives everything out before, to admins only', async () => {
    await leaveTraces();
    const route = `/api/v1/customers/page-1/${psid}/export`;
    const { status, text } = await api.call('GET', route, { token: ADMIN_TOKEN });
    expect(status).toBe(200);
    expect(text).toContain('Zacharias');
    expect(text).toContain(SECRET_WORDS);
    expect((await api.call('GET', route, { token: await api.logIn('sue') })).status).toBe(403);
    expect((await api.call('GET', '/api/v1/customers/page-1/nobody/export', { token: ADMIN_TOKEN })).status).toBe(404);
  });
});

const post = (path: string, signedRequest: string) =>
  api.app.inject({
    method: 'POST',
    url: `/clientweb/fb/${path}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ signed_request: signedRequest }).toString(),
  });

describe("Meta's callbacks", () => {
  it('erases the person, answers with code and address, and says there how far it is', async () => {
    await leaveTraces();
    const signed = writeSignedRequest({ user_id: psid, algorithm: 'HMAC-SHA256' }, 'app-secret-1');
    const answer = (await post('data-deletion', signed)).json<{ url: string; confirmation_code: string }>();
    expect((await post('data-deletion', signed)).json()).toEqual(answer);
    const status = () => api.call('GET', new URL(answer.url).pathname);
    expect((await status()).text).toContain('are deleting');
    await carryOutErasures(api.deps);
    api.clock.aheadMs += 61_000;
    await carryOutErasures(api.deps);
    expect((await status()).text).toContain('has been deleted');
    await expectNoTrace();
  });

  it('gives the same request at the same moment one code', async () => {
    const signed = writeSignedRequest({ user_id: psid, algorithm: 'HMAC-SHA256' }, 'app-secret-1');
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('data-deletion', signed)));
    const codes = answers.map((answer) => answer.json<{ confirmation_code: string }>().confirmation_code);
    expect(new Set(codes).size).toBe(1);
    // Whoever knows what was asked cannot tell the code: it opens the page that says how far it is.
    expect(createHash('sha256').update(signed).digest('hex')).not.toContain(codes[0]);
    expect(await api.db.collection('erasures').countDocuments()).toBe(1);
  });

  it('is carried to its end by the next process where one dies when all is erased', async () => {
    await leaveTraces();
    const signed = writeSignedRequest({ user_id: psid, algorithm: 'HMAC-SHA256' }, 'app-secret-1');
    const { confirmation_code: code } = (await post('data-deletion', signed)).json<{ confirmation_code: string }>();
    const { customerData } = api.deps;
    const dying = {
      ...customerData,
      erase: async (key: Parameters<typeof customerData.erase>[0]) => {
        await customerData.erase(key);
        throw new Error('kill -9');
      },
    };
    await expect(carryOutErasures({ ...api.deps, customerData: dying })).rejects.toThrow('kill -9');
    api.clock.aheadMs += 61_000;
    await carryOutErasures(api.deps);
    expect(await api.deps.erasures.find(code)).toMatchObject({ origin: 'meta', state: 'erased', customers: 1 });
    expect((await api.deps.alertList.list({}, { limit: 10 })).items).toEqual([]);
    api.clock.aheadMs += 61_000;
    await carryOutErasures(api.deps);
    expect(await api.deps.erasures.find(code)).toMatchObject({ state: 'verified', customers: 1 });
  });

  it('tells the operator where nobody is known by that id', async () => {
    const signed = writeSignedRequest({ user_id: 'unknown', algorithm: 'HMAC-SHA256' }, 'app-secret-1');
    const { confirmation_code: code } = (await post('data-deletion', signed)).json<{ confirmation_code: string }>();
    await carryOutErasures(api.deps);
    expect((await api.call('GET', `/clientweb/fb/data-deletion/${code}`)).text).toContain('no data');
    const { body } = await api.call('GET', '/api/v1/alerts', { token: ADMIN_TOKEN });
    expect(body.items).toMatchObject([{ kind: 'deletion-unmatched' }]);
  });

  it('refuses what no app secret signed', async () => {
    expect((await post('data-deletion', writeSignedRequest({ user_id: 'x' }, 'wrong'))).statusCode).toBe(401);
    expect((await post('deauthorize', 'nothing')).statusCode).toBe(401);
    expect((await api.call('GET', `/clientweb/fb/data-deletion/${'a'.repeat(24)}`)).status).toBe(404);
  });

  it('tells the operator that somebody took the app its rights', async () => {
    const { statusCode } = await post('deauthorize', writeSignedRequest({ user_id: 'x' }, 'app-secret-1'));
    expect(statusCode).toBe(200);
    const { body } = await api.call('GET', '/api/v1/alerts', { token: ADMIN_TOKEN });
    expect(body.items).toMatchObject([{ kind: 'deauthorized', pageId: 'page-1' }]);
  });
});
