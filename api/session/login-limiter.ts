const WINDOW_MS = 60_000;
const MAX_FAILURES = 10;
const MAX_REMEMBERED = 10_000;

/** Bounds failed log-ins per user and address: ten a minute, per process. */
export interface LoginLimiter {
  isBlocked(key: string): boolean;
  recordFailure(key: string): void;
  recordSuccess(key: string): void;
}

/** Creates a limiter in memory; when it is full the oldest keys are forgotten. `now`: epoch milliseconds. */
export function createLoginLimiter(now: () => number): LoginLimiter {
  const failures = new Map<string, { count: number; until: number }>();

  function current(key: string): { count: number; until: number } | undefined {
    const entry = failures.get(key);
    if (entry && entry.until <= now()) {
      failures.delete(key);
      return undefined;
    }
    return entry;
  }

  return {
    isBlocked: (key) => (current(key)?.count ?? 0) >= MAX_FAILURES,
    recordFailure(key) {
      const entry = current(key) ?? { count: 0, until: now() + WINDOW_MS };
      failures.delete(key);
      failures.set(key, { ...entry, count: entry.count + 1 });
      const oldest = failures.keys().next();
      if (failures.size > MAX_REMEMBERED && !oldest.done) failures.delete(oldest.value);
    },
    recordSuccess(key) {
      failures.delete(key);
    },
  };
}
