import { afterEach, describe, expect, it, vi } from 'vitest';
import type { QueryClient } from '@tanstack/react-query';
import type { MessageView } from '../../web/src/shared/data/messages.ts';
import { createOutboxSender, notYetTold, useOutbox, write, type Outgoing } from '../../web/src/shared/data/outbox.ts';

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

const own = (id: string, text: string, more: Partial<MessageView> = {}): MessageView => ({
  id,
  at: '2026-11-28T10:00:00.000Z',
  mid: null,
  text,
  attachments: [],
  author: { kind: 'agent', username: 'ann', name: 'Ann' },
  direction: 'out',
  ...more,
});
const sending = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  ...words,
  text,
  clientId: `c-${text}`,
  username: 'ann',
  at: 0,
  state: 'sending',
  after: 'm-1',
  ...more,
});

describe('what an agent wrote, once the transcript tells it', () => {
  it('does not stand there twice while the response to its sending is on its way, or lost', () => {
    for (const state of ['sending', 'waiting'] as const) {
      expect(notYetTold([sending('Hello', { state })], [own('m-1', 'Hello'), own('m-2', 'Hello')])).toEqual([]);
    }
    const note = own('m-2', 'Carrier', { direction: 'internal', kind: 'note' });
    expect(notYetTold([sending('Carrier', { mode: 'note' })], [own('m-1', 'Hello'), note])).toEqual([]);
    expect(notYetTold([sending('Hello', { after: null })], [own('m-1', 'Hello')])).toEqual([]);
  });

  it('stands there while nothing newer is the same, of the same kind, by the same person', () => {
    const outgoing = [sending('Hello')];
    const another: MessageView['author'] = { kind: 'agent', username: 'ben', name: 'Ben' };
    for (const newer of [
      [],
      [own('m-2', 'Hello!')],
      [own('m-2', 'Hello', { author: another })],
      [own('m-2', 'Hello', { direction: 'internal', kind: 'note' })],
    ]) {
      expect(notYetTold(outgoing, [own('m-1', 'Hello'), ...newer])).toEqual(outgoing);
    }
    // Not sent yet: the one before it, with the same words, is not it.
    const second = [sending('ok', { state: 'refused' }), sending('ok', { after: 'm-2' })];
    expect(notYetTold(second, [own('m-1', 'Hello'), own('m-2', 'ok')])).toEqual(second);
  });
});
