import { signBody } from '../../adapters/messenger/signature.ts';
import type { CallLog, CallNote } from './call-log.ts';
import type { QueuedEvent, SimulatedPage } from './simulator-record.ts';
import type { Faults, WebhookWays } from './faults.ts';
import { REORDERED_WITHIN, type SimulatorStore } from './simulator-store.ts';
import { writeWebhookBody } from './webhook-body.ts';

export interface SignedBody {
  url: string;
  body: Buffer;
  signature: string;
}

export interface WebhookSenderDeps {
  store: SimulatorStore;
  faults: Faults;
  log: CallLog;
  now: () => number;
  /** Resolves after the time, or early when the signal is aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Gives the HTTP status; undefined where no answer came. */
  post: (signed: SignedBody, signal: AbortSignal) => Promise<number | undefined>;
  /** Told of each call that was not taken; `status` is undefined where no answer came. */
  onFailure: (pageId: string, status: number | undefined) => void;
  /** Told that nothing was taken for an hour. */
  onUnsubscribe: (pageId: string) => void;
}

/** Source: Messenger Platform, webhooks: "Webhooks Disabled" after an hour of failures. */
const UNSUBSCRIBE_AFTER_MS = 60 * 60 * 1000;
const FIRST_DELAY_MS = 100;
/** Far below Meta's, so that a stack that comes back is not kept waiting. */
const LONGEST_DELAY_MS = 2000;

/**
 * Sends the queued events of each Page to its webhook, in order, one call at a time, again and again until it gets
 * a 200, as Meta does. Pages do not wait for each other.
 */
export class WebhookSender {
  readonly #deps: WebhookSenderDeps;
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, Promise<void>>();

  constructor(deps: WebhookSenderDeps) {
    this.#deps = deps;
  }

  /** Starts sending what is queued for the Page, unless that is under way. */
  wake(pageId: string): void {
    if (this.#running.has(pageId) || this.#stopping.signal.aborted) return;
    this.#running.set(pageId, this.#sendAll(pageId));
  }

  /** Stops after the calls under way; what they did not deliver stays queued. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running.values());
  }

  async #sendAll(pageId: string): Promise<void> {
    // Lets `wake` note that the Page is running before this may note that it is not.
    await Promise.resolve();
    const { store, now, wait, onFailure } = this.#deps;
    const { signal } = this.#stopping;
    let failures = 0;
    let failingSince = 0;
    while (!signal.aborted) {
      const page = store.findPage(pageId);
      const { events, ways } = this.#nextEvents(pageId, page?.batchSize ?? 1);
      if (page === undefined || events.length === 0) break;
      const status = await this.#deliver(page, { events, ways, isRetry: failures > 0 });
      if (status === 200) {
        failures = 0;
        store.record({ type: 'delivered', pageId, ids: events.map((queued) => queued.id) });
        await store.flush();
      } else if (!signal.aborted) {
        onFailure(pageId, status);
        failingSince = failures === 0 ? now() : failingSince;
        if (now() - failingSince >= UNSUBSCRIBE_AFTER_MS) await this.#unsubscribe(page);
        await wait(Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS), signal);
        failures += 1;
      }
    }
    this.#running.delete(pageId);
  }

  /** Posts the events in the ways that are on and gives the status of the call that counts. */
  async #deliver(
    page: SimulatedPage,
    { events, ways, isRetry }: { events: QueuedEvent[]; ways: WebhookWays; isRetry: boolean },
  ): Promise<number | undefined> {
    if (ways.delay) await this.#deps.wait(ways.delay.delayMs, this.#stopping.signal);
    if (ways.forge) await this.#post(page, events, 'forged');
    const status = await this.#post(page, events, isRetry ? 'retry' : undefined);
    if (status === 200 && ways.redeliver) await this.#post(page, events, 'again');
    return status;
  }

  /** What goes next, in order but for a fault, and how it goes. */
  #nextEvents(pageId: string, batchSize: number): { events: QueuedEvent[]; ways: WebhookWays } {
    const queue = this.#deps.store.queue(pageId);
    if (queue.length === 0) return { events: [], ways: {} };
    const ways = this.#deps.faults.takeForWebhook(pageId);
    const last = Math.min(queue.length, REORDERED_WITHIN) - 1;
    const events = ways.reorder ? queue.slice(last, last + 1) : queue.slice(0, batchSize);
    return { events, ways };
  }

  /** Meta gives up on a receiver that fails for an hour: the Page's subscription and all that waits are gone. */
  async #unsubscribe(page: SimulatedPage): Promise<void> {
    const { store, onUnsubscribe } = this.#deps;
    const { pageId } = page;
    store.record({ type: 'page', page: { ...page, subscribedFields: [] } });
    store.record({ type: 'delivered', pageId, ids: store.queue(pageId).map(({ id }) => id) });
    await store.flush();
    onUnsubscribe(pageId);
  }

  async #post(page: SimulatedPage, events: readonly QueuedEvent[], note?: CallNote): Promise<number | undefined> {
    const { now, log, post } = this.#deps;
    const { pageId, webhookUrl: url } = page;
    const body = writeWebhookBody({ pageId, time: now(), events });
    const signature = signBody(body, note === 'forged' ? `not ${page.appSecret}` : page.appSecret);
    const begunAt = performance.now();
    const end = log.begin({
      at: now(),
      direction: 'webhook',
      pageId,
      method: 'POST',
      path: new URL(url).pathname,
      body,
      note,
    });
    const status = await post({ url, body, signature }, this.#stopping.signal);
    end({ status, ms: Math.round(performance.now() - begunAt) });
    return status;
  }
}

/** Time Meta gives a receiver. Source: Messenger Platform, webhooks ("200 within 5 seconds"). */
const ANSWER_WITHIN_MS = 5000;

/** Posts a signed body over the network. */
export async function postWebhook(signed: SignedBody, signal: AbortSignal): Promise<number | undefined> {
  try {
    const response = await fetch(signed.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        'x-hub-signature-256': signed.signature,
      },
      body: signed.body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    // Whatever the reason, the event was not taken: it is sent again.
    return undefined;
  }
}
