import { getBlockWays } from '../blocks/block-behaviours.ts';
import { getFollower } from '../document/built-in-blocks.ts';
import { findCatches, listHandlers } from '../document/catches.ts';
import { listRulesOf } from '../document/anywhere.ts';
import type { AnywhereRule, ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { listExits } from '../document/list-exits-schema.ts';
import { findMeant, quoted, suggest, type Finding, type SourcePath } from '../problems/finding.ts';

/** Checks that every exit is one that its block has, and that it and every reference name a block that exists. */
export function checkTargets(blocks: readonly ScenarioBlock[], ids: readonly string[]): Finding[] {
  const known = new Set(ids);
  return blocks.flatMap((block) => [
    ...unknownExits(block),
    ...listTargets(block).flatMap(({ path, target }) => (known.has(target) ? [] : [unknownBlock(target, ids, path)])),
  ]);
}

/** Checks that Exception Handlers lie one in the other or apart, so that each error has one place to go, and not round. */
export function checkHandlers(blocks: readonly ScenarioBlock[]): Finding[] {
  const handlers = listHandlers(blocks);
  return handlers.flatMap((handler, index) => {
    const tried = new Set(handler.fields.try);
    const path = ['blocks', handler.id, handler.type];
    const overlapping = handlers.slice(index + 1).find(({ fields }) => isOverlapping(tried, new Set(fields.try)));
    return [
      ...(tried.has(handler.fields.catch)
        ? [handlerProblem([...path, 'catch'], `"catch" is inside its own "try".`, 'Let it be another block.')]
        : []),
      ...(overlapping
        ? [
            handlerProblem(
              [...path, 'try'],
              `This "try" has blocks in common with that of ${quoted(overlapping.id)}.`,
              'Put one wholly into the other, or keep them apart.',
            ),
          ]
        : []),
    ];
  });
}

/** Blocks in common, though not all of the smaller. */
function isOverlapping(smaller: ReadonlySet<string>, larger: ReadonlySet<string>): boolean {
  const common = [...smaller].filter((id) => larger.has(id)).length;
  return common > 0 && (common < smaller.size || smaller.size === larger.size);
}

// oxlint-disable-next-line max-params -- a finding in one line
function handlerProblem(path: string[], message: string, remedy: string): Finding {
  return { severity: 'error', code: 'bad-exception-handler', message, remedy, path };
}

/** Checks that every rule of `anywhere` leads to a block, and names such as there are. */
export function checkRules(anywhere: readonly AnywhereRule[], ids: readonly string[]): Finding[] {
  return anywhere.flatMap(({ go, except = [] }, index) =>
    [
      { path: ['anywhere', index, 'go'], target: go },
      ...except.map((target, at) => ({ path: ['anywhere', index, 'except', at], target })),
    ].flatMap(({ path, target }) => (ids.includes(target) ? [] : [unknownBlock(target, ids, path)])),
  );
}

function unknownBlock(target: string, ids: readonly string[], path: SourcePath): Finding {
  const message = `There is no block ${quoted(target)}.`;
  return { severity: 'error', code: 'unknown-block', message, remedy: suggest(target, ids), path };
}

/** Checks that every block can be reached from the first. */
export function checkReach(document: Pick<ScenarioDocument, 'blocks' | 'anywhere'>): Finding[] {
  const { blocks } = document;
  const reached = new Set<string>();
  const waysOn = getSuccessors(blocks);
  const blocksById = new Map(blocks.map((block) => [block.id, block]));
  const open = blocks.slice(0, 1).map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    const block = blocksById.get(id);
    open.push(...(waysOn.get(id) ?? []), ...(block ? listRulesOf(document, block).map(({ go }) => go) : []));
  }
  return blocks
    .filter(({ id, isBuiltIn }) => !reached.has(id) && !isBuiltIn)
    .map(({ id }) => ({
      severity: 'error',
      code: 'unreachable-block',
      message: `No way leads to block ${quoted(id)}.`,
      remedy: 'Lead an exit, a branch or a goto to it, or remove it.',
      path: ['blocks', id],
      atKey: true,
    }));
}

/**
 * Where each block can lead, by its id; behind the last one is the end. What ends the run is left out: failures that nobody
 * catches; and so are words that work anywhere, which somebody has to say first.
 */
export function getSuccessors(blocks: readonly ScenarioBlock[]): Map<string, string[]> {
  const catches = findCatches(blocks);
  return new Map(
    blocks.map((block, index) => {
      const next = getFollower(blocks, index);
      const catchBlock = catches.get(block.id);
      return [block.id, successorsOf(block, catchBlock === undefined ? { next } : { next, catchBlock })];
    }),
  );
}

/** Whether some way out of the block leads to the one that follows it. */
export function goesOn(block: ScenarioBlock): boolean {
  const { exits, ways } = getBlockWays(block);
  const unwired = exits.filter(({ name }) => !Object.hasOwn(block.exits, name));
  return (
    ways.some(({ way, target }) => way === 'next' && target === undefined) ||
    unwired.some(({ kind }) => kind === 'outcome')
  );
}

function successorsOf(block: ScenarioBlock, { next, catchBlock }: { next: string; catchBlock?: string }): string[] {
  const { exits, ways } = getBlockWays(block);
  const named = ways.flatMap(({ target }) => target ?? []);
  const unwired = exits.filter(({ name }) => !Object.hasOwn(block.exits, name));
  const isCaught = ways.some(({ by }) => by !== 'scenario') || unwired.some(({ kind }) => kind === 'failure');
  return [
    ...new Set([
      ...Object.values(block.exits),
      ...named,
      ...(goesOn(block) ? [next] : []),
      ...(catchBlock !== undefined && isCaught ? [catchBlock] : []),
    ]),
  ];
}

/** Every block that one names, and where. */
export function listTargets(block: ScenarioBlock): { path: (string | number)[]; target: string }[] {
  const wired = Object.entries(block.exits).map(([name, target]) => ({
    path: ['blocks', block.id, 'exits', name],
    target,
  }));
  const referred = getBlockWays(block).references.map((reference) => ({
    path: ['blocks', block.id, block.type, ...reference.path],
    target: reference.block,
  }));
  const next = block.next === undefined ? [] : [{ path: ['blocks', block.id, 'next'], target: block.next }];
  return [...wired, ...referred, ...next];
}

/** An exit that the type has, but not as the block is written, is no slip of the pen. */
function suggestExit({ type }: ScenarioBlock, name: string, names: readonly string[]): string {
  const possible = listExits(type);
  const meant = possible.find(
    (exit) =>
      exit.name ===
      findMeant(
        name,
        possible.map((each) => each.name),
      ),
  );
  if (meant?.needs === undefined || names.includes(meant.name)) return suggest(name, names);
  const named = meant.name === name ? 'It has that exit' : `Did you mean "${meant.name}"? It has that exit`;
  return `${named} only with ${meant.needs}.`;
}

function unknownExits(block: ScenarioBlock): Finding[] {
  const names = getBlockWays(block).exits.map(({ name }) => name);
  return Object.keys(block.exits)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      severity: 'error',
      code: 'unknown-exit',
      message: `This ${block.type} has no exit ${quoted(name)}.`,
      remedy: suggestExit(block, name, names),
      path: ['blocks', block.id, 'exits', name],
      atKey: true,
    }));
}
