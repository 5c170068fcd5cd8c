/** What a local activity gives back: its result, and which request it is the result of. */
export interface MarkedResult {
  mark: string;
  result: unknown;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Tells a request to an activity from others of the same workflow: the activity's name, length and 32-bit FNV-1a of its arguments as JSON. */
export function requestMark(activity: string, args: readonly unknown[]): string {
  const text = JSON.stringify(args);
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  return `${activity}:${text.length}:${(hash >>> 0).toString(36)}`;
}
