/** A value on its way through Temporal: JSON, so that nothing is shared by two actors. */
export type Payload = string;

/** Temporal refuses a payload above this. */
export const MAX_PAYLOAD_BYTES = 2 * 1024 * 1024;
/** gRPC refuses a message above this. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** Below this nobody looks how large a payload is exactly. */
const SMALL_BYTES = 8 * 1024;

/** Writes the arguments of a call. */
export function encode(values: readonly unknown[]): Payload {
  return JSON.stringify(values);
}

/** Reads the arguments of a call; a new copy each time. */
export function decode(payload: Payload): unknown[] {
  return JSON.parse(payload) as unknown[];
}

/** Bytes on the wire; text outside ASCII counts as UTF-8. */
export function sizeOf(payload: Payload): number {
  // Three bytes a character at most: most payloads are seen to be small without being counted.
  return payload.length * 3 < SMALL_BYTES ? payload.length : Buffer.byteLength(payload);
}
