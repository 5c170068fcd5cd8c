import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { CannedUse } from '../../../../contracts/canned-response-schema.ts';
import type { MediaType } from '../../../../contracts/outbound-attachment.ts';
import { call, isUnreachable, newClientId, unwrap } from '../client/client.ts';
import { serverNow } from '../lib/clock.ts';
import type { WritingMode } from './drafts.ts';
import { loadedMessages, storeMessage, type MessageView } from './messages.ts';

export interface OutgoingFile {
  type: MediaType;
  fileId: string;
  fileName: string;
}

/** Something written that the api has not taken yet. */
export interface Outgoing {
  clientId: string;
  /** Who wrote it: whoever logs in after them sees and sends none of it. */
  username: string;
  conversationId: string;
  mode: WritingMode;
  text: string;
  files: OutgoingFile[];
  mentions: string[];
  canned?: CannedUse | undefined;
  /** Id of the suggestion that it was begun with. */
  suggestion?: string | undefined;
  at: number;
  /** The newest message of the transcript when it was first sent: what came of it stands behind that. Null: there was none. */
  after?: string | null;
  /** `waiting`: for the network. `refused`: for whoever wrote it. */
  state: 'sending' | 'waiting' | 'refused';
  reason?: string;
}

interface OutboxStore {
  outgoing: Outgoing[];
}

/** What is on its way, in order; it outlives a reload of the page. */
export const useOutbox = create<OutboxStore>()(
  persist((): OutboxStore => ({ outgoing: [] }), {
    name: 'attendant.outbox',
    storage: createJSONStorage(() => sessionStorage),
  }),
);

/** Who writes, as the transcript names them. */
export interface Writer {
  username: string;
  name: string;
}

/** Writes something: it shows at once, and leaves as soon as what was written before it has. */
export function write(
  sender: OutboxSender,
  written: Pick<Outgoing, 'conversationId' | 'mode' | 'text' | 'files' | 'mentions' | 'canned' | 'suggestion'>,
): void {
  const { username } = sender.writer;
  const outgoing: Outgoing = { ...written, username, clientId: newClientId(), at: serverNow(), state: 'sending' };
  useOutbox.setState(({ outgoing: before }) => ({ outgoing: [...before, outgoing] }));
  void sender.flush(written.conversationId);
}

export function removeOutgoing(clientId: string): void {
  useOutbox.setState(({ outgoing }) => ({ outgoing: outgoing.filter((each) => each.clientId !== clientId) }));
}

function mark(clientId: string, changes: Partial<Outgoing>): void {
  useOutbox.setState(({ outgoing }) => ({
    outgoing: outgoing.map((each) => (each.clientId === clientId ? { ...each, ...changes } : each)),
  }));
}

export interface OutboxSender {
  writer: Writer;
  /** Sends what waits in a conversation, one after the other. */
  flush: (conversationId: string) => Promise<void>;
  /** The network is back: sends everything that waits. */
  flushAll: () => void;
  /** Sends one again that was refused. */
  retry: (clientId: string) => void;
}

/** Sends what is written. A repeat has the same `clientId`: nothing arrives twice. */
export function createOutboxSender(queryClient: QueryClient, writer: Writer): OutboxSender {
  const running = new Set<string>();
  const isOwn = ({ username }: Outgoing): boolean => username === writer.username;
  const firstOf = (conversationId: string): Outgoing | undefined =>
    useOutbox
      .getState()
      .outgoing.find((each) => isOwn(each) && each.conversationId === conversationId && each.state !== 'refused');

  async function flush(conversationId: string): Promise<void> {
    if (running.has(conversationId)) return;
    running.add(conversationId);
    try {
      for (let next = firstOf(conversationId); next; next = firstOf(conversationId)) {
        if (await sendOne(queryClient, writer, next)) continue;
        // The network says when it is back, but not when a server is.
        setTimeout(() => void flush(conversationId), AGAIN_MS);
        break;
      }
    } finally {
      running.delete(conversationId);
    }
  }

  return {
    writer,
    flush,
    flushAll() {
      const waiting = new Set(
        useOutbox
          .getState()
          .outgoing.filter(isOwn)
          .map(({ conversationId }) => conversationId),
      );
      for (const conversationId of waiting) void flush(conversationId);
    },
    retry(clientId) {
      const outgoing = useOutbox.getState().outgoing.find((each) => each.clientId === clientId);
      if (!outgoing) return;
      mark(clientId, { state: 'sending' });
      void flush(outgoing.conversationId);
    },
  };
}

const AGAIN_MS = 5000;

/** False: it waits, and so does what was written after it. */
async function sendOne(queryClient: QueryClient, writer: Writer, outgoing: Outgoing): Promise<boolean> {
  const { clientId, conversationId, after = loadedMessages(queryClient, conversationId).at(-1)?.id ?? null } = outgoing;
  mark(clientId, { state: 'sending', after });
  try {
    const { id, at } = await post(outgoing);
    if (outgoing.text !== '') storeMessage(queryClient, conversationId, toMessage(outgoing, { id, at, writer }));
    removeOutgoing(clientId);
    return true;
  } catch (error) {
    if (isUnreachable(error)) {
      mark(clientId, { state: 'waiting' });
      return false;
    }
    mark(clientId, { state: 'refused', reason: error instanceof Error ? error.message : String(error) });
    return true;
  }
}

async function post({
  clientId,
  conversationId: id,
  mode,
  text,
  files,
  mentions,
  canned,
  suggestion,
}: Outgoing): Promise<{ id: string; at: string }> {
  const params = { id };
  if (mode === 'note') {
    const body = { clientId, text, ...(mentions.length > 0 && { mentions }) };
    return unwrap(await call('POST /api/v1/conversations/:id/notes', { params, body }));
  }
  if (mode === 'inner') {
    return unwrap(await call('POST /api/v1/conversations/:id/inner-messages', { params, body: { clientId, text } }));
  }
  const attachments = files.map(({ type, fileId }) => ({ type, fileId }));
  const body = {
    clientId,
    text,
    ...(attachments.length > 0 && { attachments }),
    ...(canned && { cannedResponse: canned }),
    ...(suggestion !== undefined && { suggestion }),
  };
  return unwrap(await call('POST /api/v1/conversations/:id/messages', { params, body }));
}

/**
 * What is on its way and not in the transcript yet. A live event may tell the message before the response to its sending comes,
 * and where that response is lost long before: it stands there once all the same.
 *
 * @param outgoing - of one conversation and one writer, in order
 * @param messages - its transcript, oldest first
 */
export function notYetTold(outgoing: readonly Outgoing[], messages: readonly MessageView[]): readonly Outgoing[] {
  // They leave one by one: only the first can have arrived.
  const first = outgoing.find(({ state }) => state !== 'refused');
  return first && isTold(first, messages) ? outgoing.filter((each) => each !== first) : outgoing;
}

function isTold({ after, username, mode, text, files }: Outgoing, messages: readonly MessageView[]): boolean {
  if (after === undefined) return false;
  const newer = messages.slice(messages.findIndex(({ id }) => id === after) + 1);
  return newer.some(
    (message) =>
      message.author.username === username &&
      (message.direction === 'out' ? 'reply' : message.kind) === mode &&
      (text === '' ? message.attachments.length >= files.length : message.text === text),
  );
}

/** The message as the transcript will tell it: it stands there until that comes. */
function toMessage(
  { mode, text, mentions }: Outgoing,
  { id, at, writer }: { id: string; at: string; writer: Writer },
): MessageView {
  const message = { id, at, mid: null, text, attachments: [], author: { kind: 'agent' as const, ...writer } };
  if (mode === 'reply') return { ...message, direction: 'out', status: 'queued' };
  return { ...message, direction: 'internal', kind: mode === 'note' ? 'note' : 'inner', mentions };
}
