import { watchInvariants } from '../invariants/watch-invariants.ts';
import { documentsOf } from '../mongo/simulated-database.ts';
import { findCurrentInstance } from '../temporal/workflow-instance.ts';
import { changePresence, chooseState } from './agent-desk.ts';
import { endAllChats, lookAtScreens, type SeenByAgents } from './agent-habits.ts';
import { createWorld } from './create-world.ts';
import { changeOwner, react, write, writeAgain } from './customers.ts';
import { cancel, configure, reset, resumePage, retryParts, terminate } from './operators.ts';
import { CLOSED_AFTER_MS, QUIET_AFTER_MS, type Step, type WorldPlan } from './plan.ts';
import { tellRecords } from './tell-story.ts';
import { enterVirtualTime } from './virtual-time.ts';
import type { Violation, World } from './world.ts';

/** A line of a world's story; `at`: milliseconds since it began. */
export interface StoryLine {
  at: number;
  who: string;
  what: string;
}

export interface WorldOutcome {
  violation: Violation | undefined;
  /** Events that happened. */
  events: number;
  world: World;
}

/** Events above which a world does not come to an end. */
const MOST_EVENTS = 60_000;

/** Plays a world to its end, or to the first thing that must not be. */
export async function runWorld(plan: WorldPlan, story?: (line: StoryLine) => void): Promise<WorldOutcome> {
  const world = createWorld(plan, story);
  const leave = enterVirtualTime(world.scheduler);
  const stopListening = alertUnhandled(world);
  try {
    await play(world);
  } finally {
    stopListening();
    leave();
  }
  return { violation: world.violation, events: world.scheduler.happened, world };
}

async function play(world: World): Promise<void> {
  const { plan, scheduler } = world;
  const startedAt = scheduler.now;
  const seen: SeenByAgents = {
    offers: new Set(),
    chats: new Set(),
    demotions: new Set(),
    invitations: new Set(),
    members: new Set(),
  };
  const told = new Map<string, string>();
  const invariants = watchInvariants(world);
  let changes = -1;
  for (const step of plan.steps) scheduler.schedule(step.at, () => takeStep(world, step));
  const goOnUntil = async (until: number): Promise<void> => {
    while (!world.violation && (await scheduler.advance(startedAt + until))) {
      if (world.changes !== changes) {
        changes = world.changes;
        if (world.isTold) tellRecords(world, told);
        lookAtScreens(world, seen);
        invariants.check('event');
      }
      if (scheduler.happened > MOST_EVENTS) world.violate('the world comes to rest', `${MOST_EVENTS} events happened`);
    }
  };
  const last = plan.steps.at(-1)?.at ?? 0;
  await goOnUntil(last + QUIET_AFTER_MS / 2);
  if (isPageClosed(world)) resumePage(world);
  await goOnUntil(last + QUIET_AFTER_MS);
  invariants.check('quiet');
  for (const agent of world.agents) if (agent.chosen !== 'logged-out') chooseState(world, agent, 'logged-out');
  await goOnUntil(last + QUIET_AFTER_MS + CLOSED_AFTER_MS);
  invariants.check('closed');
}

function isPageClosed(world: World): boolean {
  return documentsOf(world.store, 'send-lanes').get(world.pageId)?.['closed'] !== undefined;
}

// oxlint-disable-next-line complexity -- one line for each kind of step
function takeStep(world: World, step: Step): void {
  const agent = 'agent' in step ? world.agents[step.agent] : undefined;
  switch (step.type) {
    case 'write':
      return write(world, step);
    case 'write-again':
      return writeAgain(world, step);
    case 'react':
      return react(world, step);
    case 'other-app':
      return changeOwner(world, step);
    case 'choose':
      return agent && chooseState(world, agent, step.state);
    case 'presence':
      return agent && changePresence(world, agent, step.presence);
    case 'end-chats':
      return agent && endAllChats(world, agent);
    case 'configure':
    case 'terminate':
    case 'cancel':
    case 'reset':
    case 'resume-page':
    case 'retry-parts':
      return takeOperatorsStep(world, step);
  }
}

type OperatorsStep = Extract<
  Step,
  { type: 'configure' | 'terminate' | 'cancel' | 'reset' | 'resume-page' | 'retry-parts' }
>;

function takeOperatorsStep(world: World, step: OperatorsStep): void {
  switch (step.type) {
    case 'configure':
      return configure(world, step);
    case 'terminate':
      return terminate(world, step);
    case 'cancel':
      return cancel(world, step);
    case 'reset':
      return reset(world, step);
    case 'resume-page':
      return resumePage(world);
    case 'retry-parts':
      return retryParts(world);
  }
}

/** A promise that nobody looks after fails an actor's task; in the code of a process it ends the process. */
function alertUnhandled(world: World): () => void {
  const alert = (error: unknown): void => {
    const instance = findCurrentInstance();
    if (instance) instance.failure ??= error;
    else world.violate('no process dies of its own code', `unhandled rejection: ${String(error)}`);
  };
  process.on('unhandledRejection', alert);
  return () => void process.off('unhandledRejection', alert);
}
