import { isRecord } from '../../contracts/is-record.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import { blockTypes, type BlockType } from '../blocks/block-types-schema.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { checkBlock } from '../parse/check-block.ts';
import { readSource } from '../parse/read-source.ts';
import type { SourcePath } from '../problems/finding.ts';
import { segmentBlocks } from './block-segments.ts';

/** A block as its source writes it, as far as it can be read; nothing of the scenario's defaults. */
export interface SourceBlock {
  id: string;
  type: BlockType | undefined;
  title: string | undefined;
  note: string | undefined;
  next: string | undefined;
  exits: Readonly<Record<string, string>>;
  hasExits: boolean;
  /** What stands under the type's key. */
  fields: unknown;
  /** With fields that are as they should be. */
  block: ScenarioBlock | undefined;
  /** What leads to another block, and where it stands. */
  references: readonly { path: SourcePath; target: string }[];
}

/** The blocks of a source and what stands around them; undefined where the text is no YAML. */
export interface SourceBlocks {
  blocks: readonly SourceBlock[];
  /** Everything beside `blocks`. */
  around: Readonly<Record<string, unknown>>;
}

/**
 * Reads every block by itself, so that one that has not changed is not read again. Undefined where any of it cannot be read.
 */
export function readBlocks(source: string): SourceBlocks | undefined {
  const found = segmentBlocks(source);
  if (!found) return readWhole(source);
  const around = remember(aroundTexts, `${source.slice(0, found.start)}\n${source.slice(found.end)}`, readAround);
  const head = `blocks:${found.lineEnd}`;
  const blocks = found.segments.map(({ start, end }) =>
    remember(blockTexts, head + source.slice(start, end), (text) => readWhole(text)?.blocks[0]),
  );
  blockTexts.forget(blocks.length);
  aroundTexts.forget(1);
  if (!around || blocks.some((block) => block === undefined)) return undefined;
  return { blocks: blocks.flatMap((block) => block ?? []), around };
}

function readWhole(source: string): SourceBlocks | undefined {
  const { value, findings, writtenAt } = readSource(source);
  if (!isRecord(value) || findings.length > 0) return undefined;
  const { blocks, ...around } = value;
  const entries = isRecord(blocks) ? Object.entries(blocks) : [];
  return { blocks: entries.map(([id, written]) => toSourceBlock(id, written, writtenAt)), around };
}

function readAround(source: string): Record<string, unknown> | undefined {
  const { value, findings } = readSource(source);
  return isRecord(value) && findings.length === 0 ? value : undefined;
}

function toSourceBlock(
  id: string,
  written: unknown,
  writtenAt: ReturnType<typeof readSource>['writtenAt'],
): SourceBlock {
  const map = isRecord(written) ? written : {};
  const { block } = checkBlock(id, written, writtenAt);
  const type = block?.type ?? Object.keys(map).find(isBlockType);
  const exits = isRecord(map['exits']) ? map['exits'] : {};
  const next = typeof map['next'] === 'string' ? map['next'] : undefined;
  return {
    id,
    type,
    title: typeof map['title'] === 'string' ? map['title'] : undefined,
    note: typeof map['note'] === 'string' ? map['note'] : undefined,
    next,
    exits: Object.fromEntries(Object.entries(exits).map(([name, target]) => [name, String(target)])),
    hasExits: Object.hasOwn(map, 'exits'),
    fields: type === undefined ? undefined : map[type],
    block,
    references: block ? listReferences(block, { next, exits }) : [],
  };
}

function isBlockType(key: string): key is BlockType {
  return Object.hasOwn(blockTypes, key);
}

/** Only what is written in the block: exits may come from the scenario's defaults as well. */
function listReferences(
  block: ScenarioBlock,
  { next, exits }: { next: string | undefined; exits: Record<string, unknown> },
): SourceBlock['references'] {
  const wired = Object.entries(exits).map(([name, target]) => ({
    path: ['blocks', block.id, 'exits', name],
    target: String(target),
  }));
  const fields = getBlockWays(block).references.map((reference) => ({
    path: ['blocks', block.id, block.type, ...reference.path],
    target: reference.block,
  }));
  const following = next === undefined ? [] : [{ path: ['blocks', block.id, 'next'], target: next }];
  return [...wired, ...fields, ...following];
}

/** What was read of a text, as long as it is asked for. */
interface Memory<Value> {
  known: Map<string, Value>;
  forget(count: number): void;
}

function createMemory<Value>(): Memory<Value> {
  const known = new Map<string, Value>();
  return {
    known,
    // The texts before the last few edits stay, for an undo; more would grow with every key that is pressed.
    forget(count) {
      const most = count * 2 + 50;
      for (const text of [...known.keys()].slice(0, Math.max(0, known.size - most))) known.delete(text);
    },
  };
}

const blockTexts = createMemory<SourceBlock | undefined>();
const aroundTexts = createMemory<Record<string, unknown> | undefined>();

function remember<Value>({ known }: Memory<Value>, text: string, read: (text: string) => Value): Value {
  const found = known.has(text) ? (known.get(text) as Value) : read(text);
  // Behind all others again: what is oldest is forgotten first.
  known.delete(text);
  known.set(text, found);
  return found;
}
