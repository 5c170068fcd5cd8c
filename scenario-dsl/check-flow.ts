import { getBlockWays } from './blocks/block-behaviours.ts';
import type { ScenarioBlock } from './document.ts';
import { quoted, suggest, type Finding } from './finding.ts';
import { runState } from './run-setup.ts';

/** Checks that every exit is one that its block has, and that it and every reference name a block that exists. */
export function checkTargets(blocks: readonly ScenarioBlock[], ids: readonly string[]): Finding[] {
  const known = new Set(ids);
  return blocks.flatMap((block) => [
    ...unknownExits(block),
    ...targetsOf(block).flatMap(({ path, target }) =>
      known.has(target)
        ? []
        : [
            {
              severity: 'error' as const,
              code: 'unknown-block',
              message: `There is no block ${quoted(target)}.`,
              remedy: suggest(target, ids),
              path,
            },
          ],
    ),
  ]);
}

/** Checks that every block can be reached from the first. */
export function checkReach(blocks: readonly ScenarioBlock[]): Finding[] {
  const reached = new Set<string>();
  const waysOn = getSuccessors(blocks);
  const open = blocks.slice(0, 1).map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(waysOn.get(id) ?? []));
  }
  return blocks
    .filter(({ id }) => !reached.has(id))
    .map(({ id }) => ({
      severity: 'error',
      code: 'unreachable-block',
      message: `No way leads to block ${quoted(id)}.`,
      remedy: 'Lead an exit, a branch or a goto to it, or remove it.',
      path: ['blocks', id],
      atKey: true,
    }));
}

/** Where each block can lead, by its id; behind the last one is the end. Unwired failure exits are left out: they end the run. */
export function getSuccessors(blocks: readonly ScenarioBlock[]): Map<string, string[]> {
  return new Map(blocks.map((block, index) => [block.id, successorsOf(block, blocks[index + 1]?.id ?? runState.done)]));
}

function successorsOf(block: ScenarioBlock, next: string): string[] {
  const { exits, ways } = getBlockWays(block);
  const goesOn = ways.some(({ way, target }) => way === 'next' && target === undefined);
  const fallsOut = exits.some(({ name, kind }) => kind === 'outcome' && !Object.hasOwn(block.exits, name));
  const targets = targetsOf(block).map(({ target }) => target);
  return [...new Set(goesOn || fallsOut ? [...targets, next] : targets)];
}

function targetsOf(block: ScenarioBlock): { path: (string | number)[]; target: string }[] {
  const wired = Object.entries(block.exits).map(([name, target]) => ({
    path: ['blocks', block.id, 'exits', name],
    target,
  }));
  const referred = getBlockWays(block).references.map((reference) => ({
    path: ['blocks', block.id, block.type, ...reference.path],
    target: reference.block,
  }));
  return [...wired, ...referred];
}

function unknownExits(block: ScenarioBlock): Finding[] {
  const names = getBlockWays(block).exits.map(({ name }) => name);
  return Object.keys(block.exits)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      severity: 'error',
      code: 'unknown-exit',
      message: `This ${block.type} has no exit ${quoted(name)}.`,
      remedy: suggest(name, names),
      path: ['blocks', block.id, 'exits', name],
      atKey: true,
    }));
}
