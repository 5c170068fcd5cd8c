const STEP = 1024;

/** Turns offsets in a JavaScript text into those of the same text in UTF-8; counts the text once, then a stretch for each. */
export function createByteOffsets(text: string): (offset: number) => number {
  const marks: number[] = [0];
  let bytes = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    if (offset % STEP === 0) marks[offset / STEP] = bytes;
    bytes += bytesOf(text.charCodeAt(offset));
  }
  return (offset) => {
    const end = Math.min(Math.max(offset, 0), text.length);
    const mark = Math.floor(end / STEP);
    // A text that ends on a mark has none there.
    const known = marks[mark];
    if (known === undefined) return bytes;
    let total = known;
    for (let at = mark * STEP; at < end; at += 1) total += bytesOf(text.charCodeAt(at));
    return total;
  };
}

/** Of one UTF-16 unit: the two of a pair make four bytes together. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}
