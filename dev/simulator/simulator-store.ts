import { ALL_WEBHOOK_FIELDS } from './control-schema.ts';
import type { OpenedJournal, Journal } from './journal.ts';
import type {
  GraphSend,
  QueuedEvent,
  SimulatedCustomer,
  SimulatedPage,
  SimulatorRecord,
  ThreadMessage,
} from './simulator-record.ts';

/** What the simulator knows, made from its records. Every change is one record, kept before it is answered for. */
export class SimulatorStore {
  readonly #journal: Journal;
  readonly #pages = new Map<string, SimulatedPage>();
  readonly #customers = new Map<string, Map<string, SimulatedCustomer>>();
  readonly #threads = new Map<string, ThreadMessage[]>();
  readonly #queues = new Map<string, QueuedEvent[]>();
  readonly #sends: GraphSend[] = [];

  constructor({ journal, records }: OpenedJournal) {
    this.#journal = journal;
    for (const record of records) this.#apply(record);
  }

  /** Takes a record in; it is safe on disk after the next `flush`. */
  record(record: SimulatorRecord): void {
    this.#apply(record);
    this.#journal.append(record);
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

  /** Events of the Page that Attendant has not taken yet, oldest first. */
  queue(pageId: string): readonly QueuedEvent[] {
    return this.#queues.get(pageId) ?? [];
  }

  #apply(record: SimulatorRecord): void {
    switch (record.type) {
      case 'page':
        this.#pages.set(record.page.pageId, record.page);
        return;
      case 'customer':
        valueOf(this.#customers, record.customer.pageId, () => new Map()).set(record.customer.psid, record.customer);
        return;
      case 'message':
        valueOf(this.#threads, threadKey(record.pageId, record.psid), () => []).push(record.message);
        return;
      case 'send':
        this.#sends.push(record.send);
        return;
      case 'queued':
        valueOf(this.#queues, record.queued.pageId, () => []).push(record.queued);
        return;
      case 'delivered':
        this.#drop(record.pageId, new Set(record.ids));
    }
  }

  #drop(pageId: string, ids: ReadonlySet<string>): void {
    const queue = this.#queues.get(pageId) ?? [];
    // Delivered events are the oldest: cutting the front keeps a long queue cheap.
    while (queue[0] !== undefined && ids.has(queue[0].id)) queue.shift();
  }
}

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
