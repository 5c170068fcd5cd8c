import { MESSENGER_POLICY } from '../../contracts/messenger-policy.ts';
import type { BlockWay, WayTaker } from '../blocks/block-behaviour.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import { canCustomerLeave, getExitTarget } from '../compile/compile-scenario.ts';
import { findLeadMs, listRulesOf, nameRule } from '../document/anywhere.ts';
import { getFollower } from '../document/built-in-blocks.ts';
import { findCatches } from '../document/catches.ts';
import type { AnywhereRule, ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { CUSTOMER_LEFT, runState } from '../machine/run-setup.ts';

/** A way between two blocks, with its conditions abstracted away: in a path every one of them may be taken. */
export interface FlowWay extends Pick<BlockWay, 'way' | 'fills'> {
  /** `anywhere`: what the customer says fits a rule that holds wherever the scenario listens; `window`: it is about to close. */
  by: WayTaker | 'anywhere' | 'window';
  from: string;
  /** A block, or one of `runState`. */
  to: string;
  minMs: number;
  maxMs: number;
  sets: readonly string[];
  /** The customer has been silent for so long at least. */
  silentMs?: number;
}

/** A scenario as a graph: what the checks look at. It has every path of the compiled machine, and may have more. */
export interface Flow {
  document: ScenarioDocument;
  start: string;
  blocks: ReadonlyMap<string, ScenarioBlock>;
  waysFrom: (block: string) => readonly FlowWay[];
  ways: readonly FlowWay[];
}

/** Builds the graph of a document whose targets all exist. */
export function buildFlow(document: ScenarioDocument): Flow {
  const catches = findCatches(document.blocks);
  const waysByBlock = new Map(
    document.blocks.map((block, index) => {
      const next = getFollower(document.blocks, index);
      const around = { next, catchBlock: catches.get(block.id) };
      const ways = getBlockWays(block).ways.map((way) => resolveWay(block, way, around));
      return [
        block.id,
        [...ways, ...customerLeftWays(block, around.catchBlock), ...wordWays(document, block)],
      ] as const;
    }),
  );
  return {
    document,
    start: document.blocks[0]?.id ?? runState.done,
    blocks: new Map(document.blocks.map((block) => [block.id, block])),
    waysFrom: (block) => waysByBlock.get(block) ?? [],
    ways: [...waysByBlock.values()].flat(),
  };
}

interface Surroundings {
  next: string;
  catchBlock: string | undefined;
}

/** What is told behind a failure exit, and of what an Exception Handler has caught. */
const caughtVariables = ['exception.outcome', 'exception.block', 'exception.exit', 'exception.reason'];

function resolveWay(block: ScenarioBlock, blockWay: BlockWay, around: Surroundings): FlowWay {
  const { way, by, target, minMs = 0, maxMs = 0, sets = [], fills = [] } = blockWay;
  const known = { from: block.id, way, by, minMs, maxMs, fills };
  const exit = target === undefined ? getBlockWays(block).exits.find(({ name }) => name === way) : undefined;
  if (!exit) return { ...known, to: target ?? around.next, sets };
  const to = getExitTarget(block, exit, around);
  return { ...known, to, sets: exit.kind === 'failure' ? [...sets, ...caughtVariables] : sets };
}

function customerLeftWays(block: ScenarioBlock, catchBlock: string | undefined): FlowWay[] {
  if (catchBlock === undefined || !canCustomerLeave(block)) return [];
  const way = { way: CUSTOMER_LEFT, by: 'customer-left', minMs: 0, maxMs: 0, sets: caughtVariables } as const;
  return [{ ...way, from: block.id, to: catchBlock }];
}

/** What a rule asks for counts as unknown behind it: it is asked while words wait to be heard, too. */
function wordWays(document: ScenarioDocument, block: ScenarioBlock): FlowWay[] {
  const rules = listRulesOf(document, block);
  if (rules.length === 0) return [];
  const maxMs = Math.max(...getBlockWays(block).ways.map((way) => way.maxMs ?? 0));
  return rules.map((rule) => ({
    way: nameRule(rule),
    by: rule.event === undefined ? 'anywhere' : 'window',
    from: block.id,
    to: rule.go,
    minMs: 0,
    maxMs,
    sets: [],
    ...silentBefore(rule),
  }));
}

/** So long the customer has been silent when a rule for the end of the window holds. */
function silentBefore(rule: AnywhereRule): Pick<FlowWay, 'silentMs'> {
  const leadMs = findLeadMs(rule);
  return leadMs === undefined ? {} : { silentMs: MESSENGER_POLICY.standardWindowMs - leadMs };
}
