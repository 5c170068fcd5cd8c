import { checkReach } from '../parse/check-flow.ts';
import { checkLoops } from '../parse/check-loops.ts';
import type { Finding } from '../problems/finding.ts';
import type { Check, CheckFinding } from './check-report.ts';
import { findPath } from './find-path.ts';
import type { Flow } from './flow.ts';
import { findLimitedWays } from './limited-ways.ts';
import { tellPath } from './tell-path.ts';

const REACH = 'blocks-are-reached';
const LOOPS = 'loops-wait';

/** Each is told with a path of its own. */
const MAX_FINDINGS = 200;

export const blocksAreReached: Check = {
  name: REACH,
  promise: 'Some way leads to every block.',
  certainty: 'sound',
  run: ({ document }) => ({ findings: checkReach(document).map((finding) => ({ ...finding, check: REACH })) }),
};

export const loopsWait: Check = {
  name: LOOPS,
  promise: 'Every loop waits for the customer or an agent.',
  certainty: 'sound',
  run: (flow) => ({
    findings: checkLoops(flow.document.blocks, limitedSteps(flow))
      .slice(0, MAX_FINDINGS)
      .map((finding) => withWayIn(flow, finding)),
  }),
};

/** Steps from block to block that no way takes more than so often. */
function limitedSteps(flow: Flow): (from: string, to: string) => boolean {
  const limited = findLimitedWays(flow, flow.ways);
  return (from, to) => {
    if (limited.size === 0) return false;
    const ways = flow.waysFrom(from).filter((way) => way.to === to);
    return ways.length > 0 && ways.every((way) => limited.has(way));
  };
}

function withWayIn(flow: Flow, finding: Finding): CheckFinding {
  const path = findPath(flow, { isGoal: (block) => block === finding.path[1] });
  return { ...finding, check: LOOPS, ...(path ? { transcript: tellPath(flow, path) } : {}) };
}
