import type { Check, CheckFinding } from './check-report.ts';
import { findPath } from './find-path.ts';
import type { Flow, FlowWay } from './flow.ts';
import { tellPath } from './tell-path.ts';

const name = 'agents-are-connected';

/** Each is told with a path of its own. */
const MAX_FINDINGS = 200;

/** An agent who was found is offered the chat before anything waits: a reservation expires after 60 s. */
export const agentsAreConnected: Check = {
  name,
  promise: 'Every Find Agent is followed by Connect Chat before any wait.',
  certainty: 'sound',
  run: (flow) => {
    const findings: CheckFinding[] = [];
    for (const found of flow.ways.filter(({ by }) => by === 'reservation')) {
      if (findings.length < MAX_FINDINGS) findings.push(...checkSearch(flow, found));
    }
    return { findings };
  },
};

function checkSearch(flow: Flow, found: FlowWay): CheckFinding[] {
  const wrong = findPath(flow, {
    from: found.to,
    mayTake: (way) => way.by !== 'failed-send' && !isConnecting(flow, way.from),
    isGoal: (block) => isWasted(flow, block),
  });
  if (!wrong) return [];
  const end = wrong.at(-1)?.to ?? found.to;
  const before = findPath(flow, { isGoal: (block) => block === found.from }) ?? [];
  return [
    {
      check: name,
      severity: 'error',
      code: 'agent-not-connected',
      message: `The agent whom ${found.from} finds is not offered the chat: ${describeEnd(flow, end)} comes first.`,
      remedy: 'Lead every way from this Find Agent to a Connect Chat, and wait for the customer before it or after.',
      path: ['blocks', found.from],
      atKey: true,
      transcript: tellPath(flow, [...before, found, ...wrong]),
    },
  ];
}

/** The end, or a block that waits for something else than this agent's answer. */
function isWasted(flow: Flow, block: string): boolean {
  if (!flow.blocks.has(block)) return true;
  return !isConnecting(flow, block) && flow.waysFrom(block).some(({ maxMs }) => maxMs > 0);
}

function isConnecting(flow: Flow, block: string): boolean {
  return flow.blocks.get(block)?.type === 'connect-chat';
}

function describeEnd(flow: Flow, block: string): string {
  return flow.blocks.has(block) ? `the wait of ${block}` : 'the end';
}
