import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeFetchFailure } from '../../../adapters/messenger/fetch-failure.ts';
import { createGraphClient, type GraphClient } from '../../../adapters/messenger/graph-client.ts';
import { appSecretProof } from '../../../adapters/messenger/signature.ts';

interface ReceivedCall {
  method: string | undefined;
  url: URL;
  body: string;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const CREDENTIALS = { pageId: '100', pageToken: 'token-of-the-page', appSecret: 'app-secret' };
const MESSAGE = { ...CREDENTIALS, psid: '200', text: 'Hello', quickReplies: [], partId: 'part-1' };

let server: Server;
let received: ReceivedCall[];
let answer: Answer;

const giveJson =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const accept = giveJson({ recipient_id: '200', message_id: 'm_1' });

function portOf(): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

function clientOf(timeoutMs = 5000): GraphClient {
  return createGraphClient({ graphUrl: `http://127.0.0.1:${portOf()}`, graphVersion: 'v26.0', timeoutMs });
}

beforeEach(async () => {
  received = [];
  answer = accept;
  server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '', 'http://graph');
      received.push({ method: request.method, url, body: await readText(request) });
      answer(response, request);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('sending a message', () => {
  it('posts it as the Send API wants it', async () => {
    await clientOf().sendMessage({ ...MESSAGE, quickReplies: [{ title: 'Yes', payload: 'YES' }] });
    expect(received).toMatchObject([{ method: 'POST', url: { pathname: '/v26.0/100/messages' } }]);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      recipient: { id: '200' },
      messaging_type: 'RESPONSE',
      message: {
        text: 'Hello',
        quick_replies: [{ content_type: 'text', title: 'Yes', payload: 'YES' }],
        metadata: 'part-1',
      },
    });
  });

  it('carries token and proof in the query', async () => {
    await clientOf().sendMessage(MESSAGE);
    expect(Object.fromEntries(received[0]?.url.searchParams ?? [])).toEqual({
      access_token: CREDENTIALS.pageToken,
      appsecret_proof: appSecretProof(CREDENTIALS.pageToken, CREDENTIALS.appSecret),
    });
  });

  it('names no quick replies where there are none', async () => {
    await clientOf().sendMessage(MESSAGE);
    expect(received[0]?.body).not.toContain('quick_replies');
  });

  it('encodes a Page id that is no number', async () => {
    await clientOf().sendMessage({ ...MESSAGE, pageId: 'a/b c' });
    expect(received[0]?.url.pathname).toBe('/v26.0/a%2Fb%20c/messages');
  });

  it('is accepted with the mid', async () => {
    expect(await clientOf().sendMessage(MESSAGE)).toEqual({ outcome: 'accepted', mid: 'm_1', recipientId: '200' });
  });

  it('gives how much of the limits is used', async () => {
    const business = JSON.stringify({ '42': [{ type: 'messenger', call_count: 85, total_time: 3 }] });
    const app = JSON.stringify({ call_count: 28, total_time: 25, total_cputime: 90 });
    answer = giveJson({ message_id: 'm' }, 200, { 'x-app-usage': app, 'x-business-use-case-usage': business });
    expect(await clientOf().sendMessage(MESSAGE)).toMatchObject({ usage: { percent: 90 } });
  });

  it('does without usage headers that cannot be read', async () => {
    answer = giveJson({ message_id: 'm' }, 200, { 'x-app-usage': '{', 'x-business-use-case-usage': '[1]' });
    expect(await clientOf().sendMessage(MESSAGE)).toEqual({ outcome: 'accepted', mid: 'm' });
  });

  it('never left where the connection is refused', async () => {
    const client = clientOf();
    await new Promise((resolve) => server.close(resolve));
    expect(await client.sendMessage(MESSAGE)).toEqual({ outcome: 'never-left', reason: 'ECONNREFUSED' });
  });

  it('is ambiguous where no answer comes in time', async () => {
    answer = () => undefined;
    expect(await clientOf(50).sendMessage(MESSAGE)).toEqual({ outcome: 'ambiguous', reason: 'no answer in time' });
  });

  it('is ambiguous where the connection is cut', async () => {
    answer = (_response, request) => request.socket.destroy();
    expect(await clientOf().sendMessage(MESSAGE)).toMatchObject({ outcome: 'ambiguous' });
  });

  it.each<[string, Answer]>([
    ['1/1357046', giveJson({ error: { code: 1, error_subcode: 1357046 } }, 500)],
    ['a 2xx that is not JSON', (response) => response.writeHead(200).end('<html>')],
    ['a 2xx without a mid', giveJson({ recipient_id: '200' })],
    ['a 5xx of a gateway', (response) => response.writeHead(504).end('<html>')],
  ])('is ambiguous after %s', async (_what, given) => {
    answer = given;
    expect(await clientOf().sendMessage(MESSAGE)).toMatchObject({ outcome: 'ambiguous' });
  });

  it.each<[string, Answer, string]>([
    ['an error object', giveJson({ error: { code: 190 } }, 400), 'page-token'],
    ['an error object under 200', giveJson({ error: { code: 368 } }, 200), 'page-policy'],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://elsewhere/' }).end(), 'final-message'],
    ['a 429 without a body', (response) => response.writeHead(429).end(), 'rate-limited'],
  ])('is refused by %s', async (_what, given, cls) => {
    answer = given;
    expect(await clientOf().sendMessage(MESSAGE)).toMatchObject({ outcome: 'refused', error: { class: cls } });
  });

  it('gives no secret in any outcome', async () => {
    const quoteToken = giveJson({ error: { code: 190, message: `Malformed access token ${'E'.repeat(40)}` } }, 400);
    for (const given of [quoteToken, (response: ServerResponse) => response.destroy()]) {
      answer = given;
      const outcome = JSON.stringify(await clientOf().sendMessage({ ...MESSAGE, pageToken: 'E'.repeat(40) }));
      expect(outcome).not.toMatch(/E{40}|app-secret|access_token|appsecret_proof/);
    }
  });
});

describe('a sender action', () => {
  it('is a call of its own', async () => {
    answer = giveJson({ recipient_id: '200' });
    const outcome = await clientOf().sendAction({ ...CREDENTIALS, psid: '200', action: { type: 'typing_on' } });
    expect(outcome).toEqual({ outcome: 'accepted' });
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ recipient: { id: '200' }, sender_action: 'typing_on' });
  });
});

describe('a profile', () => {
  const request = { ...CREDENTIALS, psid: '200' };

  it('is fetched by its fields', async () => {
    answer = giveJson({ first_name: 'Ada', last_name: 'Byron', profile_pic: 'https://cdn.example/a', id: '200' });
    expect(await clientOf().fetchProfile(request)).toEqual({
      outcome: 'found',
      profile: { firstName: 'Ada', lastName: 'Byron', pictureUrl: 'https://cdn.example/a' },
    });
    expect(received[0]).toMatchObject({ method: 'GET', url: { pathname: '/v26.0/200' } });
  });

  it.each([
    [{ name: 'Sample Customer' }, { firstName: 'Sample Customer' }],
    [{ name: 'Ada Byron', first_name: 'Ada' }, { firstName: 'Ada' }],
    [{ name: 'Ada Byron', last_name: 'Byron' }, { lastName: 'Byron' }],
  ])('of which Meta gives %j has that name', async (given, profile) => {
    answer = giveJson({ ...given, id: '200' });
    expect(await clientOf().fetchProfile(request)).toEqual({ outcome: 'found', profile });
    expect(received[0]?.url.searchParams.get('fields')?.split(',')).toContain('name');
  });

  it('that Meta does not give is no failure', async () => {
    answer = giveJson({ error: { code: 100, error_subcode: 2018218 } }, 400);
    expect(await clientOf().fetchProfile(request)).toMatchObject({
      outcome: 'unavailable',
      error: { subcode: 2018218 },
    });
  });

  it('is waited for no longer than asked', async () => {
    answer = () => undefined;
    const outcome = await clientOf().fetchProfile({ ...request, timeoutMs: 50 });
    expect(outcome).toEqual({ outcome: 'unavailable', reason: 'no answer in time' });
  });
});

function failure(code: string): Error {
  return Object.assign(new Error('failed'), { code });
}

describe('a failed fetch', () => {
  it('never left only where every address failed before connecting', () => {
    const both = new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]);
    const mixed = new AggregateError([failure('ECONNREFUSED'), failure('ECONNRESET')]);
    expect(describeFetchFailure(new TypeError('fetch failed', { cause: both })).outcome).toBe('never-left');
    expect(describeFetchFailure(new TypeError('fetch failed', { cause: mixed })).outcome).toBe('ambiguous');
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])('never left after %s', (code) => {
    expect(describeFetchFailure(new TypeError('fetch failed', { cause: failure(code) })).outcome).toBe('never-left');
  });

  it.each([undefined, 'text', new Error('odd'), failure('UND_ERR_SOCKET')])('is ambiguous for %s', (error) => {
    expect(describeFetchFailure(error).outcome).toBe('ambiguous');
  });
});
