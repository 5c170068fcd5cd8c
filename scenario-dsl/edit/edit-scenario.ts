// Edits of a scenario's text for the canvas and for tools: each gives the new text, or says why it cannot be.
import { getBlockWays } from '../blocks/block-behaviours.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { parseScenario } from '../parse/parse-scenario.ts';
import { readSource } from '../parse/read-source.ts';
import { quoted, type SourcePath } from '../problems/finding.ts';
import { editSource, type Change, type Edited } from './edit-source.ts';
import { renderKey, renderValue, type JsonValue } from './render-value.ts';

/** Sets a field of a block, by its path from the block type's key: `['wait', 'timeout']`. */
export function setField(
  source: string,
  { block, path, value }: { block: string; path: SourcePath; value: JsonValue },
): Edited {
  const type = findBlocks(source).find(({ id }) => id === block)?.type;
  if (type === undefined) return noBlock(block);
  return editSource(source, [{ kind: 'set', path: ['blocks', block, type, ...path], value }]);
}

/** Leads an exit, or `next`, to a block; undefined leaves it unwired. */
export function wireExit(
  source: string,
  { block, exit, target }: { block: string; exit: string; target: string | undefined },
): Edited {
  const found = findBlocks(source).find(({ id }) => id === block);
  if (!found) return noBlock(block);
  if (exit === 'next') return wireNext(source, block, target);
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

function wireNext(source: string, block: string, target: string | undefined): Edited {
  const path = ['blocks', block, 'next'];
  if (target !== undefined) return editSource(source, [{ kind: 'set', path, value: target }]);
  const isWritten = toMap(toMap(toMap(readSource(source).value)['blocks'])[block])['next'] !== undefined;
  return isWritten ? editSource(source, [{ kind: 'remove', path }]) : { source };
}

/** A block as the source writes it: its type's key with the fields, `exits`, `title` … */
type BlockSource = Readonly<Record<string, JsonValue>>;

/** Adds a block behind another one, else at the end; each of its keys on a line of its own. */
export function addBlock(
  source: string,
  { id, block, after }: { id: string; block: BlockSource; after?: string },
): Edited {
  const blocks = findBlocks(source);
  if (blocks.some((known) => known.id === id)) return { problem: `There is a block ${quoted(id)} already.` };
  if (after !== undefined && !blocks.some((known) => known.id === after)) return noBlock(after);
  const keys = Object.entries(block).map(([key, value]) => `  ${renderKey(key, false)}: ${renderValue(value, false)}`);
  const lines = [...(hasBlankLines(source) ? [''] : []), `${renderKey(id, false)}:`, ...keys];
  return editSource(source, [
    { kind: 'add', path: ['blocks', id], value: block, lines, ...(after !== undefined && { after }) },
  ]);
}

/** Takes out a block that no exit, branch or goto leads to. */
export function removeBlock(source: string, id: string): Edited {
  const blocks = findBlocks(source);
  if (!blocks.some((block) => block.id === id)) return noBlock(id);
  const referring = blocks.filter((block) => block.id !== id && block.references.some(({ target }) => target === id));
  const around = listReferencesAround(source).filter(({ target }) => target === id);
  const names = new Set([...referring.map((block) => block.id), ...around.map(({ path }) => path[0])]);
  if (names.size > 0) return { problem: `Lead these elsewhere first: ${[...names].join(', ')}.` };
  return editSource(source, [{ kind: 'remove', path: ['blocks', id] }]);
}

/** Gives a block another id, and everything that leads to it, too. */
export function renameBlock(source: string, { id, to }: { id: string; to: string }): Edited {
  const blocks = findBlocks(source);
  if (!blocks.some((block) => block.id === id)) return noBlock(id);
  if (blocks.some((block) => block.id === to)) return { problem: `There is a block ${quoted(to)} already.` };
  const all = [...blocks.flatMap((block) => block.references), ...listReferencesAround(source)];
  const references = all.filter(({ target }) => target === id);
  const changes = references.map(({ path }): Change => ({ kind: 'set', path, value: to }));
  // Last: the paths of the others are those before the renaming.
  return editSource(source, [...changes, { kind: 'rename', path: ['blocks', id], to }]);
}

interface SourceBlock {
  id: string;
  type: string | undefined;
  exits: Readonly<Record<string, string>>;
  hasExits: boolean;
  references: { path: SourcePath; target: string }[];
}

/** The blocks of a source that can be read; those of a scenario with other mistakes are edited by shape alone. */
function findBlocks(source: string): SourceBlock[] {
  const { document } = parseScenario(source);
  const written = toMap(toMap(readSource(source).value)['blocks']);
  return Object.entries(written).map(([id, value]) => {
    const block = document?.blocks.find((known) => known.id === id);
    const exits = toMap(toMap(value)['exits']);
    return {
      id,
      type: block?.type ?? Object.keys(toMap(value)).find((key) => !envelopeKeys.has(key)),
      exits: Object.fromEntries(Object.entries(exits).map(([name, target]) => [name, String(target)])),
      hasExits: Object.hasOwn(toMap(value), 'exits'),
      references: block ? listReferences(block, { next: toMap(value)['next'], exits }) : [],
    };
  });
}

const envelopeKeys = new Set(['title', 'note', 'tags', 'next', 'exits']);

/** Only what is written in the block: exits may come from the scenario's defaults as well. */
function listReferences(
  block: ScenarioBlock,
  { next, exits }: { next: unknown; exits: Record<string, unknown> },
): SourceBlock['references'] {
  const wired = Object.entries(exits).map(([name, target]) => ({
    path: ['blocks', block.id, 'exits', name],
    target: String(target),
  }));
  const fields = getBlockWays(block).references.map((reference) => ({
    path: ['blocks', block.id, block.type, ...reference.path],
    target: reference.block,
  }));
  const following = typeof next === 'string' ? [{ path: ['blocks', block.id, 'next'], target: next }] : [];
  return [...wired, ...fields, ...following];
}

/** What the scenario's defaults and the rules of `anywhere` name. */
function listReferencesAround(source: string): SourceBlock['references'] {
  const scenario = toMap(readSource(source).value);
  const defaults = Object.entries(toMap(toMap(scenario['defaults'])['exits'])).map(([name, target]) => ({
    path: ['defaults', 'exits', name],
    target: String(target),
  }));
  const rules = toList(scenario['anywhere']).flatMap((rule, index) => [
    { path: ['anywhere', index, 'go'], target: String(toMap(rule)['go']) },
    ...toList(toMap(rule)['except']).map((id, at) => ({ path: ['anywhere', index, 'except', at], target: String(id) })),
  ]);
  return [...defaults, ...rules];
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function hasBlankLines(source: string): boolean {
  return /\n[ \t]*\r?\n {2}[a-z]/.test(source);
}

function noBlock(id: string): Edited {
  return { problem: `There is no block ${quoted(id)}.` };
}

function toMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
