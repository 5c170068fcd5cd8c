import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { compileScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import { startScenario, step } from '../../scenario-dsl/run/step.ts';
import { ADMIN_TOKEN, startApi, tinyScenario, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const first = `attendant: 2
scenario: asking
blocks:
  ask:
    title: The order
    send-message: { text: 'Your order?', wait: { into: order } }
  thanks:
    send-message: { text: 'Thank you' }
`;
const second = first.replace('Thank you', 'Thanks');
const gone = first.replace('  ask:', '  question:').replace('Your order?', 'Which order?');

const post = (url: string, body?: object) =>
  api.call('POST', `/api/v1/scenarios/asking/${url}`, { token: ADMIN_TOKEN, ...(body && { body }) });
const get = (url: string) => api.call('GET', `/api/v1/scenarios/asking/${url}`, { token: ADMIN_TOKEN });
const publish = (source: string, more: object = {}) =>
  api.call('POST', '/api/v1/scenarios/publish', { token: ADMIN_TOKEN, body: { source, ...more } });

/** A conversation that waits for the customer's order, in the read model and as its actor would tell it. */
async function seedWaiting(conversationId: string, version: string): Promise<void> {
  const { document } = parseScenario(first);
  if (!document) throw new Error('Not a scenario');
  const scenario = compileScenario(document);
  const asked = startScenario(scenario, { variables: {} }, Date.now());
  const sent = { type: 'message.sent', effectId: asked.effects[0]?.id ?? '' } as const;
  const { state } = step(scenario, asked.state, sent, Date.now());
  const pin = { name: 'asking', version };
  const workflowId = `workflow-of-${conversationId}`;
  const record: ConversationRecord = {
    conversationId,
    revision: 1,
    pageId: 'page',
    psid: conversationId,
    workflowId,
    state: 'running',
    owner: 'scenario',
    startedAt: 1,
    servedBy: [],
    scenario: pin,
    block: 'ask',
  };
  const { conversationId: _id, ...fields } = record;
  await api.db.collection<typeof fields & { _id: string }>('conversations').insertOne({ _id, ...fields });
  api.conversations.records.push(record);
  api.actors.liveScenarios.set(workflowId, { conversationId, scenario: pin, state });
}

async function publishFirst(): Promise<string> {
  const { body } = await publish(first);
  return body.publication.version;
}

describe('the impact of a version on running conversations', () => {
  it('says of each what it would come to, by version and block, and moves nobody', async () => {
    const version = await publishFirst();
    for (const id of ['c1', 'c2']) await seedWaiting(id, version);
    const { status, body } = await post('impact', { source: second });
    expect(status).toBe(200);
    expect(body).toMatchObject({ running: 2, looked: 2, counts: { continues: 2 } });
    expect(body.groups).toEqual([
      {
        version,
        block: 'ask',
        title: 'The order',
        count: 2,
        target: 'ask',
        outcomes: [{ outcome: 'continues', to: 'ask', isOver: false, count: 2 }],
      },
    ]);
    expect(body.blocks.map(({ id }: { id: string }) => id)).toEqual(['ask', 'thanks']);
    expect(api.actors.moves).toEqual([]);
  });

  it('tells who has no block there, and what another one would come to', async () => {
    await seedWaiting('c1', await publishFirst());
    expect((await post('impact', { source: gone })).body.counts).toEqual({ 'no-block': 1 });
    const sent = await post('impact', { source: gone, blocks: { ask: 'question' } });
    expect(sent.body.groups[0].outcomes).toEqual([{ outcome: 'begins', to: 'question', isOver: false, count: 1 }]);
  });

  it('refuses a source that is another scenario, and a version that there is not', async () => {
    await publishFirst();
    expect((await post('impact', { source: tinyScenario })).body.code).toBe('SCENARIO_INVALID');
    expect((await post('impact', { version: '000000000000' })).status).toBe(404);
  });
});

describe('moving running conversations', () => {
  it('is begun before the version is in force and waits for it, so that neither comes without the other', async () => {
    await publishFirst();
    const { body } = await publish(second, { move: { blocks: { ask: 'ask' } }, author: 'Grace' });
    expect(api.actors.moves).toEqual([
      [
        expect.objectContaining({
          id: body.move,
          scenario: 'asking',
          to: { version: body.publication.version, number: 2 },
          awaits: 2,
          blocks: { ask: 'ask' },
          by: 'Grace',
        }),
      ],
    ]);
  });

  it('leaves everybody where they are where nobody asks for it', async () => {
    await publishFirst();
    expect((await publish(second)).body.move).toBeNull();
    expect(api.actors.moves).toEqual([]);
  });

  it('is shown with what each came to, stopped and undone, and every order is in the audit', async () => {
    const version = await publishFirst();
    const begun = await post('moves', { blocks: {} });
    expect(begun.body).toMatchObject({ version, state: 'waiting', undoes: null });
    const { id } = begun.body;
    const move = { id, scenario: 'asking', to: { version }, blocks: {}, by: 'ana', state: 'moving' as const };
    await api.deps.scenarioMoves.record({ ...move, startedAt: 1, counts: { continues: 1, busy: 1 }, busy: 0 });
    const from = { name: 'asking', version: 'old' };
    const answer = { outcome: 'continues', from, block: 'ask', to: 'ask', isOver: false } as const;
    await api.deps.scenarioMoves.recordMoved({ operationId: id, conversationId: 'c1', at: 1, answer });
    expect((await get('moves')).body.items).toMatchObject([{ id, state: 'moving', counts: { continues: 1, busy: 1 } }]);
    const rows = await get(`moves/${id}/conversations`);
    expect(rows.body.items).toMatchObject([{ conversationId: 'c1', outcome: 'continues', block: 'ask', to: 'ask' }]);
    await post(`moves/${id}/stop`);
    const undone = await post(`moves/${id}/undo`);
    expect(undone.body).toMatchObject({ undoes: id, version: null });
    expect(api.actors.stoppedMoves).toEqual([id, id]);
    expect(api.actors.moves.at(-1)).toMatchObject([{ to: { undo: id } }]);
    const audit = await api.call('GET', '/api/v1/audit', { token: ADMIN_TOKEN });
    const actions = audit.body.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['scenario.conversations-moved', 'scenario.move-stopped', 'scenario.move-undone']),
    );
    expect((await get('moves/unknown')).status).toBe(404);
  });
});

const of = (path: string, body?: object) =>
  api.call(body ? 'POST' : 'GET', `/api/v1/conversations/c1/surgery${path}`, {
    token: ADMIN_TOKEN,
    ...(body && { body }),
  });

describe('surgery on a running conversation', () => {
  const surgery = { kind: 'go-to-block', block: 'ask' };

  it('is previewed on the state that the conversation itself tells, and changes nothing', async () => {
    await seedWaiting('c1', await publishFirst());
    const { status, body } = await of('');
    expect(status).toBe(200);
    expect(body).toMatchObject({ block: 'ask', scenario: { name: 'asking' } });
    const preview = await of('/preview', { surgery });
    expect(preview.body).toMatchObject({
      revision: body.revision,
      refusal: null,
      block: 'ask',
      to: 'ask',
      isOver: false,
    });
    expect(preview.body.said.length).toBeGreaterThan(0);
    const nowhere = await of('/preview', { surgery: { kind: 'go-to-block', block: 'nowhere' } });
    expect(nowhere.body).toMatchObject({ refusal: 'no-block' });
    expect(api.actors.operated).toEqual([]);
  });

  it('is carried out by the conversation, for whoever asks, and is in the audit with before and after', async () => {
    await seedWaiting('c1', await publishFirst());
    api.actors.operatedTo = { outcome: 'done', block: 'ask', to: 'ask', isOver: false, before: '"1"', after: '"2"' };
    const order = { clientId: 'k', revision: 'r', surgery: { kind: 'set-variable', name: 'order', value: '2' } };
    const done = await of('', order);
    expect(done).toMatchObject({ status: 200, body: { to: 'ask', before: '"1"', after: '"2"' } });
    expect(api.actors.operated).toEqual([
      ['workflow-of-c1', expect.objectContaining({ ...order, conversationId: 'c1' })],
    ]);
    const { body } = await api.call('GET', '/api/v1/audit?action=conversation.operated', { token: ADMIN_TOKEN });
    expect(body.items[0]).toMatchObject({
      subject: { conversationId: 'c1', kind: 'set-variable', subject: 'order', before: '"1"', after: '"2"' },
    });
  });

  it('is refused with the reason, and with a remedy', async () => {
    await seedWaiting('c1', await publishFirst());
    const order = { clientId: 'k', revision: 'r', surgery };
    api.actors.operatedTo = { outcome: 'refused', reason: 'changed' };
    expect((await of('', order)).body).toMatchObject({ code: 'CONVERSATION_CHANGED' });
    api.actors.operatedTo = { outcome: 'refused', reason: 'with-agent' };
    const { status, body } = await of('', order);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'SURGERY_REFUSED', details: [{ path: 'body.surgery' }] });
    expect((await of('', { ...order, surgery: { kind: 'set-variable', name: 'a b', value: 1 } })).status).toBe(400);
  });
});
