import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { createPresenceRepository, type StoredPresence } from '../../adapters/mongo/presence-repository.ts';
import { dispatcherWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import { agentCommandUpdate, agentStateSignal, DISPATCHER_WORKFLOW } from '../../contracts/actor-messages.ts';
import type { AgentCommand, AgentCommandResult, IssuedCommand } from '../../contracts/agent-command.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { AgentState } from '../../contracts/routing.ts';
import { ACTOR_OPTIONS } from '../../contracts/task-queues.ts';
import type { ActorStack } from './actor-stack.ts';
import type { Customer } from './customer.ts';
import type { SeededPage } from './seed-configuration.ts';
import { until } from './until.ts';
import { latestRecord, untilInState } from './watch-customer.ts';

/** The dispatcher of a seeded Page's group. */
export function dispatcherOf({ client }: ActorStack, page: SeededPage): WorkflowHandle {
  return client.workflow.getHandle(dispatcherWorkflowId(page.pageId));
}

const LEASE_MS = 600_000;

/** An agent chooses a state, as the api takes it: kept in the database first, then told to the dispatcher, which starts with it. */
export async function chooseState(
  { client, db }: ActorStack,
  page: SeededPage,
  { username, state }: { username: string; state: AgentState },
): Promise<void> {
  const now = Date.now();
  const presence = createPresenceRepository(db.collection<StoredPresence>('presence'));
  const { at } = await presence.recordState({ username, state, at: now }, now + LEASE_MS);
  await client.workflow.signalWithStart(DISPATCHER_WORKFLOW, {
    workflowId: dispatcherWorkflowId(page.pageId),
    ...ACTOR_OPTIONS,
    args: [{ group: page.pageId }],
    signal: agentStateSignal,
    signalArgs: [{ username, state, at }],
  });
}

/** An agent's client has not been heard of for so long that their lease is over. */
export async function endLease({ db }: ActorStack, username: string): Promise<void> {
  await db.collection<StoredPresence>('presence').updateOne({ _id: username }, { $set: { leaseUntil: 0 } });
}

/** An agent's command on a customer's conversation, straight to its actor. */
export async function command(
  { client }: ActorStack,
  { customer, record, username }: { customer: Customer; record: ConversationRecord; username: string },
  what: Omit<AgentCommand, 'clientId'> & Record<string, unknown>,
): Promise<AgentCommandResult> {
  const issued = {
    ...what,
    conversationId: record.conversationId,
    clientId: randomUUID(),
    contentHash: '',
    agent: { username, name: 'Agent 0' },
  } as unknown as IssuedCommand;
  return client.workflow.getHandle(customer.workflowId).executeUpdate(agentCommandUpdate, { args: [issued] });
}

/** The code that a command was refused with. */
export async function refusalOf(answer: Promise<unknown>): Promise<string | undefined | null> {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
    ? error.cause.type
    : `not refused: ${String(error)}`;
}

/** The agent takes the chat that is offered to them; gives the record of the connected chat. */
export async function acceptOffer(
  stack: ActorStack,
  customer: Customer,
  username: string,
): Promise<ConversationRecord> {
  // The record may still show the offer that somebody has just refused.
  const { record, offerId } = await until(`an offer to ${username}`, async () => {
    const found = await latestRecord(stack, customer);
    return found?.offer?.agent === username ? { record: found, offerId: found.offer.offerId } : undefined;
  });
  await command(stack, { customer, record, username }, { type: 'accept', offerId });
  return untilInState(stack, customer, 'connected');
}
