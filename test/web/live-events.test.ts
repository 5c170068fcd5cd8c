import { QueryClient, QueryObserver, type QueryKey } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from '../../contracts/live-event.ts';
import { loadedMessages, messagesQuery } from '../../web/src/shared/data/messages.ts';
import { offersQuery } from '../../web/src/shared/data/offers.ts';
import { applyEvent } from '../../web/src/shared/live/apply-event.ts';

/** The api, which answers when it is told to: each response is what was true when it was asked. */
function slowApi() {
  const asked: ((items: unknown[]) => void)[] = [];
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise((resolve) => {
        asked.push((items) => resolve(Response.json({ items, next: null })));
      }),
  );
  const respond = async (place: number, items: unknown[]): Promise<void> => {
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(place));
    asked[place]?.(items);
  };
  return { respond, count: () => asked.length };
}

/** As a screen that shows it. */
function show(queryClient: QueryClient, query: { queryKey: QueryKey }): () => void {
  return new QueryObserver(queryClient, query).subscribe(() => undefined);
}

const idle = (queryClient: QueryClient): Promise<void> => vi.waitFor(() => expect(queryClient.isFetching()).toBe(0));

const added = (id: string): LiveEvent =>
  ({ seq: 1, type: 'message.added', data: { conversationId: 'c-1', message: { id, text: 'Hello' } } }) as never;

afterEach(() => vi.unstubAllGlobals());

describe('what is told while a response is on its way', () => {
  it('is asked for once more where the first response does not have it yet', async () => {
    const api = slowApi();
    const queryClient = new QueryClient();
    const loading = queryClient.fetchInfiniteQuery(messagesQuery('c-1'));
    applyEvent(queryClient, added('m-1'), 'ana');
    applyEvent(queryClient, added('m-2'), 'ana');
    await api.respond(0, []);
    await loading;
    await expect.poll(() => queryClient.getQueryState(messagesQuery('c-1').queryKey)?.isInvalidated).toBe(true);
  });

  it('is on the screen although a later response was older', async () => {
    const api = slowApi();
    const queryClient = new QueryClient();
    const hide = show(queryClient, offersQuery);
    await api.respond(0, [{ offerId: 'o-1' }, { offerId: 'o-2' }]);
    await idle(queryClient);
    void queryClient.invalidateQueries({ queryKey: offersQuery.queryKey });
    applyEvent(queryClient, { seq: 1, type: 'offer.gone', data: { offerId: 'o-1' } } as never, 'ana');
    applyEvent(queryClient, { seq: 2, type: 'offer.gone', data: { offerId: 'o-2' } } as never, 'ana');
    await api.respond(1, [{ offerId: 'o-1' }, { offerId: 'o-2' }]);
    await api.respond(2, []);
    await idle(queryClient);
    expect(queryClient.getQueryData(offersQuery.queryKey)).toEqual([]);
    expect(api.count()).toBe(3);
    hide();
  });

  it('asks nothing where nothing is on its way', async () => {
    const api = slowApi();
    const queryClient = new QueryClient();
    const loading = queryClient.fetchInfiniteQuery(messagesQuery('c-1'));
    await api.respond(0, []);
    await loading;
    applyEvent(queryClient, added('m-1'), 'ana');
    expect(loadedMessages(queryClient, 'c-1').map(({ id }) => id)).toEqual(['m-1']);
    expect(api.count()).toBe(1);
  });
});
