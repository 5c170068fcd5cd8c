import { afterEach, describe, expect, it, vi } from 'vitest';
import type { QueryClient } from '@tanstack/react-query';
import { createOutboxSender, useOutbox, write } from '../../web/src/shared/data/outbox.ts';

const queryClient = { setQueryData: () => undefined, getQueryData: () => undefined } as unknown as QueryClient;
const sent: unknown[] = [];

/** The network as it is: away, or there and taking everything. */
function network(isThere: boolean): void {
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    if (!isThere) return Promise.reject(new TypeError('away'));
    sent.push(JSON.parse(body));
    return Promise.resolve(Response.json({ id: 'm-1', at: '2026-11-28T10:00:00.000Z' }));
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  useOutbox.setState({ outgoing: [] });
  sent.length = 0;
});

const words = { conversationId: 'c-1', mode: 'reply' as const, text: 'Hello', files: [], mentions: [] };
const waiting = (): string[] => useOutbox.getState().outgoing.map(({ state }) => state);

describe('what an agent wrote while the network was away', () => {
  it('is not sent in the name of whoever logs in after them, and leaves when they are back', async () => {
    const ann = createOutboxSender(queryClient, { username: 'ann', name: 'Ann' });
    network(false);
    write(ann, words);
    await vi.waitFor(() => expect(waiting()).toEqual(['waiting']));
    network(true);
    const ben = createOutboxSender(queryClient, { username: 'ben', name: 'Ben' });
    ben.flushAll();
    await ben.flush('c-1');
    expect(sent).toEqual([]);
    await ann.flush('c-1');
    expect(sent).toMatchObject([{ text: 'Hello' }]);
    expect(waiting()).toEqual([]);
  });
});
