import type { BlockWay } from '../blocks/block-behaviour.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import { getExitTarget } from '../compile-scenario.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document.ts';
import { runState } from '../run-setup.ts';

/** A way between two blocks, with its conditions abstracted away: in a path every one of them may be taken. */
export interface FlowWay extends Pick<BlockWay, 'way' | 'by'> {
  from: string;
  /** A block, or one of `runState`. */
  to: string;
  minMs: number;
  maxMs: number;
  sets: readonly string[];
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
  const waysByBlock = new Map(
    document.blocks.map((block, index) => {
      const next = document.blocks[index + 1]?.id ?? runState.done;
      return [block.id, getBlockWays(block).ways.map((way) => resolveWay(block, way, next))] as const;
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

function resolveWay(block: ScenarioBlock, way: BlockWay, next: string): FlowWay {
  const { minMs = 0, maxMs = 0, sets = [] } = way;
  return { from: block.id, to: getWayTarget(block, way, next), way: way.way, by: way.by, minMs, maxMs, sets };
}

function getWayTarget(block: ScenarioBlock, { way, target }: BlockWay, next: string): string {
  if (target !== undefined) return target;
  const exit = getBlockWays(block).exits.find(({ name }) => name === way);
  return exit ? getExitTarget(block, exit, next) : next;
}
