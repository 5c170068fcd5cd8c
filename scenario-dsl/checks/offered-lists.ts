import type { ScenarioBlock } from '../document/document.ts';
import type { Expression } from '../expression/expression.ts';
import { isFilledList, nameList } from '../expression/filled-lists.ts';
import { listVariables } from '../expression/list-variables.ts';
import type { SourcePath } from '../problems/finding.ts';
import { listBlockTexts, parseBlockText } from './block-texts.ts';
import type { Flow, FlowWay } from './flow.ts';

/** A list that a block offers a customer: its choices, cards or quick replies are the items. */
export interface OfferedList {
  block: string;
  /** As the author wrote it. */
  source: string;
  path: SourcePath;
  /** The ways from the first block to it on which nothing says that it holds something; undefined where it always does. */
  pathEmpty: readonly FlowWay[] | undefined;
}

/** Each is looked for all over the scenario: of more of them the rest count as lists that may be empty. */
const MAX_LISTS = 200;

/** Every list that is offered, and whether a run can come to it while it is empty. */
export function listOffered(flow: Flow): OfferedList[] {
  const searched = new Map<string, (block: string) => readonly FlowWay[] | undefined>();
  return flow.document.blocks.flatMap((block) =>
    listLists(block).map(({ source, path, list }) => {
      const pathTo = isFilledList(list) ? () => undefined : searchOnce(flow, list, searched);
      return { block: block.id, source, path, pathEmpty: pathTo(block.id) };
    }),
  );
}

/** The flow without the ways that a list which is never empty would take. */
export function withoutFilledLists(flow: Flow, offered: readonly OfferedList[]): Flow {
  const mayBeEmpty = new Set(offered.flatMap(({ block, pathEmpty }) => (pathEmpty ? [block] : [])));
  const isTaken = ({ by, from }: FlowWay): boolean => by !== 'empty-list' || mayBeEmpty.has(from);
  if (flow.ways.every(isTaken)) return flow;
  return { ...flow, ways: flow.ways.filter(isTaken), waysFrom: (block) => flow.waysFrom(block).filter(isTaken) };
}

/** The lists that a block offers. */
export function listLists(block: ScenarioBlock): { source: string; path: SourcePath; list: Expression }[] {
  if (block.type !== 'send-message' && block.type !== 'request-input') return [];
  return listBlockTexts(block).flatMap((text) => {
    if (text.role !== 'named' || text.path.at(-1) !== 'each') return [];
    const list = parseBlockText(text);
    return list ? [{ source: text.source, path: ['blocks', block.id, ...text.path], list }] : [];
  });
}

type PathTo = (block: string) => readonly FlowWay[] | undefined;

function searchOnce(flow: Flow, list: Expression, searched: Map<string, PathTo>): PathTo {
  const name = nameList(list);
  const known = searched.get(name);
  if (known) return known;
  const pathTo = searched.size < MAX_LISTS ? searchEmpty(flow, list) : () => [];
  searched.set(name, pathTo);
  return pathTo;
}

/** Breadth first over blocks and whether the list is known to hold something there. */
function searchEmpty(flow: Flow, list: Expression): PathTo {
  const name = nameList(list);
  const roots = listVariables(list).map(({ variable }) => variable);
  const cameBy = new Map<string, { way: FlowWay; from: string } | undefined>([[keyOf(flow.start, false), undefined]]);
  const open = [{ block: flow.start, isFilled: false }];
  for (const { block, isFilled } of open) {
    for (const way of flow.waysFrom(block)) {
      const isFilledThen = (way.fills ?? []).includes(name) || (isFilled && !changes(flow, way, roots));
      const key = keyOf(way.to, isFilledThen);
      if (cameBy.has(key)) continue;
      cameBy.set(key, { way, from: keyOf(block, isFilled) });
      open.push({ block: way.to, isFilled: isFilledThen });
    }
  }
  return (block) => (cameBy.has(keyOf(block, false)) ? traceBack(cameBy, keyOf(block, false)) : undefined);
}

function traceBack(
  cameBy: ReadonlyMap<string, { way: FlowWay; from: string } | undefined>,
  goal: string,
): readonly FlowWay[] {
  const path: FlowWay[] = [];
  for (let step = cameBy.get(goal); step; step = cameBy.get(step.from)) path.unshift(step.way);
  return path;
}

/** Whether a way gives a variable another value. An If only knows more behind itself; Get Next Record takes one off the list. */
function changes(flow: Flow, { from, sets }: FlowWay, roots: readonly string[]): boolean {
  const block = flow.blocks.get(from);
  if (block?.type === 'if') return false;
  const taken = block?.type === 'get-next-record' ? [block.fields.from] : [];
  return [...sets, ...taken].some((set) => roots.some((root) => overlap(set.replace(/\.\*$/, ''), root)));
}

function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function keyOf(block: string, isFilled: boolean): string {
  return isFilled ? `${block} filled` : block;
}
