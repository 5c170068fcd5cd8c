import { formatDuration } from '../../contracts/duration.ts';
import { MESSENGER_POLICY } from '../../contracts/messenger-policy.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import type { Check, CheckFinding } from './check-report.ts';
import { findPath } from './find-path.ts';
import type { Flow, FlowWay } from './flow.ts';
import { tellPath } from './tell-path.ts';

const name = 'messages-in-window';

/** Each is told with a path of its own. */
const MAX_FINDINGS = 200;

/** Every message can be sent while Messenger's window is open, on some path at least. */
export const messagesInWindow: Check = {
  name,
  promise: 'No message can only be sent after the 24 h messaging window has closed.',
  certainty: 'bounded',
  run: (flow) => {
    const silent = findLeastSilence(flow, (way, before) => (resets(way.by) ? 0 : silenceBehind(way, before)));
    // While an agent is looked for, or in a Wait, the customer may write at any moment, and opens the window again.
    const written = findLeastSilence(flow, (way, before) =>
      resets(way.by) || mayBeWrittenIn(flow, way) ? 0 : silenceBehind(way, before),
    );
    return {
      findings: flow.document.blocks
        .filter(
          (block) =>
            getBlockWays(block).says !== undefined &&
            (silent.get(block.id)?.ms ?? 0) > MESSENGER_POLICY.standardWindowMs,
        )
        .slice(0, MAX_FINDINGS)
        .map(({ id }) =>
          toFinding(flow, { id, silent, isCertain: (written.get(id)?.ms ?? 0) > MESSENGER_POLICY.standardWindowMs }),
        ),
    };
  },
};

/** Time passes in the block, and what the customer writes meanwhile leads nowhere out of it. */
function mayBeWrittenIn(flow: Flow, { from }: FlowWay): boolean {
  const ways = flow.waysFrom(from);
  return ways.some(({ minMs }) => minMs > 0) && ways.every(({ by }) => by !== 'customer');
}

interface Silence {
  ms: number;
  cameBy?: FlowWay;
}

function resets(by: FlowWay['by']): boolean {
  return by === 'customer' || by === 'anywhere' || by === 'chat-end';
}

/** So long the customer has been silent when the window is about to close. */
function silenceBehind({ minMs, silentMs = 0 }: FlowWay, before: number): number {
  return Math.max(before + minMs, silentMs);
}

/** The least time since the customer last wrote, for each block that can be reached; `behind`: that behind a way, from that before it. */
function findLeastSilence(flow: Flow, behind: (way: FlowWay, before: number) => number): Map<string, Silence> {
  const least = new Map<string, Silence>([[flow.start, { ms: 0 }]]);
  const open = [flow.start];
  // Label correcting: few ways take time at all, so few blocks are looked at twice.
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const here = least.get(id)?.ms ?? 0;
    for (const way of flow.waysFrom(id)) {
      const ms = behind(way, here);
      if (ms >= (least.get(way.to)?.ms ?? Infinity)) continue;
      least.set(way.to, { ms, cameBy: way });
      open.push(way.to);
    }
  }
  return least;
}

function toFinding(
  flow: Flow,
  { id, silent, isCertain }: { id: string; silent: Map<string, Silence>; isCertain: boolean },
): CheckFinding {
  const path = tracePath(flow, silent, id);
  const passed = formatDuration(silent.get(id)?.ms ?? 0);
  return {
    check: name,
    severity: isCertain ? 'error' : 'warning',
    code: 'outside-window',
    message: isCertain
      ? `Messenger refuses this message: at least ${passed} have passed since the customer last wrote.`
      : `Messenger refuses this message unless the customer writes meanwhile: ${passed} pass before it.`,
    remedy: 'Shorten the waits before it to less than 24h together.',
    path: ['blocks', id],
    atKey: true,
    transcript: tellPath(flow, path, id),
  };
}

/** The silent part of the path as it was found; how the customer gets to where they last write is any shortest way. */
function tracePath(flow: Flow, silent: Map<string, Silence>, id: string): FlowWay[] {
  const path: FlowWay[] = [];
  for (let way = silent.get(id)?.cameBy; way; way = silent.get(way.from)?.cameBy) {
    path.unshift(way);
    if (resets(way.by)) break;
  }
  const begin = path[0]?.from ?? id;
  return [...(findPath(flow, { isGoal: (block) => block === begin }) ?? []), ...path];
}
