/** What changed: a list, or the thread of a customer with a Page; without a `psid`, all threads of the Page. */
export type Change = 'log' | 'faults' | 'pages' | { pageId: string; psid: string };

type Listener = (changes: Change[]) => void;

/** Changes that come together are told together: a burst of webhooks costs a watcher one look. */
const TOLD_AFTER_MS = 25;

/** Tells those who watch that there is something new to ask for. Without watchers it costs nothing. */
export class Changes {
  readonly #listeners = new Set<Listener>();
  #waiting = new Map<string, Change>();

  tell(change: Change): void {
    if (this.#listeners.size === 0) return;
    if (this.#waiting.size === 0) setTimeout(() => this.#pass(), TOLD_AFTER_MS);
    this.#waiting.set(typeof change === 'string' ? change : JSON.stringify([change.pageId, change.psid]), change);
  }

  /** Gives the way to stop. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #pass(): void {
    const changes = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (const listener of this.#listeners) listener(changes);
  }
}
