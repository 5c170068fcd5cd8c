import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import type { NewConversationEvent } from '../../contracts/history-event.ts';
import { openLiveClient, type LiveState } from '../../contracts/live-client.ts';
import { LIVE_CLOSE, type LiveEvent, type LiveFrame, type LiveNote } from '../../contracts/live-event.ts';
import { until } from '../support/until.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let address: string;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  address = await listen(api);
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await api.stop();
});

async function listen({ app }: TestApi): Promise<string> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return `127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

interface Listener {
  socket: WebSocket;
  frames: LiveFrame[];
  /** Code it was closed with. */
  closed: () => number | undefined;
}

function connect(token: string | undefined, { query = '', headers = {}, at = address } = {}): Listener {
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://${at}/api/v1/events${query}`, { headers: { ...bearer, ...headers } });
  sockets.push(socket);
  const frames: LiveFrame[] = [];
  let code: number | undefined;
  socket.on('message', (data: Buffer) => void frames.push(JSON.parse(data.toString()) as LiveFrame));
  socket.on('close', (closedWith) => (code = closedWith));
  socket.on('error', () => undefined);
  socket.on('unexpected-response', (_request, response) => (code = response.statusCode));
  return { socket, frames, closed: () => code };
}

async function join(token: string, options?: Parameters<typeof connect>[1]): Promise<Listener> {
  const listener = connect(token, options);
  await until('the first frame', () => listener.frames.length > 0);
  return listener;
}

const history = (conversationId: string, eventSeq: number): LiveNote => ({
  type: 'history',
  conversationId,
  pieceId: `${conversationId}:1`,
  eventSeq,
});

/** A conversation as the worker records it. */
async function record(changes: Parameters<typeof aConversation>[0] = {}): Promise<void> {
  const { conversations, history: told } = createReadModel(api.db, Date.now);
  const conversation = aConversation(changes);
  await conversations.record(conversation);
  const events = Array.from({ length: 300 }, (_each, index): NewConversationEvent => ({
    seq: index + 1,
    at: Date.UTC(2026, 0, 1),
    actor: { kind: 'system' },
    type: 'held',
    data: { until: Date.UTC(2026, 0, 2) },
  }));
  const scenario = { name: 'tiny', version: 'a'.repeat(64) };
  await told.recordPiece({ conversationId: conversation.conversationId, scenario, events });
}

const seqsOf = ({ frames }: Listener): number[] =>
  frames.flatMap((frame) => (frame.type === 'ready' || frame.type === 'reset' ? [] : [frame.seq]));
const typesOf = ({ frames }: Listener): string[] => frames.map(({ type }) => type);

describe('the socket of live events', () => {
  it('takes log-ins as HTTP does, and a cookie from its own site only', async () => {
    const nobody = connect(undefined);
    const stranger = connect('not-a-token');
    const token = await api.logIn('ann');
    const cookie = { cookie: `attendant_session=${token}` };
    const elsewhere = connect(undefined, { headers: { ...cookie, origin: 'https://evil.example' } });
    const own = connect(undefined, { headers: { ...cookie, origin: `http://${address}` } });
    await until('answers', () => [nobody, stranger, elsewhere].every(({ closed }) => closed() !== undefined));
    expect([nobody.closed(), stranger.closed(), elsewhere.closed()]).toEqual([401, 401, 403]);
    await until('the first frame', () => own.frames.length > 0);
    expect((await api.call('GET', '/api/v1/events', { token })).status).toBe(426);
  });

  it('tells supervisors everything and agents what concerns them', async () => {
    await record({ agent: { username: 'ann', name: 'Ann' }, state: 'connected' });
    await record({ conversationId: 'c-2', psid: 'customer-2', agent: { username: 'bob', name: 'Bob' } });
    const [ann, sue] = [await join(await api.logIn('ann')), await join(await api.logIn('sue'))];
    await api.deps.live.tell([
      { type: 'conversation.changed', conversationId: 'c-1' },
      { type: 'conversation.changed', conversationId: 'c-2' },
      { type: 'conversation.changed', conversationId: 'erased' },
      history('c-2', 1),
      { type: 'agent.state', username: 'ann', state: 'ready', at: 0 },
      { type: 'agent.state', username: 'bob', state: 'ready', at: 0 },
      { type: 'alert.raised', kind: 'token', message: 'The token is dead' },
      history('c-1', 1),
    ]);
    await until(
      'the last',
      () => typesOf(ann).includes('history') && typesOf(sue).filter((t) => t === 'history').length === 2,
    );
    expect(typesOf(ann)).toEqual(['ready', 'conversation.changed', 'agent.state', 'history']);
    expect(typesOf(sue)).toEqual([
      'ready',
      'conversation.changed',
      'conversation.changed',
      'history',
      'agent.state',
      'agent.state',
      'alert.raised',
      'history',
    ]);
    expect(ann.frames[1]).toMatchObject({ data: { id: 'c-1', state: 'connected', account: 'shop' } });
    expect(ann.frames[3]).toMatchObject({ data: { type: 'held', data: { until: '2026-01-02T00:00:00.000Z' } } });
  });

  it('resumes where a socket was, in order and once, also at another process', async () => {
    await record();
    const other = await startApi((deps) => ({ ...deps, live: api.deps.live, watched: api.deps.watched }));
    const otherAddress = await listen(other);
    const first = await join(ADMIN_TOKEN);
    await api.deps.live.tell([history('c-1', 1), history('c-1', 2)]);
    await until('two', () => seqsOf(first).length === 2);
    const [, since = 0] = seqsOf(first);
    first.socket.terminate();
    for (let seq = 3; seq <= 250; seq += 1) await api.deps.live.tell([history('c-1', seq)]);
    const [again, elsewhere] = await Promise.all([
      join(ADMIN_TOKEN, { query: `?since=${since}` }),
      join(ADMIN_TOKEN, { query: `?since=${since}`, at: otherAddress }),
    ]);
    await api.deps.live.tell([history('c-1', 251)]);
    for (const listener of [again, elsewhere]) {
      await until('all', () => seqsOf(listener).length >= 249);
      expect(seqsOf(listener)).toEqual(Array.from({ length: 249 }, (_each, index) => since + 1 + index));
    }
    elsewhere.socket.terminate();
    await other.app.close();
  });

  it('says reset to one that was away for longer than notes are kept', async () => {
    await api.deps.live.tell([history('c-1', 1)]);
    await api.deps.live.tell([history('c-1', 2)]);
    await api.deps.live.tell([history('c-1', 3)]);
    await api.deps.live.deleteOlderThan(Date.now() + 1000);
    const late = await join(ADMIN_TOKEN, { query: '?since=1' });
    const fromTheFuture = await join(ADMIN_TOKEN, { query: '?since=1000' });
    expect([late.frames[0], fromTheFuture.frames[0]]).toEqual([
      { type: 'reset', seq: 3 },
      { type: 'reset', seq: 3 },
    ]);
  });

  it('cuts a client off that takes nothing, and keeps nobody waiting for it', async () => {
    await record();
    const [slow, quick] = [await join(ADMIN_TOKEN), await join(ADMIN_TOKEN)];
    slow.socket.pause();
    const large = 'x'.repeat(20_000);
    for (let count = 0; count < 400; count += 1) {
      await api.deps.live.tell([{ type: 'alert.raised', kind: 'large', message: large }]);
    }
    await until('all at the quick one', () => seqsOf(quick).length === 400);
    slow.socket.resume();
    await until('the end of the slow one', () => slow.closed() !== undefined);
    expect(seqsOf(slow).length).toBeLessThan(400);
    expect([LIVE_CLOSE.slow, 1006]).toContain(slow.closed());
  });

  it('is an agent’s lease, which a second device takes over', async () => {
    const token = await api.logIn('ann');
    const first = await join(token);
    await until('the lease', async () => (await api.db.collection('presence').findOne({}))?.['socketId'] !== undefined);
    const second = await join(token);
    await until('the end of the first', () => first.closed() !== undefined);
    expect(first.closed()).toBe(LIVE_CLOSE.replaced);
    expect(typesOf(first).at(-1)).toBe('session.replaced');
    expect(second.closed()).toBeUndefined();
    await api.call('GET', '/api/v1/agents/me/state', { token });
    const [presence] = await api.db.collection('presence').find().toArray();
    // Calls over HTTP renew it for ten minutes where there is no socket.
    expect(presence?.['leaseUntil']).toBeLessThan(Date.now() + 31_000);
  });

  it('stays with the page that was loaded anew, however late the lease of the one before it is taken', async () => {
    const { presence } = api.deps;
    const take = presence.openSocket.bind(presence);
    let taken = 0;
    presence.openSocket = async (...lease) => {
      taken += 1;
      if (taken === 1) await new Promise((resolve) => setTimeout(resolve, 300));
      return take(...lease);
    };
    const token = await api.logIn('ann');
    const first = await join(token);
    first.socket.terminate();
    const second = await join(token);
    await until('both leases', () => taken === 2);
    await until('the word of the second', async () => (await api.deps.live.findNextSeq()) > 2);
    // A third hears of itself behind whatever was told before.
    const marker = await join(ADMIN_TOKEN);
    await api.deps.live.tell([{ type: 'alert.raised', kind: 'marker', message: 'x' }]);
    await until('the marker', () => typesOf(marker).includes('alert.raised'));
    expect(second.closed()).toBeUndefined();
  });

  it('comes back by itself through the typed client, with nothing missed and nothing doubled', async () => {
    await record();
    const seen: LiveEvent[] = [];
    const states: LiveState[] = [];
    let resets = 0;
    const client = openLiveClient({
      url: `ws://${address}/api/v1/events`,
      open: (url) => {
        const socket = new WebSocket(url, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
        sockets.push(socket);
        return socket;
      },
      wait: (run, ms) => {
        const timer = setTimeout(run, ms / 10);
        return () => clearTimeout(timer);
      },
      onEvent: (event) => void seen.push(event),
      onReset: () => (resets += 1),
      onState: (state) => void states.push(state),
    });
    await until('open', () => states.includes('open'));
    for (let seq = 1; seq <= 60; seq += 1) {
      await api.deps.live.tell([history('c-1', seq)]);
      if (seq % 20 === 10) sockets.at(-1)?.terminate();
    }
    await until('all', () => seen.length >= 60);
    client.close();
    expect(seen.map(({ data }) => (data as { seq: number }).seq)).toEqual(Array.from({ length: 60 }, (_e, i) => i + 1));
    expect(resets).toBe(1);
    expect(states.at(-1)).toBe('closed');
  });
});
