import { createHmac } from 'node:crypto';
import type { Webhook } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { ClaimedDelivery } from '../../adapters/mongo/webhook-deliveries.ts';
import { presentConversationEvent } from '../history/present-event.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How often a process looks for what is due. */
export const WEBHOOKS_TICK_MS = 500;
const TIMEOUT_MS = 10_000;
/** Longer than a call may take: a process that dies keeps an event so long from the others. */
const CLAIM_MS = 30_000;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60 * 60_000;
/** What has waited so long is given up with its next failure. */
const GIVEN_UP_AFTER_MS = 24 * 60 * 60_000;
/** Of each receiver at once, so that a dead one keeps no other waiting. */
const CONVERSATIONS_AT_ONCE = 4;
const LISTED = 50;
const EVENTS_OF_ONE_TURN = 100;

type DeliverDependencies = Pick<
  AppDependencies,
  'alerts' | 'configuration' | 'guardedFetch' | 'logger' | 'now' | 'webhookDeliveries'
>;

/**
 * Sends what is due to the receivers of webhooks. Any number of processes may do so: an event is claimed before it is sent, and
 * gone once it was taken; a process that dies in between sends it again. Of a conversation one event is under way at a time, in
 * their order.
 */
export async function deliverEvents(deps: DeliverDependencies): Promise<void> {
  const webhooks = (await deps.configuration.get()).webhooks();
  await Promise.all(webhooks.map((webhook) => deliverTo(deps, webhook)));
}

async function deliverTo(deps: DeliverDependencies, webhook: Webhook): Promise<void> {
  const { name } = webhook;
  const waiting = await deps.webhookDeliveries.listDueConversations(name, deps.now(), LISTED);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await deliverConversation(deps, webhook, next);
    }
  };
  await Promise.all(Array.from({ length: CONVERSATIONS_AT_ONCE }, work));
}

async function deliverConversation(deps: DeliverDependencies, webhook: Webhook, conversationId: string): Promise<void> {
  const { now, webhookDeliveries } = deps;
  for (let count = 0; count < EVENTS_OF_ONE_TURN; count += 1) {
    const times = { now: now(), claimedUntil: now() + CLAIM_MS };
    const delivery = await webhookDeliveries.claimNext({ webhook: webhook.name, conversationId }, times);
    if (!delivery) return;
    const failure = await send(deps, webhook, delivery);
    if (failure !== undefined) return keepForLater(deps, delivery, failure);
    await webhookDeliveries.remove(delivery.id);
  }
}

/** Gives what went wrong, or nothing. */
async function send(
  { configuration, guardedFetch, now }: DeliverDependencies,
  { url, secret }: Webhook,
  delivery: ClaimedDelivery,
): Promise<string | undefined> {
  const key = (await configuration.get()).secrets().find(({ name }) => name === secret)?.value;
  if (key === undefined) return `the configuration has no value for secret "${secret}"`;
  const body = describeDelivery(delivery);
  const result = await guardedFetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'attendant-delivery': delivery.id,
      'attendant-signature': sign(body, key, now()),
    },
    body,
    timeoutMs: TIMEOUT_MS,
    maxRedirects: 0,
    allowHttp: true,
  });
  if (result.outcome !== 'answered') return result.reason;
  return result.status >= 200 && result.status < 300 ? undefined : `it answered ${result.status}`;
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA-256 over `<seconds>.<body>`, so that an old request cannot be sent again as a new one. */
function sign(body: string, key: string, at: number): string {
  const seconds = Math.floor(at / 1000);
  return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
}

function describeDelivery({ id, webhook, event, conversation }: ClaimedDelivery): string {
  return JSON.stringify({
    id,
    webhook,
    type: 'conversation.event',
    event: presentConversationEvent(event),
    conversation: { id: event.conversationId, ...conversation },
  });
}

async function keepForLater(
  { alerts, logger, now, webhookDeliveries }: DeliverDependencies,
  { id, webhook, tries, createdAt }: ClaimedDelivery,
  reason: string,
): Promise<void> {
  logger.warn({ webhook, id, tries, reason }, 'an event was not taken by its receiver');
  if (now() - createdAt < GIVEN_UP_AFTER_MS) {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);
    return webhookDeliveries.retryAt(id, now() + pauseMs, reason);
  }
  await webhookDeliveries.bury(id, now(), reason);
  await alerts.tell({
    group: 'webhooks',
    kind: 'webhook-dead',
    key: webhook,
    message: `Webhook "${webhook}" has not taken events for a day: ${reason}`,
    remedy: `Repair the receiver, then POST /api/v1/webhooks/${webhook}/replay.`,
  });
}

/** How long what was given up can be replayed. */

/** Forgets what is meant for receivers that were deleted; what was given up has days of its own (`retention`). */
export async function sweepDeliveries({
  configuration,
  webhookDeliveries,
}: Pick<DeliverDependencies, 'configuration' | 'webhookDeliveries'>): Promise<void> {
  const known = (await configuration.getFresh()).webhooks().map(({ name }) => name);
  await webhookDeliveries.sweep(known);
}
