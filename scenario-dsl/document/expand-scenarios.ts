import { findNearestName } from '../../contracts/nearest-name.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import { asExpanded } from '../blocks/start-another-scenario.ts';
import { runState } from '../machine/run-setup.ts';
import { findFollower } from './built-in-blocks.ts';
import type { AnywhereRule, ScenarioBlock, ScenarioDocument } from './document.ts';
import { listRequiredInputs, listSetByInputs } from './parameters.ts';

/** The documents that a scenario may start, by name: of a conversation those of its pinned versions. */
export type ScenarioLibrary = Readonly<Record<string, ScenarioDocument>>;

/** Why a scenario cannot be started; `block` starts it. */
export interface ExpansionFault {
  code: 'unknown-scenario' | 'recursive-scenario' | 'too-deep' | 'too-many-blocks';
  block: string;
  message: string;
  remedy: string;
}

/** How deep scenarios may start each other. */
const MAX_DEPTH = 5;

/** Blocks of a scenario with all that it starts. */
const MAX_EXPANDED_BLOCKS = 2000;

/** Between the id of the block that starts a scenario and the id of a block in it; no block id has it. */
const SEPARATOR = '/';

/** The names of the scenarios that a document starts itself, each once. */
export function listStartedScenarios({ blocks }: ScenarioDocument): string[] {
  const names = blocks.flatMap((block) => (block.type === 'start-another-scenario' ? [block.fields.scenario] : []));
  return [...new Set(names)];
}

/** The block of the outermost document that a block of an expanded one belongs to. */
export function getOwnBlock(id: string): string {
  return id.split(SEPARATOR, 1)[0] ?? id;
}

/** Whether a block is the other one, or belongs to what that one starts. */
export function isWithin(id: string, outer: string): boolean {
  return id === outer || id.startsWith(`${outer}${SEPARATOR}`);
}

/**
 * Puts the blocks of every scenario that is started behind the block that starts it, under ids of their own
 * (`call/ask`): one document, one machine, one graph for the checks. Returns become ways to the block behind, and an
 * Exception Handler around the call catches what goes wrong inside. What its rules of `anywhere` say goes before the caller's,
 * which hold inside as well. Gives the document itself where it starts none. Those that are `missing` are left as they are: starting one takes the exit "failed".
 */
export function expandScenarios(
  document: ScenarioDocument,
  library: ScenarioLibrary,
  missing: readonly string[] = [],
): { document: ScenarioDocument } | { fault: ExpansionFault } {
  if (listStartedScenarios(document).length === 0) return { document };
  const expanded = expand(document, { library, missing, trail: [document.scenario] });
  if ('fault' in expanded) return expanded;
  const { blocks, anywhere } = expanded;
  return { document: { ...document, blocks, ...(anywhere.length > 0 && { anywhere }) } };
}

/** `anywhere`: the rules of what is started before those of who starts it. */
type Expansion = { blocks: ScenarioBlock[]; anywhere: AnywhereRule[] } | { fault: ExpansionFault };

interface Around {
  library: ScenarioLibrary;
  missing: readonly string[];
  /** The scenarios that are open, the outermost first. */
  trail: readonly string[];
}

function expand(document: ScenarioDocument, around: Around): Expansion {
  let blocks: ScenarioBlock[] = [];
  const anywhere: AnywhereRule[] = [];
  const inside = new Map<string, string[]>();
  for (const [index, block] of document.blocks.entries()) {
    if (block.type !== 'start-another-scenario' || around.missing.includes(block.fields.scenario)) {
      blocks.push(block);
      continue;
    }
    // It goes on into the scenario that it starts; what follows it comes after that.
    const { next: _next, ...call } = block;
    const started = getStarted(block.fields.scenario, around);
    const inputs = started ? listSetByInputs(started, listRequiredInputs(started)) : [];
    blocks.push({ ...call, fields: asExpanded(block.fields, inputs) });
    const child = expandCall(block.id, block.fields.scenario, around);
    if ('fault' in child) return child;
    const behind = findFollower(document.blocks, index);
    const own = withEnd(
      child.blocks.map((each) => toCallBlock(each, { call: block.id, behind })),
      behind,
    );
    inside.set(
      block.id,
      own.map(({ id }) => id),
    );
    blocks = [...blocks, ...own];
    anywhere.push(...child.anywhere.map((rule) => toCallRule(rule, block.id)));
    if (blocks.length > MAX_EXPANDED_BLOCKS) return { fault: tooMany(block.id) };
  }
  return {
    blocks: blocks.map((block) => withTried(block, inside)),
    anywhere: [...anywhere, ...(document.anywhere ?? [])],
  };
}

function getStarted(name: string, { library }: Around): ScenarioDocument | undefined {
  return Object.hasOwn(library, name) ? library[name] : undefined;
}

function expandCall(block: string, name: string, around: Around): Expansion {
  const { library, trail } = around;
  const document = getStarted(name, around);
  if (!document) {
    const message = `There is no scenario "${name}" to start.`;
    const meant = findNearestName(name, Object.keys(library));
    const remedy = meant === undefined ? 'Publish it first, or correct its name.' : `Did you mean "${meant}"?`;
    return { fault: { code: 'unknown-scenario', block, message, remedy } };
  }
  if (trail.includes(name)) {
    const message = `Scenario "${name}" starts itself: ${[...trail, name].join(' → ')}.`;
    return { fault: { code: 'recursive-scenario', block, message, remedy: 'Use a Goto to go round in one scenario.' } };
  }
  if (trail.length > MAX_DEPTH) {
    const message = `Scenarios start each other more than ${MAX_DEPTH} deep: ${[...trail, name].join(' → ')}.`;
    return { fault: { code: 'too-deep', block, message, remedy: 'Put some of them into one.' } };
  }
  const expanded = expand(document, { ...around, trail: [...trail, name] });
  return 'fault' in expanded ? { fault: { ...expanded.fault, block } } : expanded;
}

function tooMany(block: string): ExpansionFault {
  const message = `With the scenarios that it starts it has more than ${MAX_EXPANDED_BLOCKS} blocks.`;
  return { code: 'too-many-blocks', block, message, remedy: 'Start a scenario in fewer places.' };
}

/** Behind its last block a started scenario goes on where the call does. */
function withEnd(blocks: ScenarioBlock[], behind: string | undefined): ScenarioBlock[] {
  const last = blocks.findLastIndex(({ isBuiltIn }) => !isBuiltIn);
  if (behind === undefined) return blocks;
  return blocks.map((block, index) => (index === last ? { ...block, next: block.next ?? behind } : block));
}

function renameInto(call: string): (id: string) => string {
  return (id) => `${call}${SEPARATOR}${id}`;
}

/** A rule of a started scenario as one of the scenario that starts it. */
function toCallRule({ go, except, within, ...asked }: AnywhereRule, call: string): AnywhereRule {
  const rename = renameInto(call);
  return {
    ...asked,
    go: rename(go),
    ...(except && { except: except.map(rename) }),
    within: within === undefined ? call : rename(within),
  };
}

/** A block of a started scenario as one of the scenario that starts it. */
function toCallBlock(
  block: ScenarioBlock,
  { call, behind }: { call: string; behind: string | undefined },
): ScenarioBlock {
  const rename = renameInto(call);
  const own = {
    id: rename(block.id),
    ...(block.title !== undefined && { title: block.title }),
    ...(block.isBuiltIn && { isBuiltIn: block.isBuiltIn }),
  };
  if (block.type === 'return') {
    return behind === undefined
      ? { ...own, type: 'return', fields: {}, exits: {} }
      : { ...own, type: 'goto', fields: behind, exits: {} };
  }
  const exits = Object.fromEntries(Object.entries(block.exits).map(([name, target]) => [name, rename(target)]));
  const fields = getBlockWays(block)
    .references.filter(({ block: target }) => target !== runState.done)
    .reduce<unknown>((changed, reference) => setAt(changed, reference.path, rename(reference.block)), block.fields);
  const next = block.next === undefined ? {} : { next: rename(block.next) };
  // The fields are those of this very block, with other ids in the places of ids.
  return { ...block, ...own, ...next, fields, exits } as ScenarioBlock;
}

/** A call inside of a `try` takes its blocks into it. */
function withTried(block: ScenarioBlock, inside: ReadonlyMap<string, string[]>): ScenarioBlock {
  if (block.type !== 'exception-handler' || !block.fields.try.some((id) => inside.has(id))) return block;
  return {
    ...block,
    fields: { ...block.fields, try: block.fields.try.flatMap((id) => [id, ...(inside.get(id) ?? [])]) },
  };
}

/** A copy of plain data with one value in it changed. */
function setAt(value: unknown, [first, ...rest]: readonly (string | number)[], leaf: string): unknown {
  if (first === undefined) return leaf;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? setAt(item, rest, leaf) : item));
  const map = value as Record<string, unknown>;
  return { ...map, [first]: setAt(map[first], rest, leaf) };
}
