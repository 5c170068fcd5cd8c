/** True where `actual` has everything that `expected` has: maps may have more keys, lists are compared whole. */
export function isSubset(expected: unknown, actual: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, actual);
  if (typeof actual !== 'object' || actual === null || Array.isArray(expected) !== Array.isArray(actual)) return false;
  if (Array.isArray(expected) && expected.length !== (actual as unknown[]).length) return false;
  return Object.entries(expected).every(([key, value]) =>
    isSubset(value, Object.hasOwn(actual, key) ? (actual as Record<string, unknown>)[key] : undefined),
  );
}
