import type { NumberedNote } from '../../adapters/mongo/live-events.ts';
import { fileIdOf } from '../../adapters/mongo/files-repository.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { OfferView } from '../../contracts/conversation-view-schema.ts';
import type { ConversationEvent } from '../../contracts/history-event.ts';
import type { LiveEvent, LiveNote, MessageReference } from '../../contracts/live-event.ts';
import { keyOfReference, type ReferredMessage } from '../../adapters/mongo/messages-repository.ts';
import { presentConversation, presentMessage } from '../conversations/present-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { describeOffers, type OfferDependencies } from '../desk/describe-offers.ts';
import { findOffer } from '../desk/present-offer.ts';
import { presentAgentEvent, presentConversationEvent } from '../history/present-event.ts';
import { partiesOf, type AudibleEvent } from './may-receive.ts';

/** What events are made from. */
export type MakerDependencies = OfferDependencies & Pick<AppDependencies, 'files' | 'now' | 'watched'>;

/** What was read for a batch of notes. */
interface Found {
  conversations: ReadonlyMap<string, ConversationRecord>;
  messages: ReadonlyMap<string, ReferredMessage>;
  latest: ReadonlyMap<string, ConversationRecord>;
  history: ReadonlyMap<string, ConversationEvent>;
  present: {
    conversation: (record: ConversationRecord) => ReturnType<typeof presentConversation>;
    message: (message: ReferredMessage) => ReturnType<typeof presentMessage>;
  };
  /** By their ids; those that are open no more are absent. */
  offers: ReadonlyMap<string, OfferView>;
}

/** Makes events of notes, as things are now; a note of what is not there any more, as after an erasure, makes none. */
export async function makeEvents(deps: MakerDependencies, notes: readonly NumberedNote[]): Promise<AudibleEvent[]> {
  const found = await find(
    deps,
    notes.map(({ note }) => note),
  );
  return notes.flatMap(({ seq, note }) => {
    const made = make(note, found);
    return made ? [{ audience: { agents: made.agents }, event: { seq, ...made.frame } as LiveEvent }] : [];
  });
}

async function find(deps: MakerDependencies, notes: LiveNote[]): Promise<Found> {
  const { configuration, files, people, watched } = deps;
  const customers = notes.flatMap((note) => (note.type === 'receipt' ? [note] : []));
  const references = notes.flatMap((note) => ('message' in note && isReference(note.message) ? [note.message] : []));
  const events = notes.flatMap((note) => (note.type === 'history' ? [{ ...note, seq: note.eventSeq }] : []));
  const named = new Set(notes.flatMap(conversationIdsOf));
  const [messages, latest, history, first, accounts] = await Promise.all([
    watched.findMessages(references),
    watched.findLatest(customers),
    watched.findEvents(events),
    watched.findConversations([...named]),
    configuration.get(),
  ]);
  const others = [...messages.values()].flatMap(({ conversationId: id }) => (named.has(id) ? [] : [id]));
  const fileIds = [...messages.values()].flatMap(({ message: { id, attachments } }) =>
    attachments.map((_each, index) => fileIdOf(id, index)),
  );
  const [rest, copies] = await Promise.all([
    others.length > 0 ? watched.findConversations([...new Set(others)]) : new Map<string, ConversationRecord>(),
    fileIds.length > 0 ? files.findSettled(fileIds) : new Map<string, never>(),
  ]);
  const conversations = new Map([...first, ...rest]);
  const changed = notes.flatMap((note) =>
    note.type === 'conversation.changed' ? (conversations.get(note.conversationId) ?? []) : [],
  );
  const [contacts, offers] = await Promise.all([
    people.contacts.findOfConversations(changed),
    findOffers(deps, notes, conversations),
  ]);
  return {
    conversations,
    messages,
    latest,
    history,
    present: {
      conversation: (record) => presentConversation(record, { accounts, contact: contacts.get(record.conversationId) }),
      message: ({ message }) => presentMessage(message, copies),
    },
    offers,
  };
}

async function findOffers(
  deps: MakerDependencies,
  notes: readonly LiveNote[],
  conversations: ReadonlyMap<string, ConversationRecord>,
): Promise<Map<string, OfferView>> {
  const described = await Promise.all(
    notes.map(async (note) => {
      if (note.type !== 'offer.made') return [];
      const record = conversations.get(note.conversationId);
      const offer = record && findOffer(record, note.agent, deps.now());
      return offer ? describeOffers(deps, note.agent, [offer]) : [];
    }),
  );
  return new Map(described.flat().map((offer) => [offer.offerId, offer]));
}

const isReference = (message: unknown): message is MessageReference => typeof message === 'object';

function conversationIdsOf(note: LiveNote): string[] {
  if ('conversationId' in note) return [note.conversationId];
  if (!('message' in note) || !isReference(note.message) || !('messageId' in note.message)) return [];
  const { conversationId } = note.message;
  return conversationId === undefined ? [] : [conversationId];
}

interface Made {
  frame: Omit<LiveEvent, 'seq'>;
  agents: string[];
}

// oxlint-disable-next-line complexity -- one line for each kind of note
function make(note: LiveNote, found: Found): Made | undefined {
  switch (note.type) {
    case 'conversation.changed':
      return makeChanged(note.conversationId, found);
    case 'message.added':
    case 'message.changed':
      return makeMessage(note, found);
    case 'receipt':
      return makeReceipt(note, found);
    case 'offer.made':
      return makeOffer(note, found);
    case 'typing': {
      const { type, ...data } = note;
      return ofConversation({ type, data }, note.conversationId, found);
    }
    case 'offer.gone': {
      const { type, ...data } = note;
      return { frame: { type, data }, agents: [note.agent] };
    }
    case 'history':
      return makeHistory(note, found);
    case 'agent.history':
      return { frame: { type: note.type, data: presentAgentEvent(note.event) }, agents: [note.event.username] };
    case 'agent.state': {
      const { type, at, ...state } = note;
      return { frame: { type, data: { ...state, at: new Date(at).toISOString() } }, agents: [note.username] };
    }
    case 'session.replaced':
      // The process that has the socket tells it by itself.
      return undefined;
    case 'queue.changed':
    case 'alert.raised':
    case 'alert.resolved': {
      const { type, ...data } = note;
      return { frame: { type, data }, agents: [] };
    }
  }
}

function ofConversation(
  frame: Made['frame'],
  conversationId: string,
  { conversations }: Pick<Found, 'conversations'>,
): Made | undefined {
  const record = conversations.get(conversationId);
  return record && { frame, agents: partiesOf(record) };
}

/** Whoever was just left hears of it, too. */
function makeChanged(conversationId: string, { conversations, present }: Found): Made | undefined {
  const record = conversations.get(conversationId);
  if (!record) return undefined;
  const left = record.chatEnd ? [record.chatEnd.agent] : [];
  const frame = { type: 'conversation.changed', data: present.conversation(record) } as const;
  return { frame, agents: [...partiesOf(record), ...left] };
}

function makeMessage(note: LiveNote<'message.added' | 'message.changed'>, found: Found): Made | undefined {
  const message = found.messages.get(keyOfReference(note.message));
  if (!message) return undefined;
  const { conversationId } = message;
  const data = { conversationId, message: found.present.message(message) };
  return ofConversation({ type: note.type, data }, conversationId, found);
}

function makeReceipt({ type, pageId, psid, status, upTo }: LiveNote<'receipt'>, { latest }: Found): Made | undefined {
  const record = latest.get(JSON.stringify([pageId, psid]));
  if (!record) return undefined;
  const { conversationId } = record;
  const data = { conversationId, status, upTo: new Date(upTo).toISOString() };
  return { frame: { type, data }, agents: partiesOf(record) };
}

/** None where it is over already: what ended it comes next. */
function makeOffer({ type, offerId, agent }: LiveNote<'offer.made'>, { offers }: Found): Made | undefined {
  const offer = offers.get(offerId);
  return offer && { frame: { type, data: { ...offer, agent } }, agents: [agent] };
}

function makeHistory({ conversationId, eventSeq }: LiveNote<'history'>, found: Found): Made | undefined {
  const record = found.conversations.get(conversationId);
  const event = found.history.get(`${conversationId}:${eventSeq}`);
  if (!record || !event) return undefined;
  const named = 'agent' in event.data ? [event.data.agent] : [];
  const inSegment = event.segment ? [event.segment.agent] : [];
  const frame = { type: 'history', data: presentConversationEvent(event) } as const;
  return { frame, agents: [...partiesOf(record), ...named, ...inSegment] };
}
