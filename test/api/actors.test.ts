import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationWorkflowId, dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { createActors, type Actors } from '../../adapters/temporal/actors.ts';
import type { IssuedCommand } from '../../contracts/agent-command.ts';
import { startSampleActors, type SampleActors } from './support/sample-actors.ts';

let samples: SampleActors;
let client: Client;
let actors: Actors;

beforeAll(async () => {
  samples = await startSampleActors();
  ({ actors, client } = samples);
});
afterAll(() => samples.close());

const aConversationKey = () => ({ pageId: `page-${randomUUID()}`, psid: 'customer' });
const event = (key: string) => ({ kind: 'message' as const, key, at: 1, attachments: [] });
const command = (fields: object): IssuedCommand =>
  ({
    conversationId: 'c',
    clientId: `ann:${randomUUID()}`,
    contentHash: '',
    agent: { username: 'ann', name: 'Ann' },
    ...fields,
  }) as never;

describe('actors in Temporal', () => {
  it('starts one conversation per customer and gives it all events', async () => {
    const conversationKey = aConversationKey();
    const workflowId = conversationWorkflowId(conversationKey.pageId, conversationKey.psid);
    await Promise.all(['a', 'b', 'c'].map((key) => actors.deliverCustomerEvents(conversationKey, [event(key)])));
    await actors.tellThreadOwner(conversationKey, { owner: 'other-app', at: 5 });
    await actors.runCommand(workflowId, command({ type: 'end' }));
    const result = (await client.workflow.getHandle(workflowId).result()) as { keys: string[]; owners: string[] };
    expect([result.keys.toSorted(), result.owners]).toEqual([['a', 'b', 'c'], ['other-app']]);
  });

  it('wakes a conversation that it woke a moment ago, and starts the next one when that has ended', async () => {
    const conversationKey = aConversationKey();
    const workflowId = conversationWorkflowId(conversationKey.pageId, conversationKey.psid);
    for (const key of ['a', 'b']) await actors.deliverCustomerEvents(conversationKey, [event(key)]);
    const { runId } = await client.workflow.getHandle(workflowId).describe();
    await actors.runCommand(workflowId, command({ type: 'end' }));
    expect(await client.workflow.getHandle(workflowId).result()).toMatchObject({ keys: ['a', 'b'] });
    await actors.deliverCustomerEvents(conversationKey, [event('c')]);
    expect((await client.workflow.getHandle(workflowId).describe()).runId).not.toBe(runId);
    await actors.runCommand(workflowId, command({ type: 'end' }));
    expect(await client.workflow.getHandle(workflowId).result()).toMatchObject({ keys: ['c'] });
  });

  it("gives a command's answer, and the same to its repeat", async () => {
    const conversationKey = aConversationKey();
    const workflowId = conversationWorkflowId(conversationKey.pageId, conversationKey.psid);
    await actors.deliverCustomerEvents(conversationKey, [event('a')]);
    const message = command({ type: 'message', text: 'hi' });
    const first = await actors.runCommand(workflowId, message);
    expect(first).toEqual({ id: `part of ${message.clientId}`, at: 5 });
    expect(await actors.runCommand(workflowId, message)).toEqual(first);
    await expect(actors.runCommand(workflowId, command({ type: 'accept', offerId: 'o' }))).rejects.toMatchObject({
      code: 'OFFER_GONE',
    });
    await client.workflow.getHandle(workflowId).terminate();
  });

  it('says that a conversation has ended where none runs', async () => {
    await expect(actors.runCommand('messenger:none:none', command({ type: 'end' }))).rejects.toMatchObject({
      code: 'CONVERSATION_ENDED',
    });
  });

  it('tells nobody about the thread where no conversation runs', async () => {
    await expect(actors.tellThreadOwner(aConversationKey(), { owner: 'ours', at: 5 })).resolves.toBeUndefined();
  });

  it('starts a dispatcher that does not run yet', async () => {
    const group = randomUUID();
    await actors.tellAgentState(group, { username: 'ann', state: 'ready', at: 1 });
    expect(await client.workflow.getHandle(dispatcherWorkflowId(group)).result()).toBe('ready');
  });

  it('does not hang, and says so, while Temporal is away', async () => {
    const away = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) });
    const startedAt = Date.now();
    await expect(createActors(away).deliverCustomerEvents(aConversationKey(), [event('a')])).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    // Its own bound is 4 s; the rest is for a machine that is busy with other tests.
    expect(Date.now() - startedAt).toBeLessThan(20_000);
  });

  it('says that events are too large, instead of failing for ever', async () => {
    const text = 'x'.repeat(2_500_000);
    expect(await actors.deliverCustomerEvents(aConversationKey(), [{ ...event('a'), text }])).toBe(false);
  });
});
