import { isLucky, pickInteger, pickOne, type RandomStream } from '../temporal/random.ts';
import type { AgentPlan, Fault, Step, WorldPlan } from './plan.ts';

const STAGED = 0.008;

type Staged = Pick<WorldPlan, 'scenario' | 'agents' | 'customers' | 'hasOlderWorker' | 'steps' | 'faults'>;

/** Few worlds are set up as a whole for what several rare things have to come together for; undefined in all others. */
export function drawStage(next: RandomStream): Staged | undefined {
  if (!isLucky(next, STAGED)) return undefined;
  return pickOne(next, [drawLateLetters, drawHeldRetry])(next);
}

/** Every second letter to the dispatcher is long on its way, while somebody waits for the one slot that is taken. */
function drawLateLetters(next: RandomStream): Staged {
  const faults: Fault[] = [{ type: 'late-letters', until: 60_000, ms: 7000 + next() * 5000 }];
  const steps: Step[] = [
    { at: next() * 500, type: 'choose', agent: 0, state: 'ready' },
    write(1000 + next() * 3000, 0),
    write(15_000 + next() * 30_000, 1),
  ];
  return { ...stageOf(next, { says: 0, reactsAfterMs: pickInteger(next, 50, 1000) }), steps, faults };
}

/**
 * What a person lets go again waits behind a limit that holds the Page's texts, and meanwhile its token dies: pictures,
 * which the limit does not hold, show it.
 */
function drawHeldRetry(next: RandomStream): Staged {
  const repairedAt = 40_000 + next() * 5000;
  const limitUntil = repairedAt + 110_000 + next() * 20_000;
  const faults: Fault[] = [
    { type: 'graph', from: 14_000 + next() * 4000, until: repairedAt, answer: 'token' },
    { type: 'graph', from: repairedAt + 100, until: limitUntil, answer: 'limit' },
    { type: 'graph', from: limitUntil, until: limitUntil + 400_000, answer: 'token' },
  ];
  const steps: Step[] = [
    { at: next() * 500, type: 'choose', agent: 0, state: 'ready' },
    write(1000 + next() * 2000, 0),
    { at: 30_000 + next() * 6000, type: 'end-chats', agent: 0 },
    { at: repairedAt + 50, type: 'resume-page' },
    write(repairedAt + 1000 + next() * 2000, 1),
    { at: repairedAt + 20_000 + next() * 10_000, type: 'retry-parts' },
    write(limitUntil + next() * 5000, 2),
    { at: limitUntil + 300_000, type: 'resume-page' },
  ];
  return { ...stageOf(next, { says: 6, barePictures: 0.6, reactsAfterMs: 200 }), steps, faults };
}

function write(at: number, customer: number): Step {
  return { at, type: 'write', customer, count: 1 };
}

/** One agent, who takes everything and ends nothing. */
function stageOf(
  next: RandomStream,
  agent: Pick<AgentPlan, 'says' | 'reactsAfterMs' | 'barePictures'>,
): Omit<Staged, 'steps' | 'faults'> {
  const slots = agent.says > 0 ? 3 : 1;
  const willing = { accepts: 1, rejects: 0, endsChats: 0, leaves: 0, returnsAfterMs: 5000 };
  return {
    scenario: 'chat-and-out',
    agents: [{ slots, skills: { support: 80 }, ...willing, ...agent }],
    customers: 3,
    hasOlderWorker: false,
  };
}
