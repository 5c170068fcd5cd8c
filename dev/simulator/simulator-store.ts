import { openWindow, type MessagingWindow, type WindowOpener } from '../../contracts/messenger-policy.ts';
import { ALL_WEBHOOK_FIELDS } from './control-schema.ts';
import { Changes } from './changes.ts';
import type { OpenedJournal, Journal } from './journal.ts';
import type {
  GraphSend,
  MessageChange,
  QueuedEvent,
  SenderAction,
  SimulatedCustomer,
  SimulatedPage,
  SimulatorRecord,
  ThreadMessage,
} from './simulator-record.ts';
import type { Parties } from './webhook-body.ts';

/** What the simulator knows, made from its records. Every change is one record, kept before it is answered for. */
export class SimulatorStore {
  readonly #journal: Journal;
  readonly #pages = new Map<string, SimulatedPage>();
  readonly #customers = new Map<string, Map<string, SimulatedCustomer>>();
  readonly #threads = new Map<string, ThreadMessage[]>();
  readonly #queues = new Map<string, QueuedEvent[]>();
  #sends: GraphSend[] = [];
  #senderActions: SenderAction[] = [];
  readonly #windows = new Map<string, MessagingWindow>();
  readonly #seen = new Map<string, SeenTimes>();
  readonly #changes: Changes;

  constructor({ journal, records }: OpenedJournal, changes = new Changes()) {
    this.#journal = journal;
    this.#changes = changes;
    for (const record of records) this.#apply(record);
  }

  /** Takes a record in; it is safe on disk after the next `flush`. */
  record(record: SimulatorRecord): void {
    this.#apply(record);
    this.#journal.append(record);
    this.#tell(record);
  }

  flush(): Promise<void> {
    return this.#journal.flush();
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  get pages(): SimulatedPage[] {
    return [...this.#pages.values()];
  }

  findPage(pageId: string): SimulatedPage | undefined {
    return this.#pages.get(pageId);
  }

  customersOf(pageId: string): SimulatedCustomer[] {
    return [...(this.#customers.get(pageId)?.values() ?? [])];
  }

  /** Finds a customer by PSID, on one Page or, for tokens of Pages never registered, on any. */
  findCustomer(psid: string, pageId?: string): SimulatedCustomer | undefined {
    const customers = pageId === undefined ? [...this.#customers.values()] : [this.#customers.get(pageId)];
    return customers.map((ofPage) => ofPage?.get(psid)).find((customer) => customer !== undefined);
  }

  thread(pageId: string, psid: string): readonly ThreadMessage[] {
    return this.#threads.get(threadKey(pageId, psid)) ?? [];
  }

  sends(pageId?: string, psid?: string): GraphSend[] {
    return this.#sends.filter((send) => (pageId ?? send.pageId) === send.pageId && (psid ?? send.psid) === send.psid);
  }

  senderActions(pageId?: string, psid?: string): SenderAction[] {
    return this.#senderActions.filter(
      (action) => (pageId ?? action.pageId) === action.pageId && (psid ?? action.psid) === action.psid,
    );
  }

  /** The messaging window that a customer's actions opened; of one who did nothing here nothing is known. */
  window(pageId: string, psid: string): MessagingWindow | undefined {
    return this.#windows.get(threadKey(pageId, psid));
  }

  /** Up to when each side has seen the thread. */
  seenAt(pageId: string, psid: string): SeenTimes {
    return this.#seen.get(threadKey(pageId, psid)) ?? {};
  }

  /** Events of the Page that Attendant has not taken yet, oldest first. */
  queue(pageId: string): readonly QueuedEvent[] {
    return this.#queues.get(pageId) ?? [];
  }

  #apply(record: SimulatorRecord): void {
    if (isOfThread(record)) {
      this.#applyToThread(record);
      return;
    }
    switch (record.type) {
      case 'page':
        this.#pages.set(record.page.pageId, record.page);
        return;
      case 'customer':
        valueOf(this.#customers, record.customer.pageId, () => new Map()).set(record.customer.psid, record.customer);
        return;
      case 'queued':
        valueOf(this.#queues, record.queued.pageId, () => []).push(record.queued);
        return;
      case 'delivered':
        this.#drop(record.pageId, new Set(record.ids));
        return;
      case 'reset':
        this.#forget();
    }
  }

  /** What one customer and one Page did to each other. */
  #applyToThread(record: ThreadRecord): void {
    switch (record.type) {
      case 'message':
        valueOf(this.#threads, threadKey(record.pageId, record.psid), () => []).push(record.message);
        if (record.message.from === 'customer') this.#open(record, { kind: 'message', at: record.message.at });
        return;
      case 'changed':
        this.#change(record);
        return;
      case 'read':
        this.#see(record, { byCustomer: record.at });
        return;
      case 'opened':
        this.#open(record, record.opener);
        return;
      case 'action':
        this.#senderActions.push(record.action);
        if (record.action.action === 'mark_seen') this.#see(record.action, { byPage: record.action.at });
        return;
      case 'send':
        this.#sends.push(record.send);
    }
  }

  #forget(): void {
    this.#threads.clear();
    this.#queues.clear();
    this.#windows.clear();
    this.#seen.clear();
    this.#sends = [];
    this.#senderActions = [];
  }

  #see({ pageId, psid }: Parties, times: SeenTimes): void {
    const key = threadKey(pageId, psid);
    this.#seen.set(key, { ...this.#seen.get(key), ...times });
  }

  #change({ pageId, psid, mid, change }: Extract<SimulatorRecord, { type: 'changed' }>): void {
    const thread = this.#threads.get(threadKey(pageId, psid)) ?? [];
    const index = thread.findIndex((message) => message.mid === mid);
    const message = thread[index];
    if (message) thread[index] = changed(message, change);
  }

  #tellOfThread({ pageId, psid }: Parties): void {
    this.#changes.tell({ pageId, psid });
  }

  /** Tells watchers of what a record changed. */
  #tell(record: SimulatorRecord): void {
    if (record.type === 'page' || record.type === 'customer') this.#changes.tell('pages');
    else if (record.type === 'reset') for (const { pageId } of this.pages) this.#tellOfThread({ pageId, psid: '' });
    else if (record.type === 'action') this.#tellOfThread(record.action);
    else if ('psid' in record) this.#tellOfThread(record);
    // How many events wait, and which messages have arrived, is shown in every thread of the Page.
    else if (record.type === 'delivered') this.#changes.tell({ pageId: record.pageId, psid: '' });
  }

  #open({ pageId, psid }: { pageId: string; psid: string }, opener: WindowOpener): void {
    const key = threadKey(pageId, psid);
    const window = openWindow(this.#windows.get(key), opener);
    if (window) this.#windows.set(key, window);
  }

  #drop(pageId: string, ids: ReadonlySet<string>): void {
    const queue = this.#queues.get(pageId) ?? [];
    const count = ids.size;
    // Delivered events are the oldest, but for those that a fault let go first: cutting the front keeps a long queue cheap.
    while (queue[0] !== undefined && ids.has(queue[0].id)) queue.shift();
    const near = queue.splice(0, count + REORDERED_WITHIN);
    queue.unshift(...near.filter(({ id }) => !ids.has(id)));
  }
}

type ThreadRecord = Exclude<SimulatorRecord, { type: 'page' | 'customer' | 'queued' | 'delivered' | 'reset' }>;

const isOfThread = (record: SimulatorRecord): record is ThreadRecord =>
  !['page', 'customer', 'queued', 'delivered', 'reset'].includes(record.type);

interface SeenTimes {
  byCustomer?: number;
  byPage?: number;
}

function changed(message: ThreadMessage, change: MessageChange): ThreadMessage {
  if ('text' in change) return { ...message, text: change.text, isEdited: true };
  if ('isDeleted' in change) return { ...message, isDeleted: true };
  const { by, emoji } = change.reaction;
  const { [by]: _former, ...others } = message.reactions ?? {};
  return { ...message, reactions: { ...others, ...(emoji !== undefined && { [by]: emoji }) } };
}

/** How far from the front an event may be that was delivered before its turn. */
export const REORDERED_WITHIN = 5;

/** Fields that the Page subscribes: all of them where its registration says nothing. */
export function subscribedFields(page: SimulatedPage): readonly string[] {
  return page.subscribedFields ?? ALL_WEBHOOK_FIELDS;
}

function threadKey(pageId: string, psid: string): string {
  return JSON.stringify([pageId, psid]);
}

function valueOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}
