import { createPresenceRepository, type StoredPresence } from '../../../adapters/mongo/presence-repository.ts';
import { dispatcherWorkflowId } from '../../../adapters/temporal/workflow-id.ts';
import type { AgentState } from '../../../contracts/routing.ts';
import {
  agentCommandUpdate,
  agentStateSignal,
  DISPATCHER_WORKFLOW,
  presenceSignal,
} from '../../../contracts/actor-messages.ts';
import { createSimulatedDatabase } from '../mongo/simulated-database.ts';
import type { UpdateAnswer } from '../temporal/execution.ts';
import { presenceOf, type Agent, type World } from './world.ts';

const TRY_AGAIN_MS = 2000;
const LEASE_MS = 600_000;
/** After so long the api gives a command up, and the agent's client sends it again. */
const COMMAND_DEADLINE_MS = 8000;
const COMMAND_ATTEMPTS = 4;

/** An agent chooses a state: kept in the database first, then told to the dispatcher; tried until it is through. */
export function chooseState(world: World, agent: Agent, state: AgentState): void {
  // Two clicks of one agent are never of one moment.
  const at = Math.max(apiNow(world), agent.toldAt + 1);
  agent.toldAt = at;
  agent.chosen = state;
  agent.chosenAt = world.elapsedMs();
  // Whoever chooses is there.
  agent.lostAt = undefined;
  world.tell(agent.username, `chooses ${state}`);
  const tell = async (): Promise<void> => {
    const database = createSimulatedDatabase(world.store, (label, apply) => world.api.effect(label, apply));
    const presence = createPresenceRepository(database.collection<StoredPresence>('presence'));
    const chosen = await presence.recordState({ username: agent.username, state, at }, at + LEASE_MS);
    if (agent.lostAt !== undefined) setLease(world, agent, at);
    await tellDispatcher(world, agentStateSignal.name, { username: agent.username, state, at: chosen.at });
  };
  tryUntilThrough(world, tell);
}

/** An agent who comes into the group brings along what they chose, or what a dispatcher made of it. */
export async function bringState(world: World, { username }: Agent): Promise<void> {
  const { state = 'logged-out', reason } = presenceOf(world, username) ?? {};
  if (state === 'logged-out') return;
  await tellDispatcher(world, agentStateSignal.name, { username, state, reason, at: apiNow(world) });
}

/** An agent's client is lost or comes back, as the api finds it. */
export function changePresence(world: World, agent: Agent, presence: 'lost' | 'back'): void {
  if (agent.chosen === 'logged-out') return;
  const at = apiNow(world);
  if (presence === 'lost') agent.lostAt ??= world.elapsedMs();
  else agent.lostAt = undefined;
  world.tell(agent.username, presence === 'lost' ? 'loses the connection' : 'is back');
  const tell = async (): Promise<void> => {
    await world.api.effect(`presence.${presence}`, () => setLease(world, agent, at));
    await tellDispatcher(world, presenceSignal.name, { username: agent.username, presence, at });
  };
  tryUntilThrough(world, tell);
}

/**
 * Lost is who let their lease run out. That takes so long that no earlier word of theirs is still on its way then: whichever
 * write comes last says what is true now.
 */
function setLease({ store }: World, { username, lostAt }: Agent, at: number): void {
  const stored = store.get('presence')?.get(username);
  if (stored) stored['leaseUntil'] = lostAt === undefined ? at + LEASE_MS : at;
}

function apiNow({ scheduler, plan }: World): number {
  return Math.floor(scheduler.now + plan.apiAheadMs);
}

/** Signals the dispatcher, and starts it where it does not run. */
export function tellDispatcher(world: World, signal: string, news: object): Promise<void> {
  return world.api.effect(`tell dispatcher ${signal}`, () =>
    world.service.signalWithStart({
      workflowId: dispatcherWorkflowId(world.group),
      workflowType: DISPATCHER_WORKFLOW,
      args: [{ group: world.group }],
      signal,
      signalArgs: [news],
    }),
  );
}

/** Does something of the api again until it has succeeded. */
export function tryUntilThrough(world: World, attempt: () => Promise<unknown>): void {
  attempt().catch(() => {
    world.scheduler.schedule(TRY_AGAIN_MS, () => tryUntilThrough(world, attempt));
  });
}

export interface AgentCommandCall {
  workflowId: string;
  clientId: string;
  command: { type: string; [field: string]: unknown };
  /** From 1. */
  attempt?: number;
}

/** Sends an agent's command; the same once more where no answer comes. `onAnswer` gets what the actor says to it. */
export function sendCommand(world: World, call: AgentCommandCall, onAnswer: (answer: UpdateAnswer) => void): void {
  const { workflowId, clientId, command, attempt = 1 } = call;
  let isOver = false;
  const finish = (answer: UpdateAnswer | undefined): void => {
    if (isOver) return;
    isOver = true;
    const isLost = !answer || ('lost' in answer && answer.lost !== 'not-found');
    if (!isLost) return onAnswer(answer);
    if (attempt < COMMAND_ATTEMPTS) sendCommand(world, { ...call, attempt: attempt + 1 }, onAnswer);
  };
  world.scheduler.schedule(COMMAND_DEADLINE_MS, () => finish(undefined));
  world.api
    .effect(`command ${command.type}`, () =>
      world.service.update(
        workflowId,
        {
          updateId: clientId,
          name: agentCommandUpdate.name,
          args: [{ ...command, clientId, contentHash: JSON.stringify(command) }],
        },
        (answer) => void world.scheduler.schedule(1, () => finish(answer)),
      ),
    )
    .catch(() => undefined);
}
