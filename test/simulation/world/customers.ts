import type { CustomerEvent } from '../../../contracts/customer-event.ts';
import {
  CONVERSATION_WORKFLOW,
  customerEventsSignal,
  reactionSignal,
  threadOwnerSignal,
} from '../../../contracts/actor-messages.ts';
import { InvalidArgumentError } from '../temporal/temporal-service.ts';
import { ifRunning } from './watch-service.ts';
import type { Step } from './plan.ts';
import type { Customer, World } from './world.ts';

/** Messenger delivers again what was not answered, so long after. */
const REDELIVERY_MS = 7000;
const SHORTEST_GAP_MS = 4;
const LONGEST_GAP_MS = 400;

/** A customer writes a few messages, one soon after the other. */
export function write(world: World, step: Extract<Step, { type: 'write' }>): void {
  const { customer: index, count } = step;
  const customer = customerAt(world, index);
  if (!customer) return;
  const next = world.random.stream(`customer ${index}`);
  let afterMs = 0;
  for (let n = 0; n < count; n += 1) {
    world.scheduler.schedule(afterMs, () => deliver(world, index, createMessage(world, customer, step)));
    afterMs += SHORTEST_GAP_MS + next() ** 3 * LONGEST_GAP_MS;
  }
}

/** Messenger delivers the customer's last message once more. */
export function writeAgain(world: World, { customer: index }: Extract<Step, { type: 'write-again' }>): void {
  const customer = customerAt(world, index);
  const key = customer?.taken.at(-1);
  if (!customer || key === undefined) return;
  deliver(world, index, { kind: 'message', key, mid: key, at: messengerNow(world), text: 'again', attachments: [] });
}

function createMessage(
  world: World,
  customer: Customer,
  { customer: index, size = 0, isUrgent }: Omit<Extract<Step, { type: 'write' }>, 'at' | 'type' | 'count'>,
): CustomerEvent {
  customer.wrote += 1;
  const key = `m_${index}_${customer.wrote}`;
  const text = `${isUrgent ? 'urgent' : 'message'} ${customer.wrote}`.padEnd(size, '漢');
  return { kind: 'message', key, mid: key, at: messengerNow(world), text, attachments: [] };
}

/** The way of a webhook body through the api: signalled with start, delivered again where that failed. */
function deliver(world: World, index: number, event: CustomerEvent): void {
  const customer = customerAt(world, index);
  if (!customer) return;
  const { psid, workflowId } = customer;
  const take = (): void => {
    world.service.signalWithStart({
      workflowId,
      workflowType: CONVERSATION_WORKFLOW,
      args: [{ pageId: world.pageId, psid }],
      signal: customerEventsSignal.name,
      signalArgs: [[event]],
    });
    world.tell(`customer ${index}`, `writes "${event.text?.slice(0, 20) ?? ''}"`);
    if (!customer.taken.includes(event.key)) customer.taken.push(event.key);
  };
  world.api.effect('webhook', take).catch((error: unknown) => {
    if (error instanceof InvalidArgumentError) return;
    world.scheduler.schedule(REDELIVERY_MS, () => deliver(world, index, event));
  });
}

/** The customer reacts to a message. */
export function react(world: World, { customer: index }: Extract<Step, { type: 'react' }>): void {
  const customer = customerAt(world, index);
  if (!customer) return;
  world.tell(`customer ${index}`, 'reacts to a message');
  const at = messengerNow(world);
  void world.api
    .effect('webhook reaction', () =>
      ifRunning(() => world.service.signal(customer.workflowId, reactionSignal.name, [at])),
    )
    .catch(() => undefined);
}

/** Another app takes the thread, or gives it back. */
export function changeOwner(world: World, { customer: index, owner }: Extract<Step, { type: 'other-app' }>): void {
  const customer = customerAt(world, index);
  if (!customer) return;
  const at = messengerNow(world);
  const place = { pageId: world.pageId, psid: customer.psid };
  world.tell('another app', `${owner === 'ours' ? 'gives back' : 'takes'} the thread with customer ${index}`);
  const record = async (): Promise<void> => {
    const isNew = await world.apiReadModel.customers.recordThreadOwner(place, { owner, at });
    if (!isNew) return;
    await world.api.effect('webhook thread', () =>
      ifRunning(() => world.service.signal(customer.workflowId, threadOwnerSignal.name, [{ owner, at }])),
    );
  };
  record().catch(() =>
    world.scheduler.schedule(REDELIVERY_MS, () =>
      changeOwner(world, { at: 0, type: 'other-app', customer: index, owner }),
    ),
  );
}

function messengerNow({ scheduler, plan }: World): number {
  return Math.floor(scheduler.now + plan.messengerAheadMs);
}

function customerAt({ customers }: World, index: number): Customer | undefined {
  return customers[index];
}
