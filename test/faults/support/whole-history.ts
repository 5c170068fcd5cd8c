import { expect } from 'vitest';
import type { ConversationEventView } from '../../../contracts/history-event-schema.ts';
import { openLiveStream } from '../../support/open-live-stream.ts';
import type { RunningStack } from '../../support/running-stack.ts';
import { until } from '../../support/until.ts';

/** What a socket that comes back by itself was told of histories. */
export interface HistoryWatcher {
  events: ConversationEventView[];
  close(): void;
}

/** Listens to everything from now on. */
export function watchHistory({ url, adminToken }: RunningStack): HistoryWatcher {
  const events: ConversationEventView[] = [];
  const client = openLiveStream(
    { url, token: adminToken },
    {
      onEvent: (event) => {
        if (event.type === 'history') events.push(event.data);
      },
      onReset: () => undefined,
    },
  );
  return { events, close: () => client.close() };
}

/** The history has every event once, in order, and the socket was told each of them once. */
export async function expectWholeHistory(
  stack: RunningStack,
  conversationId: string,
  watcher: HistoryWatcher,
): Promise<void> {
  const list = async (): Promise<ConversationEventView[]> =>
    (await stack.call('GET', `/api/v1/conversations/${conversationId}/events?limit=200`)).body.items;
  // What a worker had not written before it died comes behind what the next one wrote.
  const history = await until('a history without a gap, to its end', async () => {
    const found = await list();
    const isWhole = found.every(({ seq }, index) => seq === index + 1);
    return isWhole && found.at(-1)?.type === 'ended' ? found : undefined;
  });
  const count = (wanted: string): number => history.filter(({ type }) => type === wanted).length;
  expect([count('started'), count('connected'), count('left'), count('first-answer'), count('ended')]).toEqual([
    1, 1, 1, 1, 1,
  ]);
  const messages = history.flatMap(({ type, data }) => (type === 'message' ? [data['messageId']] : []));
  expect(new Set(messages).size).toBe(messages.length);
  // A task that had told the end before its worker died decides it again, under the same numbers and later.
  await until('the same at the socket', async () => isSame(await list(), watcher, conversationId), 60_000);
  watcher.close();
  const told = watcher.events.map(({ id, at }) => `${id} ${at}`);
  expect(new Set(told).size).toBe(told.length);
}

/** Whether the socket's latest word on each event is the history's. */
function isSame(history: ConversationEventView[], { events }: HistoryWatcher, conversationId: string): boolean {
  const latest = new Map(
    events.flatMap((event) => (event.conversationId === conversationId ? [[event.id, event.at]] : [])),
  );
  return history.length === latest.size && history.every(({ id, at }) => latest.get(id) === at);
}
