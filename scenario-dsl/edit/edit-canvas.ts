// What is done on the canvas, made of edits of the text. Each keeps what the other blocks do, or says why it cannot be.
import { getBlockWays } from '../blocks/block-behaviours.ts';
import type { SourcePath } from '../problems/finding.ts';
import { segmentBlocks } from './block-segments.ts';
import type { Change, Edited } from './change.ts';
import {
  addBlock,
  findBlock,
  noBlock,
  readReferences,
  renameBlock,
  wireExit,
  type BlockSource,
} from './edit-scenario.ts';
import { editSource } from './edit-source.ts';
import { readBlocks, type SourceBlock } from './read-blocks.ts';

/** A way out: `next`, an exit by its name, or a branch by the place of its target. */
export type WayOut = { exit: string } | { path: SourcePath };

/** Leads a way out of a block elsewhere; a branch always leads somewhere. */
export function wireWay(
  source: string,
  { block, way, target }: { block: string; way: WayOut; target: string | undefined },
): Edited {
  if ('exit' in way) return wireExit(source, { block, exit: way.exit, target });
  const type = findBlock(source, block)?.type;
  if (type === undefined) return noBlock(block);
  const path = ['blocks', block, type, ...way.path];
  return editSource(source, [{ kind: 'set', path, value: target ?? 'end' }]);
}

/** Adds a block that nothing leads to yet, without changing where any other goes on. */
export function addLooseBlock(source: string, { id, block }: { id: string; block: BlockSource }): Edited {
  const last = readBlocks(source)?.blocks.at(-1);
  // Behind the last block the conversation ended, and does so still.
  const closed =
    last && goesOnBelow(last) ? wireExit(source, { block: last.id, exit: 'next', target: 'end' }) : { source };
  return then(closed, (text) => addBlock(text, { id, block }));
}

/** Puts a new block on the way from one block to another. `target`: where the way leads. */
export function insertOnWay(
  source: string,
  {
    from,
    way,
    target,
    id,
    block,
  }: { from: string; way: WayOut; target: string | undefined; id: string; block: BlockSource },
): Edited {
  const found = findBlock(source, from);
  if (!found) return noBlock(from);
  const isBelow = 'exit' in way && way.exit === 'next' && found.next === undefined;
  // On the way to the block below the order alone says where it goes on.
  if (isBelow) return addBlock(source, { id, block, after: from });
  const leading = target === undefined ? block : { ...block, next: target };
  return then(addLooseBlock(source, { id, block: leading }), (text) => wireWay(text, { block: from, way, target: id }));
}

/** Whether it goes on at whatever stands below it. */
function goesOnBelow({ block, next, exits, type }: SourceBlock): boolean {
  if (next !== undefined || type === 'exit' || type === 'return' || type === 'goto') return false;
  if (!block) return true;
  const { ways, exits: known } = getBlockWays(block);
  return ways.some(({ way, target }) => {
    const exit = known.find(({ name }) => name === way);
    return target === undefined && (!exit || (exit.kind === 'outcome' && exits[way] === undefined));
  });
}

/** Takes a block out; what led to it leads to where it went on. */
export function deleteBlock(source: string, id: string): Edited {
  const { blocks, around } = readReferences(source);
  const index = blocks.findIndex((block) => block.id === id);
  const found = blocks[index];
  if (!found) return noBlock(id);
  if (blocks.length === 1) return { problem: 'A scenario has at least one block.' };
  const below = blocks[index + 1]?.id;
  const named = found.next === id ? undefined : found.next;
  const heir = named ?? below ?? 'end';
  const above = blocks[index - 1];
  const isFallenInto = above !== undefined && goesOnBelow(above) && named !== undefined && named !== below;
  const references = [...blocks.filter((block) => block.id !== id).flatMap((block) => block.references), ...around];
  const changes = references
    .filter(({ target }) => target === id)
    .map(({ path }): Change => ({ kind: 'set', path, value: heir }));
  const next: Change[] = isFallenInto ? [{ kind: 'set', path: ['blocks', above.id, 'next'], value: heir }] : [];
  const moved = [...changes, ...next];
  return then(moved.length === 0 ? { source } : editSource(source, moved), (text) =>
    editSource(text, [{ kind: 'remove', path: ['blocks', id] }]),
  );
}

/** Moves a block up or down in the order, which is the default way on. Its comment above it goes along. */
export function moveBlock(source: string, { id, by }: { id: string; by: 1 | -1 }): Edited {
  const found = segmentBlocks(source);
  const index = found?.segments.findIndex((segment) => segment.id === id) ?? -1;
  const other = found?.segments[index + by];
  if (!found || index < 0) return { problem: 'The blocks are not written one below the other.' };
  if (!other) return { source };
  const pieces = splitPieces(
    source,
    found.segments.map(({ start }) => start),
    found.end,
  );
  const [upper, lower] = by === 1 ? [index, index + 1] : [index - 1, index];
  const [first, second] = [pieces[upper], pieces[lower]];
  if (!first || !second || !source.endsWith('\n')) return { problem: 'The text has to end with a line of its own.' };
  const moved =
    source.slice(0, first.start) + textOf(source, second) + textOf(source, first) + source.slice(second.end);
  return isReadable(moved, source) ? { source: moved } : { problem: 'This text cannot be moved as it stands.' };
}

interface Piece {
  start: number;
  end: number;
}

const textOf = (source: string, { start, end }: Piece): string => source.slice(start, end);

/** Each block with the lines of comments right above it. */
function splitPieces(source: string, starts: readonly number[], end: number): Piece[] {
  const begins = starts.map((start, index) => (index === 0 ? start : startOfComment(source, start)));
  return begins.map((start, index) => ({ start, end: begins[index + 1] ?? end }));
}

function startOfComment(source: string, start: number): number {
  let at = start;
  while (at > 0) {
    const lineStart = source.lastIndexOf('\n', at - 2) + 1;
    if (!/^[ ]+#/.test(source.slice(lineStart, at))) break;
    at = lineStart;
  }
  return at;
}

function isReadable(text: string, before: string): boolean {
  return readBlocks(text)?.blocks.length === readBlocks(before)?.blocks.length;
}

/** The text of blocks, for the clipboard: what `pasteBlocks` takes, also in another scenario. */
export function copyBlocks(source: string, ids: readonly string[]): string {
  const found = segmentBlocks(source);
  const copied = (found?.segments ?? []).filter(({ id }) => ids.includes(id));
  const indent = found?.indent ?? 2;
  const lines = copied.flatMap(({ start, end }) => source.slice(start, end).trimEnd().split(/\r?\n/));
  return `${lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join('\n')}\n`;
}

/** Adds copied blocks that nothing leads to yet, under ids of their own. Gives the ids, too. */
export function pasteBlocks(source: string, copied: string): Edited & { ids?: string[] } {
  const found = segmentBlocks(source);
  const into = readBlocks(source)?.blocks;
  if (!found || !into) return { problem: 'The blocks are not written one below the other.' };
  let text = `blocks:\n${copied
    .split(/\r?\n/)
    .map((line) => (line.trim() === '' ? '' : `  ${line}`))
    .join('\n')}`;
  const pasted = readBlocks(text)?.blocks ?? [];
  if (pasted.length === 0) return { problem: 'There are no blocks on the clipboard.' };
  const taken = new Set(into.map(({ id }) => id));
  const ids: string[] = [];
  for (const { id } of pasted) {
    const to = freeId(
      id,
      new Set([...taken, ...ids, ...pasted.map((block) => block.id).filter((other) => other !== id)]),
    );
    const renamed = to === id ? { source: text } : renameBlock(text, { id, to });
    if ('problem' in renamed) return renamed;
    text = renamed.source;
    ids.push(to);
  }
  const added = then(closeLast(source), (closed) => append(closed, text));
  return 'problem' in added ? added : { ...added, ids };
}

function closeLast(source: string): Edited {
  const last = readBlocks(source)?.blocks.at(-1);
  return last && goesOnBelow(last) ? wireExit(source, { block: last.id, exit: 'next', target: 'end' }) : { source };
}

/** `text` is a source of blocks alone, two in. */
function append(source: string, text: string): Edited {
  const found = segmentBlocks(source);
  if (!found) return { problem: 'The blocks are not written one below the other.' };
  const { indent, lineEnd, end } = found;
  const lines = text.trimEnd().split('\n').slice(1);
  const written = lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line.slice(2))).join(lineEnd);
  const at = source.slice(0, end).trimEnd().length;
  const lineStop = source.indexOf('\n', at);
  const place = lineStop < 0 || lineStop >= end ? end : lineStop + 1;
  const isOpen = place > 0 && source.charAt(place - 1) !== '\n';
  const added = `${source.slice(0, place)}${isOpen ? lineEnd : ''}${written}${lineEnd}${source.slice(place)}`;
  return readBlocks(added) ? { source: added } : { problem: 'These blocks cannot be put there.' };
}

/** Adds the same once more, under an id of its own. */
export function duplicateBlock(source: string, id: string): Edited & { ids?: string[] } {
  return findBlock(source, id) ? pasteBlocks(source, copyBlocks(source, [id])) : noBlock(id);
}

/** The id, or the next one like it that is free: `find`, `find-2`. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const [, stem = wanted] = /^(.*?)(?:-\d+)?$/.exec(wanted) ?? [];
  let count = 2;
  while (taken.has(`${stem}-${count}`)) count += 1;
  return `${stem}-${count}`;
}

/** Changes of a list inside of a block: the branches of an If, the rows of a form. */
export function editList(
  source: string,
  { block, path, change }: { block: string; path: SourcePath; change: ListEdit },
): Edited {
  const type = findBlock(source, block)?.type;
  if (type === undefined) return noBlock(block);
  const list = ['blocks', block, type, ...path];
  if (change.kind === 'remove-item') return editSource(source, [{ kind: 'remove', path: [...list, change.index] }]);
  return editSource(source, [{ ...change, path: list }]);
}

export type ListEdit =
  | { kind: 'insert-item'; index: number; value: Extract<Change, { kind: 'insert-item' }>['value'] }
  | { kind: 'move-item'; from: number; to: number }
  | { kind: 'remove-item'; index: number };

function then(edited: Edited, next: (source: string) => Edited): Edited {
  return 'problem' in edited ? edited : next(edited.source);
}
