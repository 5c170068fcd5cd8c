import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createHttpClient, UnexpectedResponseError, type Fetch, type HttpClient } from '../../contracts/http-client.ts';

interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** A client of a server that answers everything with one text, and what was sent to it. */
function clientOf(text: string, status = 200): { call: HttpClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, request) => {
    sent.push({ url, ...request });
    return { ok: status < 300, status, text: async () => text };
  };
  return { call: createHttpClient(fetch, 'http://a'), sent };
}

describe('the typed client', () => {
  it('fills parameters in, escaped, and leaves out what a query does not give', async () => {
    const { call, sent } = clientOf('{"items":[],"next":null}');
    await call('GET /api/v1/conversations/:id/messages', {
      params: { id: 'a/b c' },
      query: { limit: 2, cursor: undefined },
    });
    expect(sent).toEqual([
      { method: 'GET', url: 'http://a/api/v1/conversations/a%2Fb%20c/messages?limit=2', headers: {} },
    ]);
  });

  it('sends a body as JSON', async () => {
    const { call, sent } = clientOf('{"conversationId":"c"}');
    await call('POST /api/v1/conversations/:id/end', { params: { id: 'c' }, body: { clientId: '1' } });
    expect(sent).toMatchObject([{ headers: { 'content-type': 'application/json' }, body: '{"clientId":"1"}' }]);
  });

  it('gives success and refusal as results', async () => {
    const users = await clientOf('{"items":[],"next":null}').call('GET /api/v1/users');
    expect(users).toEqual({ ok: true, status: 200, body: { items: [], next: null } });
    expect(await clientOf('', 204).call('DELETE /api/v1/session')).toEqual({ ok: true, status: 204, body: null });
    const error = { code: 'FORBIDDEN', message: 'No.', details: [] };
    const refused = await clientOf(JSON.stringify(error), 403).call('GET /api/v1/users');
    expect(refused).toEqual({ ok: false, status: 403, error });
  });

  it.each([
    ['a page of a proxy', '<html>', 502],
    ['JSON of somebody else', '{"error":"no"}', 404],
    ['a page instead of JSON', '<html>', 200],
  ])('throws for %s', async (_what, text, status) => {
    await expect(clientOf(text, status).call('GET /api/v1/users')).rejects.toBeInstanceOf(UnexpectedResponseError);
  });
});

const readIds = async (call: HttpClient) => {
  const response = await call('GET /api/v1/conversations', { query: { account: 'shop', state: 'queued' } });
  return response.ok ? response.body.items.map(({ id, psid }) => ({ id, psid })) : response.error.code;
};

// Never run: the compiler reads it, and an expectation without its error fails.
const wrongCalls = async (call: HttpClient): Promise<unknown[]> => [
  // @ts-expect-error there is no such route
  await call('GET /api/v1/conversation'),
  // @ts-expect-error the route has another method
  await call('PUT /api/v1/users'),
  // @ts-expect-error its parameter is missing
  await call('GET /api/v1/conversations/:id'),
  // @ts-expect-error the parameter has another name
  await call('GET /api/v1/conversations/:id', { params: { name: 'c' } }),
  // @ts-expect-error it takes no parameters
  await call('GET /api/v1/users', { params: { id: 'c' } }),
  // @ts-expect-error there is no such filter
  await call('GET /api/v1/conversations', { query: { customer: 'x' } }),
  // @ts-expect-error there is no such state
  await call('GET /api/v1/conversations', { query: { state: 'gone' } }),
  // @ts-expect-error its body is missing
  await call('POST /api/v1/conversations/:id/end', { params: { id: 'c' } }),
  // @ts-expect-error the body lacks its offer
  await call('POST /api/v1/conversations/:id/accept', { params: { id: 'c' }, body: { clientId: '1' } }),
  // @ts-expect-error it takes no body
  await call('POST /api/v1/dead-letters/:id/replay', { params: { id: 'c' }, body: {} }),
  // @ts-expect-error Messenger calls it, with bytes that it has signed
  await call('POST /clientweb/fb/webhook'),
  // @ts-expect-error it gives bytes, and this client reads JSON
  await call('GET /api/v1/files/:id', { params: { id: 'f' } }),
];

describe('the file of the client', () => {
  it('imports types only, so that a browser loads neither zod nor the table', async () => {
    const file = path.join(import.meta.dirname, '..', '..', 'contracts', 'http-client.ts');
    const imports = (await readFile(file, 'utf8')).match(/^import .*/gm) ?? [];
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
  });
});

describe('the types of the client', () => {
  it('give a route its own body', () => {
    expectTypeOf<Awaited<ReturnType<typeof readIds>>>()
      .extract<object>()
      .toEqualTypeOf<{ id: string; psid: string }[]>();
  });

  it('refuse wrong calls', () => {
    expect(wrongCalls).toBeTypeOf('function');
  });
});
