import { uuid4, workflowInfo } from '@temporalio/workflow';
import type { ConversationContext, OpeningContext } from '../../contracts/conversation-context.ts';
import type { InboundMessage } from '../../contracts/conversation-record.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import { OUTBOUND_SCENARIO, type OutboundBeginning } from '../../contracts/outbound.ts';
import type { ScenarioPin } from '../../contracts/scenario-move.ts';
import { requireKnownEngine } from '../../contracts/engine-version.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { OUTBOUND_DOCUMENT } from '../../scenario-dsl/document/outbound-document.ts';
import { createItem } from '../../scenario-dsl/run/item-variables.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import { startScenario } from '../../scenario-dsl/run/step.ts';
import { cachedScenario } from '../scenario-cache.ts';
import { refuseLeftBehind } from './blocked.ts';
import { openConversation, type Actor } from './actor.ts';
import { createConversation } from './create-conversation.ts';
import { loadScenario, loadStartedScenarios, openConversationContext } from './activities.ts';
import { hasMore } from './left-behind.ts';
import { beginOutbound, takeBeginning } from './outbound.ts';
import { askLocally } from './ask-locally.ts';
import { recallRecorded } from './progress.ts';
import { inboundMessage } from './inbound-message.ts';
import { noteEvent } from './history.ts';
import { recordProgress } from './record-progress.ts';
import { applyStep } from './scenario-run.ts';
import { reloadSpilled } from './spill.ts';
import { recordCustomerEvent } from './drain-inbox.ts';
import { recallThreadOwner } from './thread-owner.ts';

/**
 * Opens a conversation for what lies in the inbox. False: there is nothing to do, because every message was handled
 * before (a redelivery after the end), or because no entry takes the Page or it came days late, and the transcript is all
 * there is.
 */
export async function openNext(actor: Actor): Promise<boolean> {
  await reloadSpilled(actor);
  // Known before anything is looked up: what this very task wrote before it was tried again is told from what came earlier.
  const beginning = takeBeginning(actor.state);
  const conversationId = beginning?.conversationId ?? uuid4();
  const { opening, document, started } = await findOpening(actor, conversationId, beginning);
  requireKnownEngine(opening.engineVersion);
  recall(actor, opening);
  if (opening.isBlocked) refuseLeftBehind(actor.state);
  if (beginning) return openOutbound(actor, beginning, opening);
  if (!opening.context || !document || !hasTimelyEvent(actor)) {
    await recordUnrouted(actor, opening);
    return false;
  }
  const { late, first } = takeOpeningEvents(actor);
  actor.scenario = compiled(opening.context, { document, started });
  if (opening.departures.length > 0) actor.state.departures = opening.departures;
  const { context, lastAgent, engineVersion } = opening;
  begin(actor, actor.scenario, { conversationId, late, first, context, lastAgent, engineVersion });
  return true;
}

/** What is known of the customer from before. */
function recall(actor: Actor, opening: OpeningContext): void {
  for (const key of opening.recentKeys) actor.seen.add(key);
  // Newest first from the read model; the actor keeps the oldest first.
  if (actor.state.seenKeys.length === 0) actor.state.seenKeys.push(...opening.recentKeys.toReversed());
  recallThreadOwner(actor, opening);
  if (!actor.state.window && opening.window) actor.state.window = opening.window;
  dropHandled(actor);
}

/** What a conversation of what lies there begins with. Asked once more where the customer wrote meanwhile, behind what came late. */
async function findOpening(
  actor: Actor,
  conversationId: string,
  beginning: OutboundBeginning | undefined,
): ReturnType<typeof openConversationContext> {
  const { pageId, psid } = actor.state;
  if (beginning) {
    const outbound = { service: beginning.service, runId: workflowInfo().runId };
    const request = { pageId, psid, conversationId, isLate: false, outbound };
    return askLocally(actor, () => openConversationContext(request));
  }
  const open = (isLate: boolean): ReturnType<typeof openConversationContext> =>
    askLocally(actor, () => openConversationContext({ pageId, psid, conversationId, isLate }));
  const isOnlyLate = !hasTimelyEvent(actor);
  const found = await open(isOnlyLate);
  return isOnlyLate && hasTimelyEvent(actor) ? open(false) : found;
}

/** Opens what an agent begins. Where it was begun before, or may not be, what else lies there is looked at. */
async function openOutbound(actor: Actor, beginning: OutboundBeginning, opening: OpeningContext): Promise<boolean> {
  const { context, lastAgent, departures, engineVersion } = opening;
  if (!context || opening.isBegun) return hasMore(actor.state) ? openNext(actor) : false;
  if (departures.length > 0) actor.state.departures = departures;
  actor.scenario = compiled(context, { document: OUTBOUND_DOCUMENT, started: undefined });
  beginOutbound(actor, actor.scenario, { beginning, context, lastAgent, engineVersion });
  return true;
}

/** Goes on with the conversation that the run before carried over. */
export async function resume(actor: Actor): Promise<boolean> {
  actor.scenario = await loadCompiled(actor, openConversation(actor).context.scenario);
  recallRecorded(actor);
  return true;
}

/** The compiled form of a version, with the scenarios that it starts as they were pinned. */
export async function loadCompiled(actor: Actor, pin: ScenarioPin): Promise<CompiledScenario> {
  const { version, scenarios } = pin;
  const document =
    version === OUTBOUND_SCENARIO.version ? OUTBOUND_DOCUMENT : await askLocally(actor, () => loadScenario(version));
  const started = scenarios && (await askLocally(actor, () => loadStartedScenarios(scenarios)));
  return compiled({ scenario: pin }, { document, started });
}

function compiled(
  { scenario: { version, scenarios } }: Pick<ConversationContext, 'scenario'>,
  { document, started }: { document: ScenarioDocument; started: Record<string, ScenarioDocument> | undefined },
): CompiledScenario {
  return cachedScenario({
    version,
    document,
    ...(scenarios && { versions: scenarios }),
    ...(started && { started }),
  });
}

function begin(
  actor: Actor,
  scenario: CompiledScenario,
  {
    conversationId: id,
    late,
    first,
    context,
    lastAgent,
    engineVersion,
  }: {
    conversationId: string;
    late: CustomerEvent[];
    first: CustomerEvent;
    context: ConversationContext;
    lastAgent: OpeningContext['lastAgent'];
    engineVersion: number;
  },
): void {
  const now = Date.now();
  const started = startScenario(
    scenario,
    {
      variables: { ...context.variables, item: firstItem(id, first, lastAgent) },
      ...(context.settings.onErrorText !== undefined && { onErrorText: context.settings.onErrorText }),
      engineVersion,
    },
    now,
  );
  const conversation = createConversation(id, { now, context, scenario: started.state });
  conversation.outbox = actor.state.leftBehind ?? [];
  actor.state.conversation = conversation;
  delete actor.state.leftBehind;
  const { entry, service } = context;
  const startedBy = { by: first.kind, entry, ...(service !== undefined && { service }) };
  noteEvent(actor, { type: 'started', data: startedBy, actor: { kind: 'customer' } });
  for (const event of [...late, first]) recordCustomerEvent(actor, event);
  applyStep(actor, started);
}

/** `$(item.…)`: the interaction, as its first event says. */
function firstItem(
  conversationId: string,
  event: CustomerEvent,
  lastAgent: OpeningContext['lastAgent'],
): Record<string, unknown> {
  const { kind, referral } = event;
  return createItem({
    interactionId: conversationId,
    startedBy: kind,
    message: event,
    ...(referral && { referral }),
    lastAgent,
  });
}

function dropHandled(actor: Actor): void {
  const { state, seen } = actor;
  state.inbox = state.inbox.filter((item) => item.type !== 'customer' || !seen.has(item.event.key));
  state.reloaded = state.reloaded.filter(({ key }) => !seen.has(key));
}

/** Whether something lies there that may open a conversation: an answer to what comes days late answers nobody. */
function hasTimelyEvent({ state: { inbox, reloaded } }: Actor): boolean {
  const waiting = [...reloaded, ...inbox.flatMap((item) => (item.type === 'customer' ? [item.event] : []))];
  return waiting.some(({ isLate }) => isLate !== true);
}

/** The event that opens a conversation, and those before it that cannot: they are in the transcript, and no scenario hears of them. */
function takeOpeningEvents(actor: Actor): { late: CustomerEvent[]; first: CustomerEvent } {
  const late: CustomerEvent[] = [];
  for (let event = takeFirstCustomerEvent(actor); event; event = takeFirstCustomerEvent(actor)) {
    if (event.isLate !== true) return { late, first: event };
    late.push(event);
  }
  throw new Error('Nothing lies in the inbox that opens a conversation');
}

function takeFirstCustomerEvent(actor: Actor): CustomerEvent | undefined {
  const { inbox, reloaded } = actor.state;
  const older = reloaded.shift();
  if (older) return older;
  const index = inbox.findIndex((item) => item.type === 'customer');
  const [item] = index < 0 ? [] : inbox.splice(index, 1);
  return item?.type === 'customer' ? item.event : undefined;
}

/** A Page without an entry, a blocked customer, or nothing but what came late: the transcript is kept, nothing is sent. */
async function recordUnrouted(actor: Actor, opening: OpeningContext): Promise<void> {
  const { state, workflowId } = actor;
  const conversationId = opening.unroutedConversationId ?? uuid4();
  const messages: InboundMessage[] = [];
  for (let event = takeFirstCustomerEvent(actor); event; event = takeFirstCustomerEvent(actor)) {
    if (actor.seen.has(event.key)) continue;
    actor.seen.add(event.key);
    messages.push(inboundMessage(event, { conversationId, seq: 0 }));
  }
  if (messages.length === 0) return;
  await recordProgress(actor, {
    pageId: state.pageId,
    psid: state.psid,
    messages,
    conversation: {
      conversationId,
      revision: Date.now(),
      pageId: state.pageId,
      psid: state.psid,
      workflowId,
      state: 'unrouted',
      owner: 'scenario',
      startedAt: messages[0]?.at ?? Date.now(),
      servedBy: [],
      ...(opening.isBlocked && { isBlocked: true }),
    },
  });
}
