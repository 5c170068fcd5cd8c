import type { Node } from 'yaml';
import { endOfLine, lineEndLength, type SourceText } from './map-edits.ts';
import { renderValue, type JsonValue } from './render-value.ts';
import { startOf, type ListNode } from './source-tree.ts';
import type { TextEdit } from './text-edit.ts';

/** Puts a new item before the one at `index`, or behind the last. Undefined where the list is written in a way that bears none. */
export function insertItem(
  text: SourceText,
  list: ListNode,
  { index, value }: { index: number; value: JsonValue },
): TextEdit | undefined {
  const rendered = renderValue(value, text.isJson);
  const [before, after] = [list.items[index - 1], list.items[index]];
  if (!before && !after) {
    const [start = 0, end = start] = list.range ?? [];
    return list.flow === true ? { start, end, text: `[${rendered}]` } : undefined;
  }
  if (list.flow === true) {
    if (after) return { start: startOf(after), end: startOf(after), text: `${rendered}, ` };
    const end = endOfNode(text, before);
    return { start: end, end, text: `, ${rendered}` };
  }
  return insertLine(text, { before, after, rendered });
}

function insertLine(
  text: SourceText,
  { before, after, rendered }: { before: Node | undefined; after: Node | undefined; rendered: string },
): TextEdit | undefined {
  const lineStart = startOfItem(text, after ?? before);
  if (lineStart === undefined) return undefined;
  const dash = /^[ ]*-[ ]+/.exec(text.source.slice(lineStart))?.[0] ?? '- ';
  if (after) return { start: lineStart, end: lineStart, text: `${dash}${rendered}${text.lineEnd}` };
  const at = endOfLine(text, endOfNode(text, before));
  return { start: at, end: at, text: `${text.lineEnd}${dash}${rendered}` };
}

/** Takes an item out; the last one leaves `[]`. */
export function removeItem(text: SourceText, list: ListNode, index: number): TextEdit | undefined {
  const item = list.items[index];
  if (!item) return undefined;
  const [previous, next] = [list.items[index - 1], list.items[index + 1]];
  const end = endOfNode(text, item);
  if (!previous && !next) return { start: startOf(list), end: endOfNode(text, list), text: '[]' };
  if (list.flow === true) {
    return next
      ? { start: startOf(item), end: startOf(next), text: '' }
      : { start: endOfNode(text, previous), end, text: '' };
  }
  const lineStart = startOfItem(text, item);
  if (lineStart === undefined) return undefined;
  const lineEnd = endOfLine(text, end);
  return { start: lineStart, end: lineEnd + lineEndLength(text, lineEnd), text: '' };
}

/** Gives the places of the items that move the texts of those that come there; dashes and commas stay. */
export function moveItem(text: SourceText, list: ListNode, { from, to }: { from: number; to: number }): TextEdit[] {
  const moved = moveWithin(list.items, { from, to });
  return list.items.flatMap((item, index) => {
    const comes = moved[index];
    if (!comes || comes === item) return [];
    const [start, end] = [startOf(item), endOfNode(text, item)];
    return [{ start, end, text: text.source.slice(startOf(comes), endOfNode(text, comes)) }];
  });
}

export function moveWithin<Item>(items: readonly Item[], { from, to }: { from: number; to: number }): Item[] {
  const [item] = items.slice(from, from + 1);
  return item === undefined ? [...items] : items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Where the line of an item begins; undefined where something else stands before its dash. */
function startOfItem({ source }: SourceText, item: Node | undefined): number | undefined {
  const start = startOf(item);
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  return /^[ ]*-[ ]+$/.test(source.slice(lineStart, start)) ? lineStart : undefined;
}

/** Where a node's own text ends: a block map's range goes on to the next line. */
function endOfNode({ source }: SourceText, node: Node | undefined): number {
  const [start = 0, end = start] = node?.range ?? [];
  return start + source.slice(start, end).trimEnd().length;
}
