/**
 * Groups what belongs to variables. Gives, for a name, all that belongs to the variable, to a part of it, or to a map that
 * holds it.
 */
export function indexByVariable<Value>(entries: Iterable<readonly [string, Value]>): (name: string) => Value[] {
  const byName = new Map<string, Value[]>();
  const byPart = new Map<string, Value[]>();
  for (const [name, value] of entries) {
    addTo(byName, name, value);
    for (const part of listParts(name)) addTo(byPart, part, value);
  }
  return (name) => [
    ...(byPart.get(name) ?? []),
    ...listParts(name)
      .slice(0, -1)
      .flatMap((part) => byName.get(part) ?? []),
  ];
}

/** `a.b.c`, and with it `a` and `a.b`. */
export function listParts(name: string): string[] {
  return name.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'));
}

/** Adds to what a key has. */
export function addTo<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const known = groups.get(key) ?? [];
  known.push(value);
  groups.set(key, known);
}
