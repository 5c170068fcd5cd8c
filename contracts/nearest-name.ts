/** No name that a person types is longer; the distance of longer ones would cost time for nothing. */
const LONGEST_NAME = 100;

/**
 * Finds the known name that a person most likely meant; undefined where nothing is near enough to offer.
 * Near is at most a third of the letters, two at least where the names are not short, changed, added or left out; case, hyphens, underscores and spaces
 * do not count.
 */
export function findNearestName(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length > LONGEST_NAME) return undefined;
  let nearest: string | undefined;
  let fewest = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const distance = countEdits(toLetters(typed), toLetters(name));
    if (distance < fewest && distance < name.length && isLike(typed, name, distance)) {
      fewest = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** Of short names most of the letters are the same, or all in another order: `bey` is `bye`, and `find` is not `end`. */
function isLike(typed: string, name: string, distance: number): boolean {
  return 2 * distance < typed.length + name.length - 3 || distance < 2 || sorted(typed) === sorted(name);
}

function sorted(name: string): string {
  return Array.from(toLetters(name)).toSorted().join('');
}

/** `sendMessage`, `Send_Message` and `send-message` are the same name to a person. */
function toLetters(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Levenshtein's distance, one row at a time. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from.charAt(i - 1) === to.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
