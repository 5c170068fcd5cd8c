// Edits of a scenario's text for the canvas and for tools: each gives the new text, or says why it cannot be.
import { isRecord } from '../../contracts/is-record.ts';
import { readSource } from '../parse/read-source.ts';
import { quoted, type SourcePath } from '../problems/finding.ts';
import type { Change, Edited } from './change.ts';
import { editSource } from './edit-source.ts';
import { readBlocks, type SourceBlock } from './read-blocks.ts';
import { renderKey, renderValue, type JsonValue } from './render-value.ts';

/** Sets a field of a block, by its path from the block type's key: `['wait', 'timeout']`. Undefined takes it out. */
export function setField(
  source: string,
  { block, path, value }: { block: string; path: SourcePath; value: JsonValue | undefined },
): Edited {
  const found = findBlock(source, block);
  if (found?.type === undefined) return noBlock(block);
  const type = ['blocks', block, found.type];
  if (value === undefined)
    return has(found.fields, path) ? editSource(source, [{ kind: 'remove', path: [...type, ...path] }]) : { source };
  // A map around it that is not there yet is written with it.
  const [parent, rest] = splitAtMissing(found.fields, path);
  return editSource(source, [{ kind: 'set', path: [...type, ...parent], value: wrap(rest, value) }]);
}

function has(fields: unknown, path: SourcePath): boolean {
  let inner = fields;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return false;
    inner = (inner as Record<string | number, unknown>)[step];
  }
  return true;
}

/** The path as far as there is something to set a key of, and the keys beyond. */
function splitAtMissing(fields: unknown, path: SourcePath): [SourcePath, SourcePath] {
  const isThere = (length: number): boolean => length <= 1 || has(fields, path.slice(0, length - 1));
  let length = path.length;
  while (!isThere(length)) length -= 1;
  return [path.slice(0, length), path.slice(length)];
}

function wrap(path: SourcePath, value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, step) => ({ [step]: inner }), value);
}

/** Sets what stands beside a block's type, its title or its note; an empty one goes. */
export function setEnvelope(
  source: string,
  { block, key, value }: { block: string; key: 'title' | 'note'; value: string },
): Edited {
  const found = findBlock(source, block);
  if (!found) return noBlock(block);
  const path = ['blocks', block, key];
  if (value.trim() === '')
    return found[key] === undefined ? { source } : editSource(source, [{ kind: 'remove', path }]);
  const isFirst = true;
  return editSource(source, [
    found[key] === undefined ? { kind: 'add', path, value, isFirst } : { kind: 'set', path, value },
  ]);
}

/** Leads an exit, or `next`, to a block; undefined leaves it unwired. */
export function wireExit(
  source: string,
  { block, exit, target }: { block: string; exit: string; target: string | undefined },
): Edited {
  const found = findBlock(source, block);
  if (!found) return noBlock(block);
  if (exit === 'next') return wireNext(source, found, target);
  const wired = Object.keys(found.exits);
  const path = ['blocks', block, 'exits'];
  if (target === undefined) {
    if (!wired.includes(exit)) return { source };
    return editSource(source, [{ kind: 'remove', path: wired.length === 1 ? path : [...path, exit] }]);
  }
  if (wired.length === 0 && !found.hasExits)
    return editSource(source, [{ kind: 'set', path, value: { [exit]: target } }]);
  return editSource(source, [{ kind: 'set', path: [...path, exit], value: target }]);
}

function wireNext(source: string, { id, next }: SourceBlock, target: string | undefined): Edited {
  const path = ['blocks', id, 'next'];
  if (target !== undefined) return editSource(source, [{ kind: 'set', path, value: target }]);
  return next === undefined ? { source } : editSource(source, [{ kind: 'remove', path }]);
}

/** A block as the source writes it: its type's key with the fields, `exits`, `title` … */
export type BlockSource = Readonly<Record<string, JsonValue>>;

/** Adds a block behind another one, else at the end; each of its keys on a line of its own. */
export function addBlock(
  source: string,
  { id, block, after }: { id: string; block: BlockSource; after?: string | undefined },
): Edited {
  const ids = listIds(source);
  if (ids.includes(id)) return { problem: `There is a block ${quoted(id)} already.` };
  if (after !== undefined && !ids.includes(after)) return noBlock(after);
  const keys = Object.entries(block).map(([key, value]) => `  ${renderKey(key, false)}: ${renderValue(value, false)}`);
  const lines = [...(hasBlankLines(source) ? [''] : []), `${renderKey(id, false)}:`, ...keys];
  return editSource(source, [
    { kind: 'add', path: ['blocks', id], value: block, lines, ...(after !== undefined && { after }) },
  ]);
}

/** Takes out a block that no exit, branch or goto leads to. */
export function removeBlock(source: string, id: string): Edited {
  const { blocks, around } = readReferences(source);
  if (!blocks.some((block) => block.id === id)) return noBlock(id);
  const referring = blocks.filter((block) => block.id !== id && block.references.some(({ target }) => target === id));
  const others = around.filter(({ target }) => target === id);
  const names = new Set([...referring.map((block) => block.id), ...others.map(({ path }) => path[0])]);
  if (names.size > 0) return { problem: `Lead these elsewhere first: ${[...names].join(', ')}.` };
  return editSource(source, [{ kind: 'remove', path: ['blocks', id] }]);
}

/** Gives a block another id, and everything that leads to it, too. */
export function renameBlock(source: string, { id, to }: { id: string; to: string }): Edited {
  const { blocks, around } = readReferences(source);
  if (!blocks.some((block) => block.id === id)) return noBlock(id);
  if (blocks.some((block) => block.id === to)) return { problem: `There is a block ${quoted(to)} already.` };
  const all = [...blocks.flatMap((block) => block.references), ...around];
  const references = all.filter(({ target }) => target === id);
  const changes = references.map(({ path }): Change => ({ kind: 'set', path, value: to }));
  // Last: the paths of the others are those before the renaming.
  return editSource(source, [...changes, { kind: 'rename', path: ['blocks', id], to }]);
}

/** Every block, and what the scenario's defaults and the rules of `anywhere` name. */
export function readReferences(source: string): {
  blocks: readonly SourceBlock[];
  around: SourceBlock['references'];
} {
  const read = readBlocks(source);
  return read ? { blocks: read.blocks, around: listReferencesAround(read.around) } : { blocks: [], around: [] };
}

export function findBlock(source: string, id: string): SourceBlock | undefined {
  return readBlocks(source)?.blocks.find((block) => block.id === id);
}

/** Also those of a source that says something wrong elsewhere. */
function listIds(source: string): string[] {
  const read = readBlocks(source)?.blocks.map(({ id }) => id);
  if (read) return read;
  const { value } = readSource(source);
  return isRecord(value) && isRecord(value['blocks']) ? Object.keys(value['blocks']) : [];
}

function listReferencesAround(scenario: Readonly<Record<string, unknown>>): SourceBlock['references'] {
  const defaults = isRecord(scenario['defaults']) ? scenario['defaults']['exits'] : undefined;
  const wired = Object.entries(isRecord(defaults) ? defaults : {}).map(([name, target]) => ({
    path: ['defaults', 'exits', name],
    target: String(target),
  }));
  const rules = toList(scenario['anywhere']).flatMap((rule, index) => {
    const { go, except } = isRecord(rule) ? rule : {};
    const exceptions = toList(except).map((id, at) => ({
      path: ['anywhere', index, 'except', at],
      target: String(id),
    }));
    return [{ path: ['anywhere', index, 'go'], target: String(go) }, ...exceptions];
  });
  return [...wired, ...rules];
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function hasBlankLines(source: string): boolean {
  return /\n[ \t]*\r?\n {2}[a-z]/.test(source);
}

export function noBlock(id: string): { problem: string } {
  return { problem: `There is no block ${quoted(id)}.` };
}
