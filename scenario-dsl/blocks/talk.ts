import { truncateText } from '../../contracts/split-text.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import type { TalkLine } from '../../contracts/operation.ts';

/** What is kept of a talk, and so what a model is told of it again and again: its state and its cost have a bound. */
const MAX_CHARACTERS = 12_000;

/** A line behind the others; the oldest are forgotten where they are too many. */
export function withLine(talk: readonly TalkLine[], { by, text }: TalkLine): TalkLine[] {
  const lines = [...talk, { by, text: truncateText(text, MESSENGER_LIMITS.text) }];
  let room = MAX_CHARACTERS;
  const from = lines.findLastIndex((line) => (room -= line.text.length) < 0);
  return lines.slice(from + 1);
}
