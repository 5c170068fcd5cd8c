/** One block as it stands in a source: from the line of its id up to the line of the next one. */
interface BlockSegment {
  id: string;
  start: number;
  end: number;
}

/** The lines of `blocks`, found without reading the YAML inside of them. */
export interface BlockSegments {
  /** Where the first block begins and the last one ends. */
  start: number;
  end: number;
  indent: number;
  lineEnd: string;
  segments: BlockSegment[];
}

const BLOCKS_LINE = /^blocks:[ \t]*(?:#[^\r\n]*)?\r?$/m;
const KEY = /^(?:([A-Za-z][\w-]*)|'([^'\n]*)'|"([^"\\\n]*)"):(?=\s|$)/;
/** Documents, directives, anchors and tabs: such a text is read as a whole. */
const ODD = /^(?:---|\.\.\.|%)|^[ ]*\t|(?:^|[\s[{,:-])&[A-Za-z]/m;

/**
 * Finds where each block begins and ends. In YAML whatever is inside of a block stands further in than its id, so lines tell.
 * Undefined where `blocks` is not written a block below the other: as { … }, in JSON, with an id twice.
 */
export function segmentBlocks(source: string): BlockSegments | undefined {
  const head = BLOCKS_LINE.exec(source);
  if (!head || ODD.test(source)) return undefined;
  const found: Found = { indent: 0, keys: [], end: source.length };
  let at = source.indexOf('\n', head.index) + 1;
  if (at === 0) return undefined;
  while (at < source.length) {
    const lineEnd = source.indexOf('\n', at);
    const next = lineEnd < 0 ? source.length : lineEnd + 1;
    const verdict = readLine(source.slice(at, next), at, found);
    if (verdict === 'odd') return undefined;
    if (verdict === 'end') break;
    at = next;
  }
  return toSegments(source, found);
}

interface Found {
  indent: number;
  keys: { id: string; start: number }[];
  end: number;
}

function readLine(line: string, at: number, found: Found): 'goes-on' | 'end' | 'odd' {
  const text = line.trimStart();
  if (text === '' || text.startsWith('#')) return 'goes-on';
  const column = line.length - text.length;
  if (column === 0) {
    found.end = at;
    return 'end';
  }
  if (found.indent === 0) found.indent = column;
  if (column > found.indent) return 'goes-on';
  const key = column === found.indent ? KEY.exec(text) : null;
  if (!key) return 'odd';
  found.keys.push({ id: key[1] ?? key[2] ?? key[3] ?? '', start: at });
  return 'goes-on';
}

function toSegments(source: string, { indent, keys, end }: Found): BlockSegments | undefined {
  const [first] = keys;
  if (!first || new Set(keys.map(({ id }) => id)).size < keys.length) return undefined;
  const segments = keys.map(({ id, start }, index) => ({ id, start, end: keys[index + 1]?.start ?? end }));
  return { start: first.start, end, indent, lineEnd: source.includes('\r\n') ? '\r\n' : '\n', segments };
}
