/** A stretch of a source, offsets with the end exclusive, and what stands there instead. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** The source with the edits made, which do not overlap; every other character stays. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((a, b) => a.start - b.start);
  let result = '';
  let at = 0;
  for (const { start, end, text } of ordered) {
    result += source.slice(at, start) + text;
    at = end;
  }
  return result + source.slice(at);
}
