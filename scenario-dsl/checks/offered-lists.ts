import type { ScenarioBlock } from '../document/document.ts';
import type { Expression } from '../expression/expression.ts';
import { isFilledList, nameList } from '../expression/filled-lists.ts';
import { listVariables } from '../expression/list-variables.ts';
import type { SourcePath } from '../problems/finding.ts';
import { listBlockTexts, parseBlockText } from './block-texts.ts';
import type { Flow, FlowWay } from './flow.ts';
import { spread } from './spread.ts';
import { indexByVariable } from './variable-index.ts';

/** A list that a block offers a customer: its choices, cards or quick replies are the items. */
export interface OfferedList {
  block: string;
  /** As the author wrote it. */
  source: string;
  path: SourcePath;
  list: Expression;
}

/** The lists that are offered, and which of them a run can come to while nothing says that they hold something. */
export function listMaybeEmpty(flow: Flow): OfferedList[] {
  const offered = flow.document.blocks.flatMap(listLists).filter(({ list }) => !isFilledList(list));
  if (offered.length === 0) return [];
  const numbers = new Map<string, number>();
  const rootsOf: (readonly [string, number])[] = [];
  for (const { list } of offered) {
    const name = nameList(list);
    if (numbers.has(name)) continue;
    const number = numbers.size;
    numbers.set(name, number);
    rootsOf.push(...listRoots(list).map((root) => [root, number] as const));
  }
  const holders = indexByVariable(rootsOf);
  const isEmpty = spread(flow, numbers.size, (way) => {
    const filled = new Set((way.fills ?? []).flatMap((name) => numbers.get(name) ?? []));
    const changed = listChanged(flow, way).flatMap((name) => holders(name));
    return { off: [...filled], on: changed.filter((number) => !filled.has(number)) };
  });
  return offered.filter(({ block, list }) => isEmpty(numbers.get(nameList(list)) ?? 0, block));
}

/** The variables that a list is made of. */
function listRoots(list: Expression): string[] {
  return listVariables(list).map(({ variable }) => variable);
}

/** The flow without the ways that a list which is never empty would take. */
export function withoutFilledLists(flow: Flow): Flow {
  if (flow.ways.every(({ by }) => by !== 'empty-list')) return flow;
  const mayBeEmpty = new Set(listMaybeEmpty(flow).map(({ block }) => block));
  const isTaken = ({ by, from }: FlowWay): boolean => by !== 'empty-list' || mayBeEmpty.has(from);
  const left = new Map(flow.document.blocks.map(({ id }) => [id, flow.waysFrom(id).filter(isTaken)]));
  return { ...flow, ways: [...left.values()].flat(), waysFrom: (block) => left.get(block) ?? [] };
}

/** The lists that a block offers. */
export function listLists(block: ScenarioBlock): OfferedList[] {
  if (block.type !== 'send-message' && block.type !== 'request-input') return [];
  return listBlockTexts(block).flatMap((text) => {
    if (text.role !== 'named' || text.path.at(-1) !== 'each') return [];
    const list = parseBlockText(text);
    return list ? [{ block: block.id, source: text.source, path: ['blocks', block.id, ...text.path], list }] : [];
  });
}

/** The shortest way to a list on which nothing says that it holds something; breadth first over blocks and whether that is known there. */
export function findPathEmpty(flow: Flow, { block: goal, list }: OfferedList): readonly FlowWay[] {
  const name = nameList(list);
  const roots = listRoots(list);
  const cameBy = new Map<string, Step | undefined>([[keyOf(flow.start, false), undefined]]);
  const open = [{ block: flow.start, isFilled: false }];
  for (const { block, isFilled } of open) {
    if (block === goal && !isFilled) break;
    for (const way of flow.waysFrom(block)) {
      const isFilledThen = (way.fills ?? []).includes(name) || (isFilled && !changes(flow, way, roots));
      const key = keyOf(way.to, isFilledThen);
      if (cameBy.has(key)) continue;
      cameBy.set(key, { way, from: keyOf(block, isFilled) });
      open.push({ block: way.to, isFilled: isFilledThen });
    }
  }
  return traceBack(cameBy, keyOf(goal, false));
}

interface Step {
  way: FlowWay;
  from: string;
}

function traceBack(cameBy: ReadonlyMap<string, Step | undefined>, goal: string): readonly FlowWay[] {
  const path: FlowWay[] = [];
  for (let step = cameBy.get(goal); step; step = cameBy.get(step.from)) path.unshift(step.way);
  return path;
}

/** The variables that a way gives another value. An If only knows more behind itself; Get Next Record takes one off the list. */
function listChanged(flow: Flow, { from, sets }: FlowWay): string[] {
  const block = flow.blocks.get(from);
  if (block?.type === 'if') return [];
  const taken = block?.type === 'get-next-record' ? [block.fields.from] : [];
  return [...sets.map((set) => set.replace(/\.\*$/, '')), ...taken];
}

function changes(flow: Flow, way: FlowWay, roots: readonly string[]): boolean {
  return listChanged(flow, way).some((name) => roots.some((root) => overlap(name, root)));
}

function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function keyOf(block: string, isFilled: boolean): string {
  return isFilled ? `${block} filled` : block;
}
