import { isRecord } from '../../contracts/is-record.ts';
import type { BlockExit } from '../blocks/block-behaviour.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import type { BlockType } from '../blocks/block-types-schema.ts';
import { BUILT_IN_IDS } from '../document/built-in-blocks.ts';
import { listExits } from '../document/list-exits-schema.ts';
import type { SourcePath } from '../problems/finding.ts';
import { readBlocks, type SourceBlock } from './read-blocks.ts';

/** A way out of a block as it is drawn. */
export interface GraphExit {
  /** Tells the ways of a block apart. */
  key: string;
  /** `next`, the name of an exit, or of a branch what it goes by. */
  name: string;
  kind: 'next' | 'branch' | BlockExit['kind'];
  /** The block that it leads to; undefined behind the last block, and for an exit that nobody wired. */
  target: string | undefined;
  /** Somebody wrote where it leads; else the order of the blocks, or the kind of the exit, says it. */
  isWritten: boolean;
  /** When it is taken, of an exit. */
  when?: string;
  /** Where a branch's target stands, from the block. */
  path?: SourcePath;
}

/** A block as it is drawn. */
export interface GraphBlock {
  id: string;
  type: BlockType | undefined;
  title: string | undefined;
  note: string | undefined;
  exits: GraphExit[];
  /** What stands under the type's key, for its form. */
  fields: unknown;
  /** Its fields are not as they should be; the checks say what is wrong. */
  isBroken: boolean;
  /** Nobody wrote it: `end` and `return` mean something without. */
  isBuiltIn: boolean;
}

/** A scenario as a picture: what the canvas draws. Where everything stands is not part of it. */
export interface Graph {
  scenario: string | undefined;
  title: string | undefined;
  blocks: GraphBlock[];
}

/** The picture of a source; undefined where it cannot be read, and the last one has to do. */
export function describeGraph(source: string): Graph | undefined {
  const read = readBlocks(source);
  if (!read) return undefined;
  const { around, blocks } = read;
  const defaults = defaultExitsOf(around);
  const drawn = blocks.map((block, index) => drawBlock(block, { below: blocks[index + 1]?.id, defaults }));
  return {
    scenario: textOf(around['scenario']),
    title: textOf(around['title']),
    blocks: [...drawn, ...listBuiltIn(drawn)],
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What the scenario's `defaults` wire. */
function defaultExitsOf(around: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const defaults = isRecord(around['defaults']) ? around['defaults']['exits'] : undefined;
  return isRecord(defaults) ? defaults : {};
}

interface Surroundings {
  below: string | undefined;
  defaults: Record<string, unknown>;
}

function drawBlock(source: SourceBlock, around: Surroundings): GraphBlock {
  const { id, type, title, note, fields, block } = source;
  const exits = block ? drawExits(source, around) : drawWritten(source, around);
  return { id, type, title, note, fields, exits, isBroken: block === undefined, isBuiltIn: false };
}

function drawExits(source: SourceBlock, around: Surroundings): GraphExit[] {
  const { block } = source;
  if (!block) return [];
  const { ways, exits, references } = getBlockWays(block);
  const names = new Set(exits.map(({ name }) => name));
  const goesOn = ways.some(({ way, target }) => target === undefined && !names.has(way));
  const branches = references
    .filter(({ path }) => block.type !== 'exception-handler' || path[0] === 'catch' || path[1] === 0)
    .map(({ path, block: target }) => toBranch(source, path, target));
  return [
    ...branches,
    ...(goesOn ? [toNext(source, around)] : []),
    ...exits.map((exit) => toExit(source, exit, around)),
  ];
}

function toBranch({ fields, type }: SourceBlock, path: SourcePath, target: string): GraphExit {
  const name = nameBranch(fields, path, type);
  return { key: `branch:${path.join('.')}`, name, kind: 'branch', target, isWritten: true, path };
}

/** What a branch goes by: the condition of an If, the value of a Switch, the weight of a split. */
function nameBranch(fields: unknown, path: SourcePath, type: BlockType | undefined): string {
  const last = String(path.at(-1) ?? type ?? '');
  if (last !== 'go') return type === 'exception-handler' && last !== 'catch' ? 'try' : last;
  const around = path.slice(0, -1).reduce<unknown>((value, step) => Object(value)[step] as unknown, fields);
  const { when, weight, name } = isRecord(around) ? around : {};
  const told = when ?? name ?? (typeof weight === 'number' ? `× ${weight}` : undefined);
  return typeof told === 'string' ? told : `${Number(path.at(-2)) + 1}`;
}

function toNext({ next }: SourceBlock, { below }: Surroundings): GraphExit {
  return { key: 'next', name: 'next', kind: 'next', target: next ?? below, isWritten: next !== undefined };
}

function toExit({ id, exits }: SourceBlock, { name, kind, when }: BlockExit, { defaults }: Surroundings): GraphExit {
  const written = exits[name];
  const byDefault = textOf(defaults[name]);
  const target = written ?? (byDefault === id ? undefined : byDefault);
  return { key: `exit:${name}`, name, kind, target, isWritten: written !== undefined, when };
}

/** A block with a mistake keeps the ways that can be read, so that the picture does not fall apart while somebody writes. */
function drawWritten(source: SourceBlock, around: Surroundings): GraphExit[] {
  const { type, exits } = source;
  const known = type === undefined ? [] : listExits(type);
  const written = Object.keys(exits).map((name) => {
    const exit = known.find((each) => each.name === name) ?? { name, kind: 'outcome' as const, when: '' };
    return toExit(source, exit, around);
  });
  const isLast = type === 'exit' || type === 'return' || type === 'goto';
  return [...(isLast ? [] : [toNext(source, around)]), ...written];
}

/** `end` and `return` where something leads there and no block is called so. */
function listBuiltIn(blocks: readonly GraphBlock[]): GraphBlock[] {
  const targets = new Set(blocks.flatMap(({ exits }) => exits.map(({ target }) => target)));
  const written = new Set(blocks.map(({ id }) => id));
  return BUILT_IN_IDS.filter((id) => targets.has(id) && !written.has(id)).map((id) => ({
    id,
    type: id === 'end' ? 'exit' : 'return',
    title: undefined,
    note: undefined,
    exits: [],
    fields: {},
    isBroken: false,
    isBuiltIn: true,
  }));
}
