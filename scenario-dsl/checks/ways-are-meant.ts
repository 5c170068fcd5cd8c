import { getBlockWays } from '../blocks/block-behaviours.ts';
import { findFollower } from '../document/built-in-blocks.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { quoted, showRoute } from '../problems/finding.ts';
import type { Check, CheckFinding } from './check-report.ts';
import type { Flow } from './flow.ts';
import { listBlockTexts, parseBlockText } from './block-texts.ts';
import { listVariables } from '../expression/list-variables.ts';
import { findUnofferedPayloads } from './payloads-are-offered.ts';
import { findPayloadsAsReplies } from './replies-are-titles.ts';
import { findRuleSlips } from './rules-are-meant.ts';

const name = 'ways-are-meant';

const MAX_FINDINGS = 200;

/** Ways that lead somewhere, though hardly where their author thinks. */
export const waysAreMeant: Check = {
  name,
  promise:
    'No branch falls into its neighbour, no tap is lost, no "try" leaves out a block between its own, no rule of "anywhere" is idle or takes a reply that a block offers.',
  certainty: 'bounded',
  run: (flow) => {
    const connectable = findConnectable(flow);
    const findings = flow.document.blocks.flatMap((block, index) => [
      ...findFallingBranches(flow, block, index),
      ...findLostTap(flow, block),
      ...findGapInTry(flow, block),
      ...findChatWithNobody(block, connectable),
    ]);
    const slips = [
      ...findRuleSlips(flow, name),
      ...findUnofferedPayloads(flow, name),
      ...findPayloadsAsReplies(flow, name),
    ];
    return { findings: [...findings, ...slips].slice(0, MAX_FINDINGS) };
  },
};

function finding(
  block: ScenarioBlock,
  parts: Pick<CheckFinding, 'code' | 'message' | 'remedy'>,
  field?: string,
): CheckFinding {
  const path = ['blocks', block.id, block.type, ...(field === undefined ? [] : [field])];
  return { check: name, severity: 'warning', path, atKey: true, ...parts };
}

/** Without else an If goes on at the next block, which often is its first branch; and one branch runs on into the next. */
function findFallingBranches(flow: Flow, block: ScenarioBlock, index: number): CheckFinding[] {
  const targets = branchesOf(block);
  if (targets.length === 0) return [];
  const fallen = findFall(flow, targets);
  const next = block.next === undefined ? findFollower(flow.document.blocks, index) : undefined;
  if (!hasOtherwise(block) && next !== undefined && targets.includes(next) && !isEnd(flow, next)) {
    return [withoutOtherwise(block, { next, fallen })];
  }
  if (fallen === undefined) return [];
  const message = `The branch ${showRoute(fallen.route)} runs on into the branch ${quoted(fallen.to)}.`;
  const remedy = `Write next: <block id> in ${quoted(fallen.from)}, where both branches meet, or next: end.`;
  return [finding(block, { code: 'falls-into-branch', message, remedy })];
}

function withoutOtherwise(
  block: ScenarioBlock,
  { next, fallen }: { next: string; fallen: Fall | undefined },
): CheckFinding {
  const word = block.type === 'if' ? 'else' : 'default';
  const runsOn = fallen === undefined ? '' : ` And ${fallen.from} goes on into ${fallen.to}.`;
  const message = `Where nothing holds, this goes on at ${quoted(next)} as well: there is no "${word}".${runsOn}`;
  const remedy = block.type === 'if' ? 'Add { else: <block id> }.' : 'Add default: <block id>.';
  return finding(block, { code: 'falls-into-branch', message, remedy });
}

/** To come to the end either way is no mistake. */
function isEnd(flow: Flow, id: string): boolean {
  return ['exit', 'return'].includes(flow.blocks.get(id)?.type ?? '');
}

function hasOtherwise(block: ScenarioBlock): boolean {
  if (block.type === 'if') return block.fields.at(-1)?.else !== undefined;
  return block.type === 'switch' && block.fields.default !== undefined;
}

/** The targets of conditions and cases, each once; what stands for everything else is no branch. */
function branchesOf(block: ScenarioBlock): string[] {
  if (block.type === 'if') return [...new Set(block.fields.flatMap(({ go }) => go ?? []))];
  return block.type === 'switch' ? [...new Set(Object.values(block.fields.cases))] : [];
}

interface Fall {
  from: string;
  to: string;
  route: string[];
}

/** A branch that says something and then, without waiting for anybody, runs on into a branch behind it. */
function findFall(flow: Flow, targets: readonly string[]): Fall | undefined {
  for (const [index, target] of targets.entries()) {
    const others = new Set(targets.slice(index + 1));
    const route = followOrder(flow, target, others);
    const to = route?.at(-1);
    const from = route?.at(-2);
    if (route && to !== undefined && from !== undefined) return { from, to, route: route.slice(0, -1) };
  }
  return undefined;
}

/** From block to block in the order of the file, as long as nothing waits and nothing is decided. */
function followOrder(flow: Flow, start: string, goals: ReadonlySet<string>): string[] | undefined {
  const route = [start];
  let hasSpoken = false;
  for (let id = start; route.length <= 20;) {
    const block = flow.blocks.get(id);
    if (
      !block ||
      block.next !== undefined ||
      getBlockWays(block).pauses ||
      ['if', 'switch', 'goto'].includes(block.type)
    )
      return undefined;
    hasSpoken ||= getBlockWays(block).says !== undefined;
    const [next] = flow.waysFrom(id).filter(({ way }) => way === 'next');
    if (!next || route.includes(next.to)) return undefined;
    route.push(next.to);
    if (goals.has(next.to)) return hasSpoken ? route : undefined;
    id = next.to;
  }
  return undefined;
}

/** Quick replies vanish with the next message, and a tap is read only by who waits for it. */
function findLostTap(flow: Flow, block: ScenarioBlock): CheckFinding[] {
  if (block.type !== 'send-message' || !block.fields.quickReplies || block.fields.wait) return [];
  const reader = findReader(flow, block.id);
  if (reader === undefined) return [];
  const message = `Nobody waits for the tap on these quick replies, and ${quoted(reader)} reads the message before them.`;
  return [
    finding(block, { code: 'tap-not-awaited', message, remedy: 'Add wait: { into: <variable> }.' }, 'quickReplies'),
  ];
}

const REPLIES: readonly string[] = ['item.message', 'item.payload', 'item.attachments'];

/** The first block behind this one that looks at the customer's last message, before anything waits. */
function findReader(flow: Flow, start: string): string | undefined {
  const seen = new Set([start]);
  for (const id of seen) {
    const block = flow.blocks.get(id);
    if (!block || (id !== start && getBlockWays(block).pauses)) continue;
    if (id !== start && readsReply(block)) return id;
    for (const { to, by } of flow.waysFrom(id)) if (by !== 'failed-send') seen.add(to);
  }
  return undefined;
}

function readsReply(block: ScenarioBlock): boolean {
  if (block.type === 'switch') return REPLIES.includes(block.fields.variable);
  if (block.type !== 'if' && block.type !== 'set-variable') return false;
  return listBlockTexts(block).some((text) => {
    const expression = parseBlockText(text);
    return expression !== undefined && listVariables(expression).some(({ variable }) => REPLIES.includes(variable));
  });
}

/** A block between those of a "try" whose errors nobody catches. */
function findGapInTry(flow: Flow, block: ScenarioBlock): CheckFinding[] {
  if (block.type !== 'exception-handler') return [];
  const { blocks } = flow.document;
  const tried = new Set(block.fields.try);
  const places = blocks.flatMap(({ id }, index) => (tried.has(id) ? [index] : []));
  const between = blocks.slice(Math.min(...places), Math.max(...places));
  const left = between.filter((each) => !tried.has(each.id) && each.id !== block.fields.catch && canFail(each));
  if (left.length === 0) return [];
  const names = left.map(({ id }) => id).join(', ');
  const message = `"try" leaves out ${names}, between its blocks: errors there are not caught.`;
  return [
    finding(
      block,
      { code: 'gap-in-try', message, remedy: `Add ${names} to "try", or move it out from between.` },
      'try',
    ),
  ];
}

function canFail(block: ScenarioBlock): boolean {
  const { exits, pauses } = getBlockWays(block);
  return pauses || exits.some(({ name: exit, kind }) => kind === 'failure' && !Object.hasOwn(block.exits, exit));
}

/** Without a search before it and a destination of its own, a Connect Chat has nobody to offer the chat to. */
function findChatWithNobody(block: ScenarioBlock, connectable: ReadonlySet<string>): CheckFinding[] {
  if (block.type !== 'connect-chat') return [];
  const { destination, default: entry, override } = block.fields;
  if (destination !== undefined || entry !== undefined || override !== undefined) return [];
  if (connectable.has(block.id)) return [];
  const message =
    'No Find Agent leads here and no destination is named: the chat is offered to nobody, always "no-answer".';
  return [
    finding(block, {
      code: 'nobody-to-connect',
      message,
      remedy: 'Put a Find Agent before it, or write destination: <user name>.',
    }),
  ];
}

function isSearch({ by, sets }: Flow['ways'][number]): boolean {
  return by === 'reservation' || sets.includes('destination');
}

/** The blocks that a search for an agent leads to, or another block that names the agent. */
function findConnectable(flow: Flow): ReadonlySet<string> {
  const reached = new Set(flow.ways.flatMap((way) => (isSearch(way) ? way.to : [])));
  for (const id of reached) for (const { to } of flow.waysFrom(id)) reached.add(to);
  return reached;
}
