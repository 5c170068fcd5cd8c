import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TranscriptMessage } from '../../contracts/conversation-queries.ts';
import { startAnsweringServer, type AnsweringServer } from '../support/answering-server.ts';
import { aConversation } from './support/fake-conversations.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let bot: AnsweringServer;
let ann: string;
let sue: string;

beforeAll(async () => {
  [api, bot] = await Promise.all([startApi(), startAnsweringServer()]);
  await api.apply([
    ...smallConfiguration(),
    { kind: 'secret', name: 'key', value: 'a-very-secret-key' },
    { kind: 'bot', name: 'faq', url: `${bot.origin}/ask`, token: 'key' },
    { kind: 'model', name: 'helper', url: `${bot.origin}/v1/`, model: 'small' },
  ]);
  [ann, sue] = [await api.logIn('ann'), await api.logIn('sue')];
});
afterAll(async () => {
  bot.stop();
  await api.stop();
});

let seq = 0;
const says = (kind: 'customer' | 'agent' | 'scenario', text: string): TranscriptMessage =>
  ({
    id: `m-${(seq += 1)}`,
    seq,
    at: seq,
    mid: null,
    text,
    attachments: [],
    direction: kind === 'customer' ? 'in' : 'out',
    author: { kind },
  }) as unknown as TranscriptMessage;
const note = (text: string): TranscriptMessage => ({ ...says('agent', text), direction: 'internal', kind: 'note' });

beforeEach(async () => {
  bot.received.length = 0;
  bot.answer = (response) => void response.end('{"responses":["Tomorrow.", {"text":"On Friday."}]}');
  await api.db.collection('suggestions').deleteMany({});
  api.actors.answer = ({ clientId }) => ({ id: `c-1:${clientId}`, at: 1 });
  api.conversations.records = [
    aConversation({
      conversationId: 'c-1',
      service: 'support',
      state: 'connected',
      agent: { username: 'ann', name: 'Ann' },
      servedBy: ['ann'],
      answers: [{ name: 'order', value: 'HH-1' }],
      openedWith: JSON.stringify({ variables: { customer: { firstName: 'Nadia' } } }),
    }),
  ];
  api.conversations.messages.set('c-1', [
    says('scenario', 'What is it about?'),
    says('customer', 'A lamp'),
    says('agent', 'One moment'),
    note('she is angry'),
    says('customer', 'When does it come?'),
    says('customer', 'Today?'),
    says('scenario', 'Somebody will be with you in a moment.'),
  ]);
});

const suggestions = (more?: object) =>
  api.apply([{ kind: 'service', name: 'support', skills: ['support'], ...(more && { suggestions: more }) }]);
const ask = (token = ann) => api.call('POST', '/api/v1/conversations/c-1/suggestions', { token, body: {} });
const read = () => api.call('GET', '/api/v1/conversations/c-1/suggestions', { token: ann });
const asked = () => bot.received.map(({ body }) => JSON.parse(body));

describe('suggestions to an agent', () => {
  it('are off until the service names who gives them', async () => {
    await suggestions();
    expect((await read()).body).toEqual({ isOn: false, isAutomatic: false, isAsked: false, items: [] });
    expect((await ask()).body.code).toBe('SUGGESTIONS_OFF');
    expect(bot.received).toEqual([]);
  });

  it('come from a bot that is told the customer’s last words and nothing else, once for each message', async () => {
    await suggestions({ bot: 'faq' });
    expect((await read()).body).toMatchObject({ isOn: true, isAutomatic: false, by: 'faq', isAsked: false, items: [] });
    const { body } = await ask();
    expect(body).toMatchObject({ by: 'faq', isAsked: true });
    expect(body.items.map(({ text }: { text: string }) => text)).toEqual(['Tomorrow.', 'On Friday.']);
    expect(asked()).toEqual([{ conversationId: 'c-1', message: 'When does it come?\nToday?' }]);
    expect(bot.received[0]?.headers.authorization).toBe('Bearer a-very-secret-key');
    expect((await ask()).body).toEqual(body);
    expect((await read()).body).toEqual(body);
    expect(bot.received).toHaveLength(1);
    api.conversations.messages.get('c-1')?.push(says('customer', 'Hello?'));
    await ask();
    expect(asked()[1].message).toBe('Hello?');
  });

  it('come from a model by its instructions; what it is told beside the words is switched on one by one', async () => {
    const completion = { choices: [{ message: { content: '```json\n{"suggestions":["**Tomorrow.**"," "]}\n```' } }] };
    bot.answer = (response) => void response.end(JSON.stringify(completion));
    const model = { model: 'helper', instructions: 'Lamps come within two days.' };
    await suggestions(model);
    expect((await ask()).body.items).toMatchObject([{ text: 'Tomorrow.' }]);
    const [{ messages }] = asked();
    expect(messages[0].content).toContain('Lamps come within two days.');
    expect(messages[1]).toEqual({ role: 'user', content: 'When does it come?\nToday?' });
    expect(bot.received[0]?.body).not.toMatch(/Nadia|HH-1|One moment|she is angry|Ann|c-1/);

    await api.db.collection('suggestions').deleteMany({});
    await suggestions({ ...model, shareTranscript: true, shareAnswers: true, shareFirstName: true });
    await ask();
    const [{ content }] = asked()[1].messages;
    const data = JSON.parse(content.slice(content.indexOf('Data:\n') + 6));
    expect(data).toEqual({
      transcript: [
        { by: 'scenario', text: 'What is it about?' },
        { by: 'customer', text: 'A lamp' },
        { by: 'agent', text: 'One moment' },
        { by: 'customer', text: 'When does it come?' },
        { by: 'customer', text: 'Today?' },
        { by: 'scenario', text: 'Somebody will be with you in a moment.' },
      ],
      answers: { order: 'HH-1' },
      firstName: 'Nadia',
    });
  });

  it('are kept with who was asked for whom, and which message was begun with one', async () => {
    await suggestions({ bot: 'faq' });
    const [first] = (await ask()).body.items;
    const body = { clientId: 'k-1', text: 'Tomorrow, I hope.', suggestion: first.id };
    const send = () => api.call('POST', '/api/v1/conversations/c-1/messages', { token: ann, body });
    const { status, body: sent } = await send();
    expect(status).toBe(200);
    await send();
    expect(await api.db.collection('suggestions').findOne({ conversationId: 'c-1' })).toMatchObject({
      askedBy: 'ann',
      by: { kind: 'bot', name: 'faq' },
      used: [{ id: first.id, messageId: sent.id, agent: 'ann' }],
    });
  });

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ['an error', (response) => void response.writeHead(500).end('a-very-secret-key'), /HTTP 500/],
    ['a broken line', (response) => void response.destroy(), /not reached/],
  ])('are not there after %s, and the agent is told why', async (_what, answer, why) => {
    await suggestions({ bot: 'faq' });
    bot.answer = answer;
    const { status, body } = await ask();
    expect([status, body.code]).toEqual([502, 'SUGGESTIONS_UNAVAILABLE']);
    expect(body.message).toMatch(why);
    expect(JSON.stringify(body)).not.toContain('a-very-secret-key');
    expect((await read()).body).toMatchObject({ isAsked: false, items: [] });
  });

  it('are for those who talk with the customer, where the customer has the last word', async () => {
    await suggestions({ bot: 'faq' });
    expect((await ask(sue)).body.code).toBe('NOT_YOUR_CONVERSATION');
    api.conversations.messages.get('c-1')?.push(says('agent', 'Tomorrow.'));
    expect((await ask()).body).toMatchObject({ isOn: true, isAsked: false, items: [] });
    expect(bot.received).toEqual([]);
  });

  it.each<[object, string]>([
    [{}, 'suggestions.bot'],
    [{ bot: 'faq', model: 'helper', instructions: 'x' }, 'suggestions.model'],
    [{ model: 'helper' }, 'suggestions.instructions'],
    [{ bot: 'fax' }, 'suggestions.bot'],
  ])('are refused where the configuration says %j', async (wrong, path) => {
    const { status, body } = await suggestions(wrong);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(body.details)).toContain(path);
  });
});
