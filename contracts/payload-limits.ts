/**
 * What may travel through Temporal at once, in bytes of UTF-8 JSON. Temporal refuses a payload over 2 MB and a message
 * over 4 MB, and ends a workflow whose carried state is larger; ours stay well below, with room for encryption.
 */
export const PAYLOAD_LIMITS = {
  /** Of a signal, of what is recorded with one activity, of what is kept outside as one piece. */
  pieceBytes: 256 * 1024,
  /** Of what a workflow task waits for while it is written: a long message, or several short ones. */
  localBytes: 32 * 1024,
  /** Of the state that a run carries on; what customers have said beyond it waits in MongoDB. */
  carriedBytes: 256 * 1024,
  /** Of what waits to be sent: a scenario hears no more of the customer until some of it has left. */
  outboxBytes: 256 * 1024,
  /** Of what waits to be sent: an agent is refused above it. */
  agentOutboxBytes: 512 * 1024,
} as const;

/** Length of a text in UTF-8, without making it. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // Two for Latin, Greek, Cyrillic, Arabic, three for the rest; the two halves of a pair count four together.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** Length of a value as JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return utf8Bytes(JSON.stringify(value) ?? '');
}

/** Cuts a list into pieces of at most `limitBytes`, in order; an item that is larger alone is a piece of its own. */
export function inPiecesOf<Item>(items: readonly Item[], limitBytes: number): Item[][] {
  const pieces: Item[][] = [];
  for (let from = 0; from < items.length; from += pieces.at(-1)?.length ?? 0) {
    pieces.push(firstPieceOf(items, limitBytes, from));
  }
  return pieces;
}

/** The items from `from` on that fit into `limitBytes` together: at least one, where there is one. */
export function firstPieceOf<Item>(items: readonly Item[], limitBytes: number, from = 0): Item[] {
  let room = limitBytes;
  let end = from;
  for (; end < items.length; end += 1) {
    room -= jsonBytes(items[end]) + 1;
    if (room < 0 && end > from) break;
  }
  return items.slice(from, end);
}
