/**
 * What a socket on `/api/v1/events` tells: `{ seq, type, data }`. And the notes that writers of the read model leave of what
 * they wrote, from which an api process makes those frames. Docs: docs/api.md, "Live events".
 */
import type { AgentStateView } from './agent-command-schema.ts';
import type { AlertRequest } from './alert.ts';
import type { AgentState } from './routing.ts';
import type { ConversationView, MessageView, OfferView } from './conversation-view-schema.ts';
import type { AgentEvent } from './history-event.ts';
import type { AgentEventView, ConversationEventView } from './history-event-schema.ts';

/** What each kind of frame carries. A new kind is a row here, one in `LiveNoteData`, and its making in `api/live/make-events.ts`. */
interface LiveEventData {
  /** The conversation as `GET /conversations/{id}` gives it. */
  'conversation.changed': ConversationView;
  'message.added': { conversationId: string; message: MessageView };
  /** Delivery status, reaction, edit or deletion: the message as it is now. A client that does not know it adds it. */
  'message.changed': { conversationId: string; message: MessageView };
  /** Everything that was sent to the customer up to then was delivered, or read. */
  receipt: { conversationId: string; status: 'delivered' | 'read'; upTo: string };
  /** An agent is writing. Messenger does not tell when a customer is. */
  typing: { conversationId: string; agent: string; isTyping: boolean };
  'offer.made': OfferView & { agent: string };
  'offer.gone': { conversationId: string; offerId: string; agent: string; why: OfferEnd };
  'agent.state': AgentStateView;
  /** Who waits in a group has changed; at most once a second for each. */
  'queue.changed': { group: string };
  'alert.raised': Omit<AlertRequest, 'key'>;
  'alert.resolved': Omit<AlertRequest, 'key' | 'message' | 'remedy'>;
  history: ConversationEventView;
  'agent.history': AgentEventView;
  /** The same agent has opened another socket; this one is closed. */
  'session.replaced': { username: string };
}

export type OfferEnd = 'accepted' | 'rejected' | 'ignored' | 'withdrawn';
type LiveEventType = keyof LiveEventData;

/** A frame. `seq` rises; it is what a client resumes behind. */
export type LiveEvent<Type extends LiveEventType = LiveEventType> = {
  [Each in Type]: { seq: number; type: Each; data: LiveEventData[Each] };
}[Type];

/** Frames that are no events: `ready` is the first of every socket, `reset` tells that too much was missed: fetch anew. */
type LiveControl = { type: 'ready'; seq: number } | { type: 'reset'; seq: number };
export type LiveFrame = LiveEvent | LiveControl;

/** Codes a socket is closed with, beside the standard's. */
export const LIVE_CLOSE = {
  /** It did not take what it was sent: come back with `since`. */
  slow: 4008,
  /** What the user may do has changed: come back, and ask for everything anew. */
  privilegesChanged: 4403,
  /** The log-in is over. */
  loggedOut: 4401,
  /** The same agent has opened another one. */
  replaced: 4409,
} as const;

/** A message by its id, or as Messenger names it; with its conversation where the writer knows that. */
export type MessageReference =
  { messageId: string; conversationId?: string } | { pageId: string; psid: string; mid: string };

/** What a writer notes of what it wrote. Small: what is shown is read when somebody looks. */
interface LiveNoteData {
  'conversation.changed': { conversationId: string };
  'message.added': { message: MessageReference };
  'message.changed': { message: MessageReference };
  receipt: { pageId: string; psid: string; status: 'delivered' | 'read'; upTo: number };
  typing: LiveEventData['typing'];
  'offer.made': { conversationId: string; offerId: string; agent: string };
  'offer.gone': LiveEventData['offer.gone'];
  'agent.state': { username: string; state: AgentState; reason?: string; at: number };
  'queue.changed': { group: string };
  'alert.raised': LiveEventData['alert.raised'];
  'alert.resolved': LiveEventData['alert.resolved'];
  history: { conversationId: string; pieceId: string; eventSeq: number };
  'agent.history': { event: AgentEvent };
  'session.replaced': { username: string; socketId: string };
}

/** One kind of note, or any. */
export type LiveNote<Type extends LiveEventType = LiveEventType> = {
  [Each in Type]: { type: Each } & LiveNoteData[Each];
}[Type];
