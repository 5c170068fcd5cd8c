import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import { askModel } from '../../../activities/operations/ask-model.ts';
import { createGuardedFetch } from '../../../adapters/guarded-fetch.ts';
import type { Model } from '../../../adapters/mongo/configuration/configuration-items.ts';
import type { OperationResult } from '../../../contracts/operation.ts';
import { startAnsweringServer, type AnsweringServer } from '../../support/answering-server.ts';

type Question = Parameters<typeof askModel>[1]['operation'];

let server: AnsweringServer;
let models: Model[];

beforeAll(async () => {
  server = await startAnsweringServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.received.splice(0);
  models = [{ name: 'gpt', url: `${server.origin}/v1/`, model: 'gpt-5', token: 'key' }];
});

const question: Question = {
  name: 'ask-model',
  instructions: 'You are the assistant of the Moon Inn.',
  shared: { seats: 4 },
  talk: [
    { by: 'model', text: 'Hello!' },
    { by: 'customer', text: 'A table?' },
  ],
  actions: [{ name: 'reserve', description: 'A table is wanted.' }],
  maxTokens: 300,
};

function ask(more: Partial<Question> = {}, { attempt = 1, timeoutMs = 5000 } = {}): Promise<OperationResult> {
  const snapshot = { models: () => models, secrets: () => [{ name: 'key', value: 'tell-nobody' }] };
  const get = async () => snapshot;
  const deps = {
    configuration: { get, refreshNow: get },
    guardedFetch: createGuardedFetch({ privateHosts: ['127.0.0.1'] }),
    now: Date.now,
  } as unknown as ActivityDependencies;
  const operation = { ...question, ...more };
  const request = { conversationId: 'c-1', effectId: 'a:3', pageId: 'page-1', psid: 'psid-1', entry: 'door' };
  return askModel(deps, { ...request, operation, timeoutMs }, { number: attempt, deadlineAt: Date.now() + timeoutMs });
}

const completion = (message: object, finish = 'stop'): string =>
  JSON.stringify({
    id: 'x',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
  });

function answer(message: object, finish?: string): void {
  server.answer = (response) => void response.end(completion(message, finish));
}

const calls = (name: string, args: unknown = '{}') =>
  answer({ content: 'Of course!', tool_calls: [{ id: 't', type: 'function', function: { name, arguments: args } }] });

describe('ask-model', () => {
  it('asks in the form of OpenAI, and tells the model what the operation holds and nothing else', async () => {
    answer({ content: 'For how many?' });
    expect(await ask()).toEqual({ outcome: 'done', values: { text: 'For how many?' } });
    const [received] = server.received;
    expect(received).toMatchObject({ method: 'POST', url: '/v1/chat/completions' });
    expect(received?.headers).toMatchObject({ authorization: 'Bearer tell-nobody' });
    const { messages, tools, ...rest } = JSON.parse(received?.body ?? '');
    expect(rest).toEqual({ model: 'gpt-5', max_tokens: 300 });
    expect(messages.slice(1)).toEqual([
      { role: 'assistant', content: 'Hello!' },
      { role: 'user', content: 'A table?' },
    ]);
    expect(messages[0].content).toMatch(/^You are the assistant of the Moon Inn\.[^]*Data:\n\{"seats":4\}$/);
    const names = tools.map(({ function: { name } }: { function: { name: string } }) => name);
    expect(names).toEqual(['reserve', 'done', 'hand-over']);
    expect(received?.body + JSON.stringify(received?.headers)).not.toMatch(/c-1|page-1|psid-1/);
  });

  it.each([
    ['an action', 'reserve', '{}', { action: 'reserve' }],
    ['the end', 'done', '', { action: 'done' }],
    ['a person, in doubt', 'hand-over', '{"why": "doubt"}', { action: 'hand-over', why: 'doubt' }],
    ['a person, with arguments as they are', 'hand-over', { why: 'doubt' }, { action: 'hand-over', why: 'doubt' }],
    ['a person, without a reason', 'hand-over', '{', { action: 'hand-over', why: 'asked' }],
  ])('takes %s for a choice, and not what is said beside it', async (...[, name, args, values]) => {
    calls(name, args);
    expect(await ask()).toEqual({ outcome: 'done', values });
  });

  it('fails where the model chooses what is not allowed, whoever talked it into that', async () => {
    calls('refund', '{"amount": 1000000}');
    expect(await ask()).toEqual({ outcome: 'failed', reason: 'The model chose what is not allowed.', values: {} });
  });

  it.each([
    ['a refusal', { content: null, refusal: 'I cannot.' }, 'stop'],
    ['a filter', { content: '' }, 'content_filter'],
  ])('takes %s for doubt', async (...[, message, finish]) => {
    answer(message, finish);
    expect((await ask()).values).toEqual({ action: 'hand-over', why: 'doubt' });
  });

  it.each([
    ['Markdown', '# Menu\n\n\n\n**Fish** and [wine](https://a.test/w)', 'Menu\n\nFish and wine (https://a.test/w)'],
    ['what it thinks', '<think>hm\nhm</think>\nYes.', 'Yes.'],
    ['control characters', 'a\u0000b\u0007', 'a b'],
    ['half a character', 'ok \ud83d', 'ok \ufffd'],
  ])('brings %s to what Messenger shows', async (...[, content, text]) => {
    answer({ content });
    expect((await ask()).values).toEqual({ text });
  });

  it('cuts a long text so that it fits a message, and what is kept of an answer', async () => {
    answer({ content: 'word '.repeat(2000) });
    expect((await ask()).values).toEqual({ text: expect.stringMatching(/^.{1400,1500}$/) });
    answer({ content: '"\\'.repeat(2000) });
    expect(JSON.stringify((await ask()).values).length).toBeLessThan(1900);
  });

  it.each([
    ['nothing said', completion({ content: '  ' }), 'The model answered nothing.'],
    ['no completion', '{"error":{}}', 'The model’s answer is no chat completion.'],
    ['no JSON', '<html>', 'The model’s answer is no chat completion.'],
  ])('fails for %s', async (...[, body, reason]) => {
    server.answer = (response) => void response.end(body);
    expect(await ask()).toEqual({ outcome: 'failed', reason, values: {} });
  });

  it('leaves what may pass to the next attempt, twice', async () => {
    server.answer = (response) => void response.writeHead(429, { 'retry-after': '2' }).end();
    await expect(ask()).rejects.toMatchObject({ nextRetryDelay: 2000 });
    await expect(ask({}, { attempt: 2 })).rejects.toMatchObject({ nextRetryDelay: 2000 });
    expect(await ask({}, { attempt: 3 })).toMatchObject({ outcome: 'failed', reason: 'The model answered HTTP 429.' });
  });

  it('asks by the newer name of the bound where the model wants that', async () => {
    server.answer = (response, { body }) => {
      if (body.includes('"max_completion_tokens":300')) response.end(completion({ content: 'Yes.' }));
      else response.writeHead(400).end(`{"error":{"message":"Use 'max_completion_tokens' instead."}}`);
    };
    expect((await ask()).values).toEqual({ text: 'Yes.' });
    expect(JSON.parse(server.received[1]?.body ?? '')).not.toHaveProperty('max_tokens');
  });

  it('times out with the block, and tells no customer the token', async () => {
    server.answer = () => undefined;
    expect((await ask({}, { timeoutMs: 200 })).outcome).toBe('timeout');
    answer({ content: 'My key is tell-nobody.' });
    expect((await ask()).values).toEqual({ text: 'My key is ***.' });
  });

  it('needs to know which model is meant', async () => {
    await expect(ask({ account: 'claude' })).rejects.toThrow('The configuration has no model "claude".');
    models.push({ name: 'other', url: server.origin, model: 'm' });
    await expect(ask()).rejects.toThrow('several models');
  });

  it('shares no more than a bounded text', async () => {
    answer({ content: 'Yes.' });
    await ask({ shared: { orders: 'x'.repeat(100_000) } });
    expect(server.received[0]?.body.length).toBeLessThan(20_000);
  });
});
