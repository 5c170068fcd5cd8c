import type { Node } from 'yaml';
import { readSource } from '../parse/read-source.ts';
import type { SourcePath } from '../problems/finding.ts';
import { isEqual } from './is-equal.ts';
import { insertPair, removePair, toSourceText, type SourceText } from './map-edits.ts';
import { renderKey, renderValue, type JsonValue } from './render-value.ts';
import { findMap, findNode, findPair, readTree, startOf, styleOf, type MapNode } from './source-tree.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

/** One change of a source's values. */
export type Change =
  | { kind: 'set'; path: SourcePath; value: JsonValue }
  | { kind: 'remove'; path: SourcePath }
  /** A new key of a map, behind another one or at its end; `lines`: how it is written in a block map. */
  | { kind: 'add'; path: SourcePath; value: JsonValue; after?: string; lines?: readonly string[] }
  | { kind: 'rename'; path: SourcePath; to: string };

export type Edited = { source: string } | { problem: string };

/**
 * Makes changes of values by the smallest edits of the text: comments, order and everything else stay as they are. The
 * result is read again before it is given: a text in which the change would mean anything else is refused, not broken.
 */
export function editSource(source: string, changes: readonly Change[]): Edited {
  const before = readSource(source);
  if (before.value === undefined || before.findings.length > 0)
    return { problem: 'The source has to be readable first.' };
  const wanted = changes.reduce<Attempt>(changeValue, { value: before.value });
  if ('problem' in wanted) return wanted;
  const text = toSourceText(source);
  const tree = readTree(source);
  const edits = changes.flatMap((change) => toEdit(text, tree, change) ?? []);
  const edited = applyEdits(source, edits);
  const after = readSource(edited);
  const isMeant = after.findings.length === 0 && isEqual(after.value, wanted.value);
  return isMeant ? { source: edited } : { problem: 'This text cannot be edited there without changing more of it.' };
}

function toEdit(text: SourceText, tree: Node | null, change: Change): TextEdit | undefined {
  const { path } = change;
  if (change.kind === 'set') {
    const node = findNode(tree, path);
    if (node) return replaceNode(text, node, change.value);
  }
  const map = findMap(tree, path.slice(0, -1));
  return map && editMap(text, map, change);
}

/** A block map or a folded text ends behind its last line's end, which stays. */
function replaceNode(text: SourceText, node: Node, value: JsonValue): TextEdit {
  const [start, end] = node.range ?? [0, 0];
  const lineEnd = text.source.charAt(end - 1) === '\n' ? text.lineEnd : '';
  return { start, end, text: renderValue(value, text.isJson, styleOf(node)) + lineEnd };
}

function editMap(text: SourceText, map: MapNode, change: Change): TextEdit | undefined {
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
  const after = change.after === undefined ? undefined : findPair(map, change.after);
  return insertPair(text, map, { ...added, after, ...(change.lines && { lines: change.lines }) });
}

type Attempt = { value: unknown } | { problem: string };

/** The same change of the values that the text means; keys keep their order. */
function changeValue(attempt: Attempt, change: Change): Attempt {
  if ('problem' in attempt) return attempt;
  const path = change.path.join('.');
  const value = changeAt(attempt.value, change.path, change);
  return value === undefined ? { problem: `There is no place for "${path}".` } : { value };
}

function changeAt(value: unknown, path: SourcePath, change: Change): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change.kind === 'set' ? change.value : undefined;
  if (Array.isArray(value)) return changeItem(value, Number(step), { rest, change });
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const key = String(step);
  const index = entries.findIndex(([name]) => name === key);
  if (rest.length === 0) return changeEntry(entries, { key, index, change });
  const inner = index < 0 ? undefined : changeAt(entries[index]?.[1], rest, change);
  return inner === undefined ? undefined : Object.fromEntries(entries.with(index, [key, inner]));
}

function changeItem(
  items: readonly unknown[],
  index: number,
  { rest, change }: { rest: SourcePath; change: Change },
): unknown {
  if (!(index >= 0 && index < items.length)) return undefined;
  const inner = changeAt(items[index], rest, change);
  return inner === undefined ? undefined : items.with(index, inner);
}

function changeEntry(
  entries: [string, unknown][],
  { key, index, change }: { key: string; index: number; change: Change },
): Record<string, unknown> | undefined {
  if (change.kind === 'set') {
    const entry: [string, unknown] = [key, change.value];
    return Object.fromEntries(index < 0 ? [...entries, entry] : entries.with(index, entry));
  }
  if (change.kind === 'add') {
    const after =
      change.after === undefined ? entries.length - 1 : entries.findIndex(([name]) => name === change.after);
    if (index >= 0 || (after < 0 && change.after !== undefined)) return undefined;
    return Object.fromEntries(entries.toSpliced(after + 1, 0, [key, change.value]));
  }
  if (index < 0) return undefined;
  if (change.kind === 'remove') return Object.fromEntries(entries.toSpliced(index, 1));
  if (entries.some(([name]) => name === change.to)) return undefined;
  return Object.fromEntries(entries.with(index, [change.to, entries[index]?.[1]]));
}
