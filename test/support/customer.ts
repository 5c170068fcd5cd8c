import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { conversationWorkflowId } from '../../adapters/temporal/workflow-id.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import { ACTOR_OPTIONS } from '../../contracts/task-queues.ts';
import { CONVERSATION_WORKFLOW, customerEventsSignal } from '../../contracts/actor-messages.ts';

/** A customer who writes straight to the actor, as the api would signal it. */
export interface Customer {
  readonly psid: string;
  readonly workflowId: string;
  /** Says something and gives the event, for a redelivery. */
  say(text: string, more?: Partial<CustomerEvent>): Promise<CustomerEvent>;
  deliver(...events: CustomerEvent[]): Promise<void>;
}

/** Creates a customer of a Page. `memo.continueAsNewAfterEvents` makes its runs short. */
export function createCustomer(client: Client, pageId: string, memo: Record<string, unknown> = {}): Customer {
  const psid = `psid-${randomUUID().slice(0, 8)}`;
  const workflowId = conversationWorkflowId(pageId, psid);
  async function deliver(...events: CustomerEvent[]): Promise<void> {
    await client.workflow.signalWithStart(CONVERSATION_WORKFLOW, {
      workflowId,
      ...ACTOR_OPTIONS,
      args: [{ pageId, psid }],
      signal: customerEventsSignal,
      signalArgs: [events],
      memo,
    });
  }
  return {
    psid,
    workflowId,
    deliver,
    async say(text, more = {}) {
      const event = message(text, more);
      await deliver(event);
      return event;
    },
  };
}

/** A customer's text message. */
export function message(text: string, more: Partial<CustomerEvent> = {}): CustomerEvent {
  const mid = `m_${randomUUID()}`;
  return { kind: 'message', key: mid, mid, at: Date.now(), text, attachments: [], ...more };
}
