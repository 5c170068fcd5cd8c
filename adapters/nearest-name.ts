/**
 * Finds the known name a person most likely meant; undefined when nothing is near.
 * Near is at most a third of the typed letters, rounded up, changed, added or left out.
 */
export function findNearestName(typed: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.ceil(typed.length / 3) + 1;
  for (const name of known) {
    const distance = countEdits(typed.toLowerCase(), name.toLowerCase());
    if (distance < fewest) {
      fewest = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** Levenshtein's distance, one row at a time. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [rowIndex, letter] of Array.from(from).entries()) {
    const next = [rowIndex + 1];
    for (const [index, other] of Array.from(to).entries()) {
      const replaced = (row[index] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
