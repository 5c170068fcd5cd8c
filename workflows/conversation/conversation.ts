/**
 * The conversation actor: one Messenger conversation after another of one customer with one Page.
 * A thin host around the pure scenario: inbox, deadlines, effects, one loop. Runs in the workflow sandbox.
 */
import { continueAsNew, log, setHandler, workflowInfo } from '@temporalio/workflow';
import { ENGINE_VERSION, requireKnownEngine } from '../../contracts/engine-version.ts';
import {
  customerBlockedSignal,
  customerEventsSignal,
  routingNotificationSignal,
  outboundSignal,
  partsReleasedSignal,
  reactionSignal,
  threadOwnerSignal,
  type ConversationStart,
} from '../../contracts/actor-messages.ts';
import { createDeadlineTimer } from '../deadline-timer.ts';
import { surviveCancellation } from '../survive-cancellation.ts';
import { createTurnGuard } from '../turn-guard.ts';
import { createActor, isQuiet, receive, type Actor } from './actor.ts';
import { createActorState, requireKnownState, type ActorState } from './actor-state.ts';
import { registerAgentCommands } from './agent-commands.ts';
import { registerMoves } from './move-conversation.ts';
import { registerSurgery } from './operate-conversation.ts';
import { nextDeadlineAt } from './deadlines.ts';
import { dispatchWork, hasUndispatched, recordSendingProgress } from './dispatch-work.ts';
import { hasMore, isLeavingDue, leftBehindOf, partLateAt, sendLeftBehind } from './left-behind.ts';
import { openNext, resume } from './opening.ts';
import { drainInbox, hasNext } from './drain-inbox.ts';
import { isClosing } from './closing.ts';
import { isTooLarge, spillInbox } from './spill.ts';
import { track } from './track.ts';

/** Workflow `conversation`. `carried`: the state of the run before, where there was one. */
export async function conversation(start: ConversationStart, carried?: ActorState): Promise<void> {
  requireKnownEngine(start.engineVersion ?? ENGINE_VERSION);
  const state = carried ? requireKnownState(carried) : createActorState(start);
  const actor = createActor(state, workflowInfo().workflowId);
  setHandler(customerEventsSignal, (events) =>
    receive(actor, ...events.map((event) => ({ type: 'customer', event }) as const)),
  );
  setHandler(threadOwnerSignal, (notification) => receive(actor, { type: 'thread-owner', ...notification }));
  setHandler(reactionSignal, (at) => receive(actor, { type: 'reaction', at }));
  setHandler(partsReleasedSignal, () => receive(actor, { type: 'parts-released' }));
  setHandler(outboundSignal, (beginning) => receive(actor, { type: 'outbound', beginning }));
  setHandler(customerBlockedSignal, () => receive(actor, { type: 'blocked' }));
  setHandler(routingNotificationSignal, (notification) => receive(actor, { type: 'dispatcher', notification }));
  registerAgentCommands(actor);
  registerMoves(actor);
  registerSurgery(actor);
  await surviveCancellation(
    () => live(actor),
    () => receive(actor, { type: 'cancelled' }),
  );
}

async function live(actor: Actor): Promise<void> {
  const { state } = actor;
  if (await (state.conversation ? resume(actor) : openNext(actor))) {
    await run(actor);
    log.info('The conversation has ended', {
      conversationId: state.conversation?.id,
      reason: state.conversation?.ended?.reason,
    });
  } else await sendLeftBehind(actor);
  // Nothing may be awaited between the last look and the return: what comes later is the server's to redeliver.
  while (hasMore(state)) {
    const next = afterEnd(state);
    if (!isTooLarge(next)) await goOnAsNew(next);
    await spillInbox(actor);
  }
}

/** The next run begins with the newest engine, which its start argument says for ever. */
function goOnAsNew(state: ActorState): Promise<never> {
  const { pageId, psid } = state;
  return continueAsNew<typeof conversation>({ pageId, psid, engineVersion: ENGINE_VERSION }, state);
}

async function run(actor: Actor): Promise<void> {
  const waitForWork = createDeadlineTimer();
  const guardTurn = createTurnGuard('conversation');
  for (;;) {
    guardTurn();
    actor.isTurnDue = false;
    drainInbox(actor);
    dispatchWork(actor, isClosing(actor));
    if (isLeavingDue(actor)) {
      if (!actor.sendingProgress) return;
      recordSendingProgress(actor);
    }
    if (isQuiet(actor)) {
      if (isOver(actor)) return;
      if (isClosing(actor) && !isTooLarge(actor.state)) await goOnAsNew(actor.state);
      if (isClosing(actor)) track(actor, () => spillInbox(actor));
    }
    await waitForWork(() => hasWork(actor), Math.min(nextDeadlineAt(actor), partLateAt(actor)));
  }
}

function isOver({ state: { conversation: open } }: Actor): boolean {
  return open?.ended !== undefined && open.outbox.length === 0;
}

function hasWork(actor: Actor): boolean {
  if (actor.answers.length > 0 || hasUndispatched(actor, isClosing(actor))) return true;
  if (actor.state.conversation?.ended) return (isOver(actor) && isQuiet(actor)) || isLeavingDue(actor);
  return hasNext(actor) || (isClosing(actor) && isQuiet(actor));
}

/** What the next conversation of this customer starts with: nothing but what was not handled, what was, and what has not left. */
function afterEnd(state: ActorState): ActorState {
  const { conversation: _ended, ...rest } = state;
  const leftBehind = leftBehindOf(state);
  return {
    ...rest,
    ...(leftBehind.length > 0 && { leftBehind }),
    inbox: state.inbox.filter(({ type }) => type === 'customer' || type === 'thread-owner' || type === 'outbound'),
  };
}
