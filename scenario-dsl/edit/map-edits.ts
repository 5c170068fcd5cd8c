import type { JsonValue } from './render-value.ts';
import { renderKey, renderValue } from './render-value.ts';
import { endOf, isFlow, startOf, type MapNode, type MapPair } from './source-tree.ts';
import type { TextEdit } from './text-edit.ts';

/** The text that is edited: JSON or YAML, and how its lines end. */
export interface SourceText {
  source: string;
  isJson: boolean;
  lineEnd: string;
}

export function toSourceText(source: string): SourceText {
  return { source, isJson: /^\s*\{/.test(source), lineEnd: source.includes('\r\n') ? '\r\n' : '\n' };
}

/** Puts a new key into a map, behind `after` or else behind its last one. */
export function insertPair(
  text: SourceText,
  map: MapNode,
  {
    key,
    value,
    after,
    lines,
  }: { key: string; value: JsonValue; after?: MapPair | undefined; lines?: readonly string[] },
): TextEdit {
  const { isJson, lineEnd } = text;
  const before = after ?? map.items.at(-1);
  const rendered = `${renderKey(key, isJson)}: ${renderValue(value, isJson)}`;
  if (!before) {
    const [start, end] = map.range ?? [0, 0];
    return { start, end: Math.max(start, end), text: isJson ? `{${rendered}}` : `{ ${rendered} }` };
  }
  if (isFlow(map)) return { start: endOf(before), end: endOf(before), text: `, ${rendered}` };
  const indent = ' '.repeat(columnOf(text, startOf(map.items[0]?.key)));
  const written = (lines ?? [rendered]).map((line) => (line === '' ? '' : indent + line)).join(lineEnd);
  const at = endOfLine(text, endOf(before));
  const endsLine = at > 0 && text.source.charAt(at - 1) === '\n';
  return { start: at, end: at, text: endsLine ? written + lineEnd : lineEnd + written };
}

/** Puts a new key before the first one of a map; behind the last one of a flow map or an empty one. */
export function insertFirst(text: SourceText, map: MapNode, added: { key: string; value: JsonValue }): TextEdit {
  const [first] = map.items;
  if (!first || isFlow(map)) return insertPair(text, map, added);
  const start = startOf(first.key);
  const indent = ' '.repeat(columnOf(text, start));
  const rendered = `${renderKey(added.key, text.isJson)}: ${renderValue(added.value, text.isJson)}`;
  return { start, end: start, text: `${rendered}${text.lineEnd}${indent}` };
}

/** Takes a key and its value out of a map; the last one leaves `{}`. */
export function removePair(text: SourceText, map: MapNode, pair: MapPair): TextEdit {
  const index = map.items.indexOf(pair);
  const next = map.items[index + 1];
  const previous = map.items[index - 1];
  const start = startOf(pair.key);
  if (!next && !previous)
    return { start: startOf(map), end: map.range?.[1] ?? endOf(pair), text: onOwnLines(text, map) };
  if (isFlow(map)) {
    return next
      ? { start, end: startOf(next.key), text: '' }
      : { start: previous ? endOf(previous) : start, end: endOf(pair), text: '' };
  }
  const lineStart = text.source.lastIndexOf('\n', start - 1) + 1;
  // The first key of an item of a list shares its line with the dash.
  if (text.source.slice(lineStart, start).trim() !== '')
    return { start, end: next ? startOf(next.key) : endOf(pair), text: '' };
  const end = endOfLine(text, endOf(pair));
  return {
    start: lineStart,
    end: text.source.charAt(end - 1) === '\n' ? end : end + lineEndLength(text, end),
    text: '',
  };
}

/** A block map that becomes `{}` keeps the end of its last line. */
function onOwnLines({ source, lineEnd }: SourceText, map: MapNode): string {
  const end = map.range?.[1] ?? 0;
  return !isFlow(map) && source.charAt(end - 1) === '\n' ? `{}${lineEnd}` : '{}';
}

/** The end of the line, comment included, that holds what ends at `at`; `at` itself where that was the line's end. */
export function endOfLine({ source }: SourceText, at: number): number {
  if (at > 0 && source.charAt(at - 1) === '\n') return at;
  const end = source.indexOf('\n', at);
  if (end < 0) return source.length;
  return source.charAt(end - 1) === '\r' ? end - 1 : end;
}

export function lineEndLength({ source }: SourceText, at: number): number {
  if (source.startsWith('\r\n', at)) return 2;
  return source.startsWith('\n', at) ? 1 : 0;
}

function columnOf({ source }: SourceText, at: number): number {
  return at - (source.lastIndexOf('\n', at - 1) + 1);
}
