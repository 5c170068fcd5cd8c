import { chooseState, sendCommand } from './agent-desk.ts';
import { createWorld } from './create-world.ts';
import { write } from './customers.ts';
import { describeOutcome, drawMoves, MOVE_AGENTS, MOVE_CUSTOMERS, playMoves, type Hands } from './moves.ts';
import type { WorldPlan } from './plan.ts';
import { enterVirtualTime } from './virtual-time.ts';
import { messagesOf, recordsOf, type World } from './world.ts';

/** Everything that follows from a move happens within this time. */
const MOVE_MS = 3000;

/** Plays the moves of a seed in a simulated world; gives what became of everybody. */
export async function playMovesInSimulation(seed: number): Promise<object[]> {
  const world = createWorld(planOf(seed));
  const leave = enterVirtualTime(world.scheduler);
  try {
    await playMoves(drawMoves(seed), handsIn(world));
  } finally {
    leave();
  }
  const records = [...recordsOf(world)].map(({ _id: conversationId, ...record }) => ({ conversationId, ...record }));
  const messages = [...messagesOf(world).values()].map(({ conversationId, seq, author, text = '', status = '' }) => ({
    conversationId,
    seq,
    author: author.kind,
    text,
    status: status,
  }));
  return describeOutcome(records, messages, {
    customers: world.customers.map(({ psid }) => psid),
    agents: world.agents.map(({ username }) => username),
  });
}

function planOf(seed: number): WorldPlan {
  const agent = {
    slots: 1,
    skills: { support: 50 },
    accepts: 0,
    rejects: 0,
    reactsAfterMs: 0,
    says: 0,
    endsChats: 0,
    leaves: 0,
    returnsAfterMs: 0,
  };
  return {
    seed,
    scenario: 'moves',
    agents: Array.from({ length: MOVE_AGENTS }, () => agent),
    customers: MOVE_CUSTOMERS,
    workers: 1,
    hasOlderWorker: false,
    suggestContinueAsNewAt: 30,
    bufferedEvents: 100,
    byteScale: 1,
    onUnknown: 'hold',
    apiAheadMs: 0,
    messengerAheadMs: 0,
    steps: [],
    faults: [],
  };
}

function handsIn(world: World): Hands {
  const { scheduler } = world;
  const agentAt = (index: number): World['agents'][number] => {
    const agent = world.agents[index];
    if (!agent) throw new Error(`There is no agent ${index}`);
    return agent;
  };
  return {
    async write(customer, count) {
      write(world, { type: 'write', at: 0, customer, count });
    },
    async choose(agent, state) {
      chooseState(world, agentAt(agent), state);
    },
    async command(agent, { conversationId, workflowId }, command) {
      const { username, name } = agentAt(agent);
      const clientId = `${world.elapsedMs()}`;
      const call = { workflowId, clientId };
      sendCommand(
        world,
        { ...call, command: { ...command, conversationId, agent: { username, name } } },
        () => undefined,
      );
    },
    async settle() {
      const until = scheduler.now + MOVE_MS;
      while (await scheduler.advance(until));
    },
    records: async () =>
      [...recordsOf(world)].map(({ _id: conversationId, ...record }) => ({ conversationId, ...record })),
    usernameOf: (agent) => agentAt(agent).username,
  };
}
