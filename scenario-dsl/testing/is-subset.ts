/**
 * True where `actual` has everything that `expected` has: maps may have more keys, lists are compared whole. With
 * `hasWildcards` a `*` in a text stands for any characters.
 */
export function isSubset(expected: unknown, actual: unknown, options: { hasWildcards?: boolean } = {}): boolean {
  if (typeof expected === 'string' && typeof actual === 'string' && options.hasWildcards)
    return isLike(actual, expected);
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, actual);
  if (typeof actual !== 'object' || actual === null || Array.isArray(expected) !== Array.isArray(actual)) return false;
  if (Array.isArray(expected) && expected.length !== (actual as unknown[]).length) return false;
  return Object.entries(expected).every(([key, value]) =>
    isSubset(value, Object.hasOwn(actual, key) ? (actual as Record<string, unknown>)[key] : undefined, options),
  );
}

/** The pieces between the wildcards one after the other, from the beginning to the end. */
function isLike(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === pattern;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.startsWith(first) && text.endsWith(last) && text.length - last.length >= at;
}
