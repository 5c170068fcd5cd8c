import type { HttpResponse } from '../contracts/http-client.ts';
import type { ListPage } from '../contracts/conversation-queries.ts';
import { ApiRefusedError } from './api-client.ts';

/** Most items that a page of a list holds. */
const MOST_ITEMS = 200;

/** Every item of a list, page by page as they are wanted. @throws ApiRefusedError where the api refuses a page */
export async function* listAll<Item>(
  readPage: (page: { cursor?: string; limit: number }) => Promise<HttpResponse<ListPage<Item>>>,
): AsyncGenerator<Item> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const response = await readPage({ limit: MOST_ITEMS, ...(cursor !== undefined && { cursor }) });
    if (!response.ok) throw new ApiRefusedError(response.error);
    yield* response.body.items;
    cursor = response.body.next;
  }
}
