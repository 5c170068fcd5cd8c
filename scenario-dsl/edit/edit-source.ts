import { isMap, isSeq, type Node } from 'yaml';
import { readSource } from '../parse/read-source.ts';
import { segmentBlocks, type BlockSegments } from './block-segments.ts';
import { changeValue, type Attempt } from './change-value.ts';
import type { Change, Edited } from './change.ts';
import { isEqual } from './is-equal.ts';
import { insertItem, moveItem, removeItem } from './list-edits.ts';
import { insertFirst, insertPair, removePair, toSourceText, type SourceText } from './map-edits.ts';
import { renderKey, renderValue } from './render-value.ts';
import { findList, findNode, findPair, readTree, startOf, styleOf, type MapNode } from './source-tree.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

export type { Change, Edited } from './change.ts';

/**
 * Makes changes of values by the smallest edits of the text: comments, order and everything else stay as they are. The
 * result is read again before it is given: a text in which the change would mean anything else is refused, not broken.
 * Of changes inside of blocks only these blocks are read: an edit of a large scenario takes no longer than of a small one.
 */
export function editSource(source: string, changes: readonly Change[]): Edited {
  const stretch = findStretch(source, changes);
  if (!stretch) return editWhole(source, changes);
  const { start, end, head } = stretch;
  const edited = editWhole(head + source.slice(start, end), changes);
  if ('problem' in edited) return edited;
  return { source: source.slice(0, start) + edited.source.slice(head.length) + source.slice(end) };
}

/** The lines of the blocks that the changes are in, to be read by themselves. */
function findStretch(
  source: string,
  changes: readonly Change[],
): { start: number; end: number; head: string } | undefined {
  const found = changes.every(({ path }) => path[0] === 'blocks' && path.length > 1)
    ? segmentBlocks(source)
    : undefined;
  if (!found) return undefined;
  const places = changes.flatMap((change) => placesOf(found, change) ?? [-1]);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const [from, to] = [found.segments[first], found.segments[last]];
  if (!from || !to) return undefined;
  // Where the last line has no end the text cannot be put together again from its parts.
  if (to.end === source.length && !source.endsWith('\n')) return undefined;
  return { start: from.start, end: to.end, head: `blocks:${found.lineEnd}` };
}

/** Which blocks have to be read for a change; undefined where that is all of them. */
function placesOf({ segments }: BlockSegments, change: Change): number[] | undefined {
  const indexOf = (id: unknown): number => segments.findIndex((segment) => segment.id === id);
  const at = indexOf(change.path[1]);
  if (change.path.length > 2) return [at];
  if (change.kind === 'rename') return indexOf(change.to) < 0 ? [at] : undefined;
  if (change.kind === 'add' && at < 0)
    return [change.after === undefined ? segments.length - 1 : indexOf(change.after)];
  // A map that loses its only key would have to become {}.
  if (change.kind === 'remove' && at >= 0 && segments.length > 1) return at > 0 ? [at - 1, at] : [at, at + 1];
  return undefined;
}

function editWhole(source: string, changes: readonly Change[]): Edited {
  const before = readSource(source);
  if (before.value === undefined || before.findings.length > 0)
    return { problem: 'The source has to be readable first.' };
  const wanted = changes.reduce<Attempt>(changeValue, { value: before.value });
  if ('problem' in wanted) return wanted;
  const text = toSourceText(source);
  const tree = readTree(source);
  const edits = changes.flatMap((change) => toEdits(text, tree, change));
  const edited = applyEdits(source, edits);
  const after = readSource(edited);
  const isMeant = after.findings.length === 0 && isEqual(after.value, wanted.value);
  return isMeant ? { source: edited } : { problem: 'This text cannot be edited there without changing more of it.' };
}

function toEdits(text: SourceText, tree: Node | null, change: Change): TextEdit[] {
  const { path } = change;
  if (change.kind === 'insert-item' || change.kind === 'move-item') {
    const list = findList(tree, path);
    if (!list) return [];
    return change.kind === 'move-item' ? moveItem(text, list, change) : listOf(insertItem(text, list, change));
  }
  if (change.kind === 'set') {
    const node = findNode(tree, path);
    if (node) return [replaceNode(text, node, change.value)];
  }
  const around = findNode(tree, path.slice(0, -1));
  if (isSeq<Node>(around)) return listOf(removeItem(text, around, Number(path.at(-1))));
  return isMap<Node, Node | null>(around) ? listOf(editMap(text, around, change)) : [];
}

const listOf = (edit: TextEdit | undefined): TextEdit[] => (edit ? [edit] : []);

/** A block map or a folded text ends behind its last line's end, which stays. */
function replaceNode(text: SourceText, node: Node, value: Extract<Change, { kind: 'set' }>['value']): TextEdit {
  const [start, end] = node.range ?? [0, 0];
  const lineEnd = text.source.charAt(end - 1) === '\n' ? text.lineEnd : '';
  return { start, end, text: renderValue(value, text.isJson, styleOf(node)) + lineEnd };
}

type MapChange = Exclude<Change, { kind: 'insert-item' | 'move-item' }>;

function editMap(text: SourceText, map: MapNode, change: MapChange): TextEdit | undefined {
  const key = String(change.path.at(-1) ?? '');
  const pair = findPair(map, key);
  if (change.kind === 'set' || change.kind === 'add') return pair ? undefined : addPair(text, map, change);
  if (!pair) return undefined;
  if (change.kind === 'remove') return removePair(text, map, pair);
  const start = startOf(pair.key);
  return { start, end: pair.key.range?.[1] ?? start, text: renderKey(change.to, text.isJson) };
}

function addPair(text: SourceText, map: MapNode, change: Extract<Change, { kind: 'set' | 'add' }>): TextEdit {
  const added = { key: String(change.path.at(-1) ?? ''), value: change.value };
  if (change.kind === 'set') return insertPair(text, map, added);
  if (change.isFirst === true) return insertFirst(text, map, added);
  const after = change.after === undefined ? undefined : findPair(map, change.after);
  return insertPair(text, map, { ...added, after, ...(change.lines && { lines: change.lines }) });
}
