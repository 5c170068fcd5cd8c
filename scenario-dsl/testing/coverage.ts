import { buildFlow } from '../checks/flow.ts';
import { isRuleName } from '../document/anywhere.ts';
import type { ScenarioDocument } from '../document/document.ts';
import type { TakenWay } from '../machine/run-setup.ts';

/** How much of a scenario its tests have gone through; `missing` names what they have not. */
export interface Coverage {
  blocks: CoveredShare;
  exits: CoveredShare;
}

export interface CoveredShare {
  total: number;
  covered: number;
  missing: string[];
}

/** Counts every block, and every way out of every block: exits, branches, the way on. Words that work anywhere are one way each. */
export function measureCoverage(
  document: ScenarioDocument,
  taken: readonly TakenWay[],
  visited: Iterable<string>,
): Coverage {
  const takenWays = new Set(taken.map(wayName));
  const seen = new Set([...visited, ...taken.map(({ block }) => block)]);
  const written = document.blocks.filter(({ isBuiltIn }) => !isBuiltIn).map(({ id }) => id);
  const own = new Set(written);
  const flowWays = buildFlow(document).ways.filter(({ from }) => own.has(from));
  const ways = new Set(flowWays.map(({ from, way }) => wayName({ block: from, way })));
  return {
    blocks: share(written, seen),
    exits: share([...ways], takenWays),
  };
}

/** The smaller share of the two, from 0 to 100. */
export function getCoveragePercent({ blocks, exits }: Coverage): number {
  return Math.min(percentOf(blocks), percentOf(exits));
}

export function percentOf({ covered, total }: CoveredShare): number {
  return total === 0 ? 100 : (100 * covered) / total;
}

function share(all: readonly string[], seen: ReadonlySet<string>): CoveredShare {
  const missing = all.filter((name) => !seen.has(name));
  return { total: all.length, covered: all.length - missing.length, missing };
}

function wayName({ block, way }: TakenWay): string {
  return isRuleName(way) ? way : `${block}: ${way}`;
}
