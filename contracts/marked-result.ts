/** What a local activity gives back: its result, and which request it is the result of. */
export interface MarkedResult {
  mark: string;
  result: unknown;
}

/** The last detail of a local activity's failure: which request it is the failure of. */
interface FailureMark {
  requestMark: string;
}

/** The details of a failure, with the mark of its request. */
export function withMark(details: readonly unknown[] | undefined, mark: string): unknown[] {
  return [...(details ?? []), { requestMark: mark } satisfies FailureMark];
}

/** The mark in the details of a failure; undefined for one that no activity gave, as a time-out. */
export function findMark(details: readonly unknown[] | undefined): string | undefined {
  return (Object(details?.at(-1)) as Partial<FailureMark>).requestMark;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Tells a request to an activity from others of the same workflow: the activity's name, length and 32-bit FNV-1a of its arguments
 * as JSON. It is compared when a history is played again: what it makes of a request is as fixed as the commands of an actor.
 */
export function requestMark(activity: string, args: readonly unknown[]): string {
  const text = JSON.stringify(args);
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  return `${activity}:${text.length}:${(hash >>> 0).toString(36)}`;
}
