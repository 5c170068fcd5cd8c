/** A set that forgets its oldest keys. */
export interface RecentKeys {
  has(key: string): boolean;
  add(key: string): void;
}

/** Creates a set of at most `capacity` keys. */
export function createRecentKeys(capacity: number): RecentKeys {
  const keys = new Set<string>();
  return {
    has: (key) => keys.has(key),
    add(key) {
      keys.delete(key);
      keys.add(key);
      const [oldest] = keys;
      if (keys.size > capacity && oldest !== undefined) keys.delete(oldest);
    },
  };
}
