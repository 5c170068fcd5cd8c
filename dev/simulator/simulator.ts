import { createHash } from 'node:crypto';
import type { QuickReply } from '../../contracts/part.ts';
import type { CustomerEventRequest } from './control-schema.ts';
import { buildCustomerEvent } from './customer-event.ts';
import type { Faults } from './faults.ts';
import type {
  GraphSend,
  MessageChange,
  QueuedEvent,
  SenderAction,
  SimulatedAttachment,
  SimulatedCustomer,
  SimulatedPage,
  ThreadMessage,
} from './simulator-record.ts';
import { subscribedFields, type SimulatorStore } from './simulator-store.ts';
import { deliveryEvent, echoEvent, messageEvent, postbackEvent, readEvent, type Parties } from './webhook-body.ts';

export interface SimulatorDeps {
  store: SimulatorStore;
  faults: Faults;
  now: () => number;
  /** Gives a new id that no other has. */
  newId: () => string;
  /** Sends what is queued for a Page. */
  wake: (pageId: string) => void;
  /** Runs the task after the time. */
  later: (ms: number, task: () => void) => void;
}

export interface CustomerMessage {
  text?: string | undefined;
  attachments?: SimulatedAttachment[] | undefined;
  quickReplyPayload?: string | undefined;
}

export interface PageMessage {
  text?: string;
  persona?: string | undefined;
  attachments?: SimulatedAttachment[];
  quickReplies: QuickReply[];
  metadata?: string;
}

/** The Send API shows typing for this long. Source: Messenger Platform, sender actions (20 s). */
const TYPING_MS = 20_000;
/** Reactions that have a name. Source: Messenger Platform, webhook event "message_reactions". */
const REACTION_NAMES: Readonly<Record<string, string>> = {
  love: '❤️',
  smile: '😆',
  wow: '😮',
  sad: '😢',
  angry: '😠',
  like: '👍',
  dislike: '👎',
};
const PSID_BASE = 10n ** 16n;

/** What customers and Pages do in the simulated Messenger. Every change is on disk before its promise resolves. */
export class Simulator {
  readonly #deps: SimulatorDeps;
  readonly #typingUntil = new Map<string, number>();

  constructor(deps: SimulatorDeps) {
    this.#deps = deps;
  }

  /** Takes a Page in, or changes it, and sends on what an earlier run left for it. */
  async registerPage(page: SimulatedPage): Promise<void> {
    this.#deps.store.record({ type: 'page', page });
    await this.#flush(page.pageId);
  }

  /** Gives the customer of this name on the Page, always with the same PSID, and changes what is told of the profile. */
  async nameCustomer(
    pageId: string,
    { name, ...profile }: Omit<SimulatedCustomer, 'pageId' | 'psid'>,
  ): Promise<SimulatedCustomer> {
    const { store } = this.#deps;
    const psid = derivePsid(pageId, name);
    const known = store.findCustomer(psid, pageId);
    const isSame = Object.values(profile).every((value) => value === undefined);
    if (known !== undefined && isSame) return known;
    const customer = { ...known, pageId, psid, name, ...profile };
    store.record({ type: 'customer', customer });
    await store.flush();
    return customer;
  }

  async customerWrites(parties: Parties, message: CustomerMessage): Promise<ThreadMessage> {
    const { text, attachments, quickReplyPayload: payload } = message;
    const written = this.#addMessage(parties, {
      from: 'customer',
      ...(text !== undefined && { text }),
      ...(attachments !== undefined && { attachments }),
      ...(payload !== undefined && { payload }),
    });
    if (this.#isSubscribed(parties.pageId, 'messages')) this.#queue(parties.pageId, messageEvent(parties, written));
    await this.#flush(parties.pageId);
    return written;
  }

  async customerPresses(parties: Parties, button: { title: string; payload: string }): Promise<ThreadMessage> {
    const pressed = this.#addMessage(parties, { from: 'customer', text: button.title, payload: button.payload });
    if (this.#isSubscribed(parties.pageId, 'messaging_postbacks'))
      this.#queue(parties.pageId, postbackEvent(parties, pressed));
    await this.#flush(parties.pageId);
    return pressed;
  }

  async customerReads(parties: Parties): Promise<void> {
    const at = this.#deps.now();
    this.#deps.store.record({ type: 'read', ...parties, at });
    this.#queue(parties.pageId, readEvent(parties, at));
    await this.#flush(parties.pageId);
  }

  /** Queues an event in Meta's form as it stands. */
  async sendRawEvent(pageId: string, { event, channel }: Pick<QueuedEvent, 'event' | 'channel'>): Promise<void> {
    this.#queue(pageId, event, channel);
    await this.#flush(pageId);
  }

  /** Takes a message of the Page: into the thread, and out again as delivery and, unless a fault is on, as echo. */
  async pageWrites(parties: Parties, message: PageMessage): Promise<ThreadMessage> {
    const { quickReplies, ...rest } = message;
    const written = this.#addMessage(parties, {
      from: 'page',
      ...rest,
      ...(quickReplies.length > 0 && { quickReplies }),
    });
    this.#typingUntil.delete(typingKey(parties));
    this.#noteSend({ ...parties, ...message, at: written.at, mid: written.mid, status: 'accepted' });
    if (this.#isSubscribed(parties.pageId, 'message_echoes')) this.#echo(parties, written);
    if (this.#isSubscribed(parties.pageId, 'message_deliveries')) {
      this.#queue(parties.pageId, deliveryEvent(parties, written));
    }
    await this.#flush(parties.pageId);
    return written;
  }

  /** Notes a send that changed nothing. */
  async noteFailedSend(send: Omit<GraphSend, 'at'>): Promise<void> {
    this.#noteSend({ ...send, at: this.#deps.now() });
    await this.#deps.store.flush();
  }

  /** What a customer does beside writing; an event whose field the Page does not subscribe reaches nobody. */
  async customerDoes(parties: Parties, eventRequest: CustomerEventRequest): Promise<void> {
    const { now, newId, store } = this.#deps;
    const at = now();
    const mid = `m_${newId()}`;
    const { event, field, isAction } = buildCustomerEvent(parties, eventRequest, { at, mid });
    this.#show(parties, eventRequest, mid);
    if (isAction) {
      const referral = eventRequest.kind === 'referral' ? { source: eventRequest.source } : undefined;
      const kind = eventRequest.kind === 'reaction' ? ('reaction' as const) : ('referral' as const);
      store.record({ type: 'opened', ...parties, opener: { kind, at, ...(referral && { referral }) } });
    }
    if (this.#isSubscribed(parties.pageId, field)) this.#queue(parties.pageId, event);
    await this.#flush(parties.pageId);
  }

  /** Notes a sender action; a reaction is then on its message. */
  async noteAction(action: Omit<SenderAction, 'at'>): Promise<void> {
    const { store, now } = this.#deps;
    store.record({ type: 'action', action: { ...action, at: now() } });
    const { pageId, psid, mid, reaction } = action;
    if (mid !== undefined) {
      const emoji = reaction === undefined ? undefined : (REACTION_NAMES[reaction] ?? reaction);
      store.record({ type: 'changed', pageId, psid, mid, change: { reaction: { by: 'page', emoji } } });
    }
    await store.flush();
  }

  /** Forgets all conversations, and what was sent and waits; Pages and customers stay. */
  async reset(): Promise<void> {
    this.#typingUntil.clear();
    this.#deps.store.record({ type: 'reset' });
    await this.#deps.store.flush();
  }

  setTyping(parties: Parties, isTyping: boolean): void {
    this.#typingUntil.set(typingKey(parties), isTyping ? this.#deps.now() + TYPING_MS : 0);
  }

  isTyping(parties: Parties): boolean {
    return (this.#typingUntil.get(typingKey(parties)) ?? 0) > this.#deps.now();
  }

  /** What an event changes in the thread that both sides look at. */
  #show(parties: Parties, eventRequest: CustomerEventRequest, mid: string): void {
    const change = (changedMid: string, what: MessageChange): void =>
      this.#deps.store.record({ type: 'changed', ...parties, mid: changedMid, change: what });
    switch (eventRequest.kind) {
      case 'reaction':
        change(eventRequest.mid, { reaction: { by: 'customer', emoji: eventRequest.emoji } });
        return;
      case 'edit':
        change(eventRequest.mid, { text: eventRequest.text });
        return;
      case 'delete':
        change(eventRequest.mid, { isDeleted: true });
        return;
      case 'inbox-reply':
        this.#addMessage(parties, { from: 'page', text: eventRequest.text, mid });
        return;
      case 'referral':
      case 'optin':
      case 'account-linking':
      case 'take-thread':
      case 'give-thread':
    }
  }

  #addMessage(parties: Parties, content: Omit<ThreadMessage, 'seq' | 'mid' | 'at'> & { mid?: string }): ThreadMessage {
    const { store, now, newId } = this.#deps;
    const seq = store.thread(parties.pageId, parties.psid).length + 1;
    const message: ThreadMessage = { seq, mid: `m_${newId()}`, at: now(), ...content };
    store.record({ type: 'message', ...parties, message });
    return message;
  }

  #isSubscribed(pageId: string, field: string): boolean {
    const page = this.#deps.store.findPage(pageId);
    return page !== undefined && subscribedFields(page).includes(field);
  }

  #noteSend(send: GraphSend): void {
    this.#deps.store.record({ type: 'send', send });
  }

  #echo(parties: Parties, message: ThreadMessage): void {
    const { faults, later, store } = this.#deps;
    const { echo, delayMs } = faults.echoOf(parties.pageId);
    const event = echoEvent(parties, message, store.findPage(parties.pageId)?.appId ?? '');
    if (echo === 'late') {
      later(delayMs, () => {
        this.#queue(parties.pageId, event);
        void this.#flush(parties.pageId);
      });
      return;
    }
    const times = { on: 1, double: 2, off: 0 }[echo];
    for (let sent = 0; sent < times; sent += 1) this.#queue(parties.pageId, event);
  }

  /** Events of a Page nobody registered have nowhere to go. */
  #queue(pageId: string, event: object, channel: QueuedEvent['channel'] = 'messaging'): void {
    const { store, newId } = this.#deps;
    if (store.findPage(pageId) === undefined) return;
    store.record({ type: 'queued', queued: { id: newId(), pageId, channel, event } });
  }

  async #flush(pageId: string): Promise<void> {
    await this.#deps.store.flush();
    this.#deps.wake(pageId);
  }
}

/** PSIDs are per Page: the same name on another Page is another id. 17 digits, as Meta's. */
function derivePsid(pageId: string, name: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([pageId, name]))
    .digest('hex');
  return String(PSID_BASE + (BigInt(`0x${digest}`) % (9n * PSID_BASE)));
}

function typingKey({ pageId, psid }: Parties): string {
  return JSON.stringify([pageId, psid]);
}
