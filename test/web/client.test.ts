import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, isUnreachable, unwrap } from '../../web/src/shared/client/client.ts';

afterEach(() => vi.unstubAllGlobals());

describe('a call that nobody answers', () => {
  it('is a refusal that says so, so that no caller can forget to tell it', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const response = await call('GET /api/v1/scenarios');
    expect(response).toMatchObject({ ok: false, status: 503, error: { code: 'SERVICE_UNAVAILABLE', details: [] } });
    expect(() => unwrap(response)).toThrow(expect.toSatisfy(isUnreachable));
  });

  it('is the same where something else answers in our place', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })));
    expect(await call('GET /api/v1/scenarios')).toMatchObject({ ok: false, status: 503 });
  });

  it('is not what a fault of our own looks like', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new RangeError('a fault')));
    await expect(call('GET /api/v1/scenarios')).rejects.toThrow('a fault');
  });
});
