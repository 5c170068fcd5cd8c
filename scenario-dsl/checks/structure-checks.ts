import { checkReach } from '../parse/check-flow.ts';
import { MAX_HOPS } from '../compile/run-machine.ts';
import { checkLoops, listLoops } from '../parse/check-loops.ts';
import { showRoute, type Finding } from '../problems/finding.ts';
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
  run: (flow) => {
    const timesOf = limitedSteps(flow);
    const endless = checkLoops(flow.document.blocks, (from, to) => timesOf(from, to) !== undefined);
    return {
      findings: [...endless, ...findLongLoops(flow, timesOf)]
        .slice(0, MAX_FINDINGS)
        .map((finding) => withWayIn(flow, finding)),
    };
  },
};

type TimesOf = (from: string, to: string) => number | undefined;

/** Loops that a counter ends, but only after the run was stopped: so many blocks in a row may not wait. */
function findLongLoops(flow: Flow, timesOf: TimesOf): Finding[] {
  return listLoops(flow.document.blocks).flatMap((loop) => {
    const steps = loop.map((from, index) => timesOf(from, loop[(index + 1) % loop.length] ?? from) ?? Infinity);
    const times = Math.min(...steps);
    // A list of records is as long as what it comes from: nobody has written down how long.
    const isCounted = flow.blocks.get(loop[steps.indexOf(times)] ?? '')?.type === 'if';
    if (!isCounted || times === Infinity || times * loop.length <= MAX_HOPS) return [];
    return [
      {
        severity: 'error',
        code: 'loop-too-long',
        message: `The loop ${showRoute([...loop, loop[0] ?? ''])} can go round ${times} times without waiting for anybody: after ${MAX_HOPS} blocks the conversation fails.`,
        remedy: `Let it count to ${Math.max(1, Math.floor(MAX_HOPS / loop.length) - 1)} at most, or work on whole lists: map, filter, sum.`,
        path: ['blocks', loop[0] ?? ''],
        atKey: true,
      },
    ];
  });
}

/** How often a step from block to block is taken at most; undefined where nothing limits it. */
function limitedSteps(flow: Flow): TimesOf {
  const limited = findLimitedWays(flow, flow.ways);
  return (from, to) => {
    if (limited.size === 0) return undefined;
    const ways = flow.waysFrom(from).filter((way) => way.to === to);
    const times = ways.map((way) => limited.get(way) ?? Infinity);
    return times.length > 0 && !times.includes(Infinity) ? Math.max(...times) : undefined;
  };
}

function withWayIn(flow: Flow, finding: Finding): CheckFinding {
  const path = findPath(flow, { isGoal: (block) => block === finding.path[1] });
  return { ...finding, check: LOOPS, ...(path ? { transcript: tellPath(flow, path) } : {}) };
}
