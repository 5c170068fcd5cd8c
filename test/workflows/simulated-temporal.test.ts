import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { MessageDocument } from '../../adapters/mongo/message-document.ts';
import { createActors, type Actors } from '../../adapters/temporal/actors.ts';
import { dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { AppError } from '../../contracts/app-error.ts';
import { createCustomer, type Customer } from '../support/customer.ts';
import { useActorStack } from '../support/actor-stack.ts';
import { seedPage, type SeededPage } from '../support/seed-configuration.ts';
import { bundleSimulation } from '../simulation/stories/bundle-simulation.ts';
import { playMovesInThread } from '../simulation/stories/world-threads.ts';
import {
  describeOutcome,
  drawMoves,
  MOVE_AGENTS,
  MOVE_CUSTOMERS,
  MOVE_SCENARIO,
  playMoves,
  type Hands,
} from '../simulation/world/moves.ts';

/** Chosen for what happens in them: chats, several conversations of one customer, agents who leave. */
const SEEDS = [3, 4, 8, 9, 21];
/** Runs are short, so that what is carried from one to the next matters. */
const HOP_AFTER_EVENTS = 30;

const stack = useActorStack();
let folder: string;
let simulated: Map<number, object[]>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulated-temporal-'));
  const bundle = path.join(folder, 'world.mjs');
  await bundleSimulation(bundle);
  simulated = await playMovesInThread(bundle, SEEDS);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the simulated Temporal', () => {
  it.each(SEEDS)('brings everybody to where the real one brings them (seed %i)', { timeout: 60_000 }, async (seed) => {
    expect(await playOnServers(seed)).toEqual(simulated.get(seed));
  });
});

async function playOnServers(seed: number): Promise<object[]> {
  const page = await seedPage(stack.store, {
    scenario: MOVE_SCENARIO,
    agents: Array.from({ length: MOVE_AGENTS }, () => ({ skills: { support: 50 } })),
  });
  const customers = Array.from({ length: MOVE_CUSTOMERS }, () =>
    createCustomer(stack.client, page.pageId, { continueAsNewAfterEvents: HOP_AFTER_EVENTS }),
  );
  const hands = handsOn(page, customers, createActors(stack.client));
  await playMoves(drawMoves(seed), hands);
  const messages = await stack.db.collection<MessageDocument>('messages').find({ pageId: page.pageId }).toArray();
  const said = messages.map(({ conversationId, seq, author, text = '', status = '' }) => ({
    conversationId,
    seq,
    author: author.kind,
    text,
    status: status,
  }));
  return describeOutcome(await hands.records(), said, {
    customers: customers.map(({ psid }) => psid),
    agents: page.agents,
  });
}

function handsOn({ pageId, agents }: SeededPage, customers: readonly Customer[], actors: Actors): Hands {
  const written = new Map<number, number>();
  const records: Hands['records'] = async () =>
    (await stack.readModel.conversations.listConversations({ pageId }, { limit: 100 })).items;
  return {
    records,
    usernameOf: (agent) => agents[agent] ?? '',
    async write(customer, count) {
      for (let n = 0; n < count; n += 1) {
        const number = (written.get(customer) ?? 0) + 1;
        written.set(customer, number);
        await customers[customer]?.say(`message ${number}`);
      }
    },
    choose: (agent, state) => actors.tellAgentState(pageId, { username: agents[agent] ?? '', state, at: Date.now() }),
    async command(agent, { conversationId, workflowId }, command) {
      const identity = { username: agents[agent] ?? '', name: `Agent ${agent}` };
      const whole = { ...command, conversationId, clientId: randomUUID(), contentHash: '', agent: identity };
      await sendUntilAnswered(() => actors.runCommand(workflowId, whole));
    },
    settle: () => waitForQuiet([dispatcherWorkflowId(pageId), ...customers.map(({ workflowId }) => workflowId)]),
  };
}

const ATTEMPTS = 5;

/** A task that fails takes the command down that came with it: an agent's client sends it again. */
async function sendUntilAnswered(send: () => Promise<unknown>, attempt = 1): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SERVICE_UNAVAILABLE' || attempt === ATTEMPTS) throw error;
    await sendUntilAnswered(send, attempt + 1);
  }
}

const LOOK_AGAIN_MS = 30;

/**
 * All is quiet where no actor has a task or an activity under way, and none has had one since the last look. What one
 * says to another it says by an activity.
 */
async function waitForQuiet(workflowIds: readonly string[]): Promise<void> {
  let before: string | undefined;
  for (;;) {
    const looks = await Promise.all(workflowIds.map(lookAt));
    const now = looks.includes('busy') ? undefined : looks.join(' ');
    if (now !== undefined && now === before) return;
    before = now;
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Where an actor stands in its history; `busy` while it moves. */
async function lookAt(workflowId: string): Promise<string> {
  try {
    const { runId, historyLength, raw } = await stack.client.workflow.getHandle(workflowId).describe();
    const isBusy = Boolean(raw.pendingWorkflowTask) || (raw.pendingActivities ?? []).length > 0;
    return isBusy ? 'busy' : `${runId}:${historyLength}`;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'none';
    throw error;
  }
}
