import { getBlockExits } from '../blocks/block-behaviours.ts';
import { blockTypes, type BlockType } from '../blocks/block-types-schema.ts';
import { listBuiltInBlocks } from '../document/built-in-blocks.ts';
import { findCatches } from '../document/catches.ts';
import type { AnywhereRule, ScenarioBlock } from '../document/document.ts';
import { listExits } from '../document/list-exits-schema.ts';
import { quoted, suggest, type Finding } from '../problems/finding.ts';
import { goesOn, listTargets } from './check-flow.ts';

/** Exit name to block id, for every block that has the exit. */
export type DefaultExits = Readonly<Record<string, string>>;

/** What an author need not write: exits that `defaults` wire, and the built-in blocks that something leads to. */
export function completeBlocks(
  blocks: readonly ScenarioBlock[],
  { defaults, anywhere }: { defaults: DefaultExits; anywhere: readonly AnywhereRule[] },
): ScenarioBlock[] {
  const wired = withDefaultExits(blocks, defaults);
  const targets = new Set([
    ...wired.flatMap((block) => listTargets(block).map(({ target }) => target)),
    ...anywhere.map(({ go }) => go),
  ]);
  return [...wired, ...listBuiltInBlocks(targets, new Set(wired.map(({ id }) => id)))];
}

/**
 * What is nearer goes first: an exit of the block's own, then the Exception Handler around it, then the default. A default
 * does not lead the block that it names back to itself.
 */
function withDefaultExits(blocks: readonly ScenarioBlock[], defaults: DefaultExits): readonly ScenarioBlock[] {
  if (Object.keys(defaults).length === 0) return blocks;
  const catches = findCatches(blocks);
  return blocks.map((block) => {
    const open = getBlockExits(block)
      .filter(({ name, kind }) => !Object.hasOwn(block.exits, name) && !(kind === 'failure' && catches.has(block.id)))
      .flatMap(({ name }): [string, string][] => {
        const target = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
        return target === undefined || target === block.id ? [] : [[name, target]];
      });
    return open.length === 0 ? block : { ...block, exits: { ...block.exits, ...Object.fromEntries(open) } };
  });
}

/** Checks that every default is an exit that some type of block has, and leads to a block. */
export function checkDefaultExits(defaults: DefaultExits, ids: readonly string[]): Finding[] {
  const names = listAllExits();
  return Object.entries(defaults).flatMap(([name, target]): Finding[] => {
    const path = ['defaults', 'exits', name];
    if (!names.includes(name)) {
      const message = `No block has an exit ${quoted(name)}.`;
      return [{ severity: 'error', code: 'unknown-exit', message, remedy: suggest(name, names), path, atKey: true }];
    }
    if (ids.includes(target)) return [];
    const message = `There is no block ${quoted(target)}.`;
    return [{ severity: 'error', code: 'unknown-block', message, remedy: suggest(target, ids), path }];
  });
}

/** Whose time-out is the customer's silence. */
const ASKING: ReadonlySet<string> = new Set(['send-message', 'request-input', 'collect', 'ai-agent', 'wait']);

/** One block to go on at for a customer who writes nothing, and for one who waits while a system or an agent does not answer. */
export function checkDefaultTimeout(blocks: readonly ScenarioBlock[], defaults: DefaultExits): Finding[] {
  const target = Object.hasOwn(defaults, 'timeout') ? defaults['timeout'] : undefined;
  if (target === undefined) return [];
  const open = blocks.filter(
    (block) =>
      block.id !== target &&
      !Object.hasOwn(block.exits, 'timeout') &&
      getBlockExits(block).some(({ name }) => name === 'timeout'),
  );
  if (!open.some(({ type }) => ASKING.has(type))) return [];
  return open
    .filter(({ type }) => !ASKING.has(type))
    .map(({ id, type }) => ({
      severity: 'warning',
      code: 'default-of-two-kinds',
      message: `By "defaults" a customer who waits here, while this ${type} takes too long, goes on at ${quoted(target)}, as one who writes nothing.`,
      remedy: 'Lead it on by itself: exits: { timeout: <block id> }.',
      path: ['blocks', id, type],
      atKey: true,
    }));
}

let allExits: readonly string[] | undefined;

/** The names of the exits of all types of blocks, each once. */
function listAllExits(): readonly string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a table of all types
  const types = Object.keys(blockTypes) as BlockType[];
  allExits ??= [...new Set(types.flatMap((type) => listExits(type).map(({ name }) => name)))];
  return allExits;
}

/** A `next` that nothing comes to: the block says itself where it goes, in every case. */
export function checkNext(blocks: readonly ScenarioBlock[]): Finding[] {
  return blocks.flatMap((block): Finding[] => {
    if (block.next === undefined || goesOn(block)) return [];
    const message = `This ${block.type} never comes to ${quoted(block.next)}: it says itself where it goes.`;
    const path = ['blocks', block.id, 'next'];
    return [{ severity: 'warning', code: 'unused-next', message, remedy: 'Take "next" out.', path, atKey: true }];
  });
}
