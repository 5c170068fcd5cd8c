import { createRandom, isLucky, pickInteger, pickOne, type RandomStream } from '../temporal/random.ts';
import { drawCloseCall } from './draw-close-call.ts';
import { drawFaults } from './draw-faults.ts';
import { drawFlood } from './draw-flood.ts';
import { drawPageTrouble } from './draw-page-trouble.ts';
import { drawStage } from './draw-stage.ts';
import { drawSteps } from './draw-steps.ts';
import { SCENARIO_NAMES, type AgentPlan, type WorldPlan } from './plan.ts';

/** What a server does and a world of a few people rarely meets: here often, so that it is met. */
const SHORT_RUNS = 0.5;
const SMALL_BUFFERS = 0.4;
const UPGRADES = 0.1;
const PAGE_TROUBLE = 0.05;
const WRONG_CLOCKS = 0.2;

/** The world of a seed. */
export function drawPlan(seed: number): WorldPlan {
  const next = createRandom(seed).stream('plan');
  const agents = Array.from({ length: pickOne(next, [1, 1, 2, 3]) }, () => drawAgent(next));
  const hasOlderWorker = isLucky(next, UPGRADES);
  const customers = pickOne(next, [1, 2, 2, 3, 5]);
  // A stream of its own: the worlds without a flood stay as they are.
  const { steps: flood, ...flooded } = drawFlood(createRandom(seed).stream('flood'), { customers, hasOlderWorker });
  const trouble = isLucky(next, PAGE_TROUBLE) ? drawPageTrouble(next, customers) : { steps: [], faults: [] };
  return {
    seed,
    scenario: pickOne(next, SCENARIO_NAMES),
    agents: withSnoozing(
      withTalkative(agents, createRandom(seed).stream('talkative')),
      createRandom(seed).stream('snoozing'),
    ),
    customers,
    workers: hasOlderWorker ? 2 : pickInteger(next, 1, 2),
    hasOlderWorker,
    suggestContinueAsNewAt: isLucky(next, SHORT_RUNS) ? pickInteger(next, 12, 80) : 4096,
    bufferedEvents: isLucky(next, SMALL_BUFFERS) ? pickInteger(next, 1, 4) : 100,
    onUnknown: pickOne(next, ['resend', 'hold']),
    apiAheadMs: isLucky(next, WRONG_CLOCKS) ? pickOne(next, [-2000, 2000]) : 0,
    messengerAheadMs: isLucky(next, WRONG_CLOCKS) ? pickOne(next, [-3000, 3000]) : 0,
    steps: [...drawSteps(next, { agents: agents.length, customers }), ...trouble.steps, ...flood].toSorted(
      (a, b) => a.at - b.at,
    ),
    faults: [...drawFaults(next), ...trouble.faults],
    ...flooded,
    // Of a stream of its own, too.
    ...drawStage(createRandom(seed).stream('stage')),
    ...drawCloseCall(createRandom(seed).stream('close call')),
  };
}

/** In a third of the worlds agents ask each other into their chats. */
function withTalkative(agents: readonly AgentPlan[], next: RandomStream): AgentPlan[] {
  if (!isLucky(next, 1 / 3)) return [...agents];
  return agents.map((agent) => ({ ...agent, asksOthers: pickOne(next, [0.3, 0.8]) }));
}

/** In a quarter of them they put chats away. */
function withSnoozing(agents: readonly AgentPlan[], next: RandomStream): AgentPlan[] {
  if (!isLucky(next, 1 / 4)) return [...agents];
  return agents.map((agent) => ({ ...agent, snoozes: pickOne(next, [0.3, 0.8]) }));
}

function drawAgent(next: RandomStream): AgentPlan {
  const accepts = pickOne(next, [1, 0.9, 0.6]);
  return {
    slots: pickOne(next, [1, 1, 2]),
    skills: { support: pickOne(next, [80, 30]) },
    accepts,
    rejects: (1 - accepts) / 2,
    reactsAfterMs: pickInteger(next, 50, 3000),
    says: pickOne(next, [0, 1, 1, 2]),
    endsChats: pickOne(next, [1, 0.8, 0.3]),
    leaves: pickOne(next, [0, 0, 0.2]),
    returnsAfterMs: pickInteger(next, 1000, 40_000),
  };
}
