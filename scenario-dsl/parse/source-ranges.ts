import type { Finding, SourcePath } from '../problems/finding.ts';

/** Where a value, and its key if it has one, stand: offsets into the source, the end exclusive. */
export interface SourceRange {
  key?: { start: number; end: number };
  start: number;
  end: number;
}

/** Where everything in a source stands, by its path. */
export class SourceRanges {
  private readonly ranges = new Map<string, SourceRange>();
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** Keeps the key's place when the value's is noted after it. */
  note(path: SourcePath, range: SourceRange): void {
    const name = JSON.stringify(path);
    this.ranges.set(name, { ...this.ranges.get(name), ...range });
  }

  find(path: SourcePath): SourceRange | undefined {
    return this.ranges.get(JSON.stringify(path));
  }

  /** What a finding means, at least one character where the source has any. */
  rangeOf(finding: Finding): { start: number; end: number } {
    const range = this.findRange(finding);
    const start = Math.min(range.start, this.source.length);
    return { start, end: Math.min(Math.max(range.end, start + 1), this.source.length) };
  }

  private findRange({ path, atKey, at, length, offset }: Finding): { start: number; end: number } {
    if (offset !== undefined) return { start: offset, end: offset + (length ?? 1) };
    const range = this.findNearest(path);
    if (atKey) return range.key ?? range;
    const start = this.valueOffset(range, at);
    const isExact = start !== range.start || at === 0;
    return { start, end: isExact && length !== undefined ? Math.min(start + length, range.end) : range.end };
  }

  /** The place of a path, or of the key of the nearest thing around it that is written down. */
  private findNearest(path: SourcePath): SourceRange {
    for (let length = path.length; length >= 0; length -= 1) {
      const range = this.find(path.slice(0, length));
      if (range) return length === path.length ? range : (range.key ?? range);
    }
    return { start: 0, end: 0 };
  }

  /** Goes into the scalar when its text stands in the source as it is: no escapes, no folded lines. */
  private valueOffset({ start }: SourceRange, at: number | undefined): number {
    if (at === undefined) return start;
    const quote = this.source.charAt(start);
    const offset = start + (quote === '"' || quote === "'" ? 1 : 0) + at;
    const between = this.source.slice(start + 1, offset);
    return /[\n\\]|''/.test(between) ? start : offset;
  }
}
