/** Attackers who go on until they are stopped. */
export interface Repetition {
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/** How long an attacker who was answered waits: the load is the api's to bear, not that of the process which measures it. */
const PAUSE_MS = 500;

/** Repeats an attack, `callers` at once. Broken connections are the attacker's own business. */
export function repeat(callers: number, attack: () => Promise<void>): Repetition {
  const over = new AbortController();
  const one = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await attack().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const all = Array.from({ length: callers }, one);
  return {
    async stop() {
      over.abort();
      await Promise.all(all);
    },
  };
}
