/** Colours that a label may have; screens give each of them a shade that can be read in light and dark. */
export const LABEL_COLOURS = ['grey', 'blue', 'green', 'yellow', 'orange', 'red', 'purple'] as const;

/** On one conversation: more tell nothing any more. */
export const MAX_LABELS = 20;

/** Labels with others added and some taken off, each once; the first that were there stay where there are too many. */
export function changeLabels(
  labels: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): string[] {
  const kept = labels.filter((name) => !remove.includes(name));
  return [...new Set([...kept, ...add])].slice(0, MAX_LABELS);
}
