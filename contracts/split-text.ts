/** Characters in one text message. Source: messenger-platform research, section 6. */
export const TEXT_LIMIT = 2000;

/**
 * Cuts a text into pieces that Messenger takes: at the end of a sentence, else at a blank, else anywhere but inside a
 * surrogate pair. A short text is one piece; nothing but the blanks at a cut is lost.
 */
export function splitText(text: string, limit: number = TEXT_LIMIT): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const cut = findCut(rest, limit);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '' || pieces.length === 0) pieces.push(rest);
  return pieces;
}

function findCut(text: string, limit: number): number {
  const head = text.slice(0, limit + 1);
  // A border in the first half would leave a stub; better to cut between words then.
  const sentence = Math.max(...['. ', '! ', '? ', '\n'].map((end) => head.lastIndexOf(end, limit - 1)));
  if (sentence >= limit / 2) return sentence + 1;
  const blank = head.lastIndexOf(' ', limit);
  if (blank >= limit / 2) return blank;
  const code = text.charCodeAt(limit - 1);
  const splitsPair = code >= 0xd800 && code <= 0xdbff;
  return splitsPair ? limit - 1 : limit;
}
