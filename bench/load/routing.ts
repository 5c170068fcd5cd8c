import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import type { AgentRequest, RoutingIntent } from '../../contracts/routing-intent.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { AgentState } from '../../contracts/routing.ts';
import { TASK_QUEUE } from '../../contracts/task-queues.ts';
import {
  agentStateSignal,
  CONVERSATION_WORKFLOW,
  DISPATCHER_WORKFLOW,
  routingIntentsSignal,
} from '../../contracts/actor-messages.ts';

/** The skill of those who wait for ever: one agent has it, who is logged in and not ready. */
export const CROWD_SKILL = 'crowd';
const REQUESTS_A_SIGNAL = 500;
/** Temporal takes 10,000 signals for one run; every waiting conversation gets a few. */
const WAITING_A_SINK = 500;

/** Sets the state of an agent of a group; the dispatcher starts with it. */
export async function setAgentState(
  client: Client,
  group: string,
  { username, state }: { username: string; state: AgentState },
): Promise<void> {
  await client.workflow.signalWithStart(DISPATCHER_WORKFLOW, {
    workflowId: dispatcherWorkflowId(group),
    taskQueue: TASK_QUEUE,
    args: [{ group }],
    signal: agentStateSignal,
    signalArgs: [{ username, state, at: Date.now() }],
  });
}

/** The first intent of a conversation that asks for an agent. */
export function createIntent(skill: string, queuedAt: number): RoutingIntent & { request: AgentRequest } {
  const request = {
    requestId: 'find:2',
    skills: [{ name: skill, minLevel: 1 }],
    anySkillOf: [],
    priority: 0,
    queuedAt,
    refusedBy: [],
  };
  return { conversationId: randomUUID(), number: 1, request, held: [], releases: [] };
}

/**
 * Fills a group's queue with conversations that nobody will take. They stand in the read model, and what the dispatcher
 * tells them goes to workflows on a task queue that nobody polls: signals are stored there and cost no more.
 */
export async function crowdQueue(
  client: Client,
  { group, count, skill = CROWD_SKILL }: { group: string; count: number; skill?: string },
  recordConversations: (records: ConversationRecord[]) => Promise<void>,
): Promise<{ workflowId: string }[]> {
  const sinks = Array.from({ length: Math.ceil(count / WAITING_A_SINK) }, () => ({
    workflowId: `bench-sink:${randomUUID()}`,
  }));
  for (const { workflowId } of sinks) {
    await client.workflow.start(CONVERSATION_WORKFLOW, { workflowId, taskQueue: 'bench-nobody', args: [] });
  }
  const startedAt = Date.now();
  const intents = Array.from({ length: count }, (_, n) => createIntent(skill, startedAt - count + n));
  await recordConversations(
    intents.map(({ conversationId }, n) => ({
      conversationId,
      revision: startedAt,
      pageId: group,
      psid: conversationId,
      workflowId: sinks[n % sinks.length]?.workflowId ?? '',
      state: 'queued',
      owner: 'queue',
      startedAt,
      servedBy: [],
    })),
  );
  const dispatcher = client.workflow.getHandle(dispatcherWorkflowId(group));
  for (let at = 0; at < intents.length; at += REQUESTS_A_SIGNAL) {
    await dispatcher.signal(routingIntentsSignal, intents.slice(at, at + REQUESTS_A_SIGNAL));
  }
  return sinks;
}
