import type { WindowOpener } from '../../contracts/messenger-policy.ts';
import type { QuickReply } from '../../contracts/part.ts';

/** A Page the simulator knows: whom to tell of its events and how to sign them. */
export interface SimulatedPage {
  pageId: string;
  name: string;
  appId: string;
  appSecret: string;
  pageToken: string;
  webhookUrl: string;
  /** Events that may share one webhook call. */
  batchSize: number;
  /** Webhook fields of Page and app; all where absent. */
  subscribedFields?: readonly string[] | undefined;
  appFields?: readonly string[] | undefined;
  permissions?: readonly string[];
  /** Epoch milliseconds; absent: never. */
  tokenExpiresAt?: number | undefined;
  otherApps?: readonly string[] | undefined;
  /** By Meta's names of the fields. */
  profile?: Readonly<Record<string, unknown>> | undefined;
}

export interface SimulatedCustomer {
  pageId: string;
  psid: string;
  name: string;
  /** As Meta writes it: `de_DE`. */
  locale?: string | undefined;
  pictureUrl?: string | undefined;
}

/** An attachment as the control API takes it and a phone shows it. */
export interface SimulatedAttachment {
  type: string;
  url?: string | undefined;
  title?: string | undefined;
  /** Of a template's card. */
  subtitle?: string | undefined;
  coordinates?: { lat: number; long: number } | undefined;
  stickerId?: string | undefined;
  /** Of a template. */
  buttons?: { type: string; title: string; payload?: string; url?: string }[] | undefined;
}

/** One message of a thread, both sides. `seq` counts within the thread from 1. */
export interface ThreadMessage {
  seq: number;
  mid: string;
  from: 'customer' | 'page';
  at: number;
  text?: string;
  attachments?: SimulatedAttachment[];
  quickReplies?: QuickReply[];
  /** Payload of the quick reply or button the customer pressed. */
  payload?: string;
  metadata?: string;
  /** The persona that the Page wrote as. */
  persona?: string | undefined;
  isEdited?: boolean;
  isDeleted?: boolean;
  reactions?: Readonly<Partial<Record<'customer' | 'page', string>>>;
}

/** What becomes of a message later. A reaction without an emoji is taken back. */
export type MessageChange =
  { text: string } | { isDeleted: true } | { reaction: { by: 'customer' | 'page'; emoji?: string | undefined } };

/**
 * One call to `/{page}/messages` with a message. `accepted`: it stands in the thread, whatever the caller was told;
 * `refused`: answered with an error; `dropped`: the connection was cut before anything happened.
 */
export interface GraphSend {
  pageId: string;
  psid: string;
  at: number;
  status: 'accepted' | 'refused' | 'dropped';
  mid?: string;
  metadata?: string;
  text?: string;
  quickReplies?: QuickReply[];
  errorCode?: number;
}

/** A sender action as it came. `mid`: of the message reacted to. */
export interface SenderAction {
  pageId: string;
  psid: string;
  action: string;
  mid?: string;
  reaction?: string | undefined;
  at: number;
}

/** An event on its way to Attendant. */
export interface QueuedEvent {
  id: string;
  pageId: string;
  channel: 'messaging' | 'standby';
  event: object;
}

/** What the simulator remembers, as it happened: its journal is a list of these. */
export type SimulatorRecord =
  | { type: 'page'; page: SimulatedPage }
  | { type: 'customer'; customer: SimulatedCustomer }
  | { type: 'message'; pageId: string; psid: string; message: ThreadMessage }
  | { type: 'send'; send: GraphSend }
  | { type: 'action'; action: SenderAction }
  | { type: 'changed'; pageId: string; psid: string; mid: string; change: MessageChange }
  | { type: 'read'; pageId: string; psid: string; at: number }
  | { type: 'opened'; pageId: string; psid: string; opener: WindowOpener }
  | { type: 'queued'; queued: QueuedEvent }
  | { type: 'delivered'; pageId: string; ids: string[] }
  | { type: 'reset' };
