import { condition, setHandler } from '@temporalio/workflow';
import { operateConversationUpdate } from '../../contracts/actor-messages.ts';
import { canTurn } from '../../contracts/conversation-timer.ts';
import type { Surgery, SurgeryAnswer, SurgeryOrder } from '../../contracts/surgery.ts';
import { operateRun, turnedTo, type Operated } from '../../scenario-dsl/move/operate-run.ts';
import { stateKeyOf } from '../../scenario-dsl/move/state-key.ts';
import { openConversation, runningScenario, type Actor } from './actor.ts';
import { findDeadline } from './deadlines.ts';
import { drainInbox } from './drain-inbox.ts';
import { noteEvent } from './history.ts';
import { recordOperated } from './recorded-inputs.ts';
import { applyStep } from './scenario-run.ts';

/** Answers that a conversation remembers: a repeat comes within seconds. */
const REMEMBERED = 20;
/** Of a variable's value, in the history. */
const SHOWN_LENGTH = 200;
/** How the ids of a scenario's own timers begin. */
const SCENARIO_TIMER = 'xstate.after.';

/** Registers what a person does to the conversation by hand. */
export function registerSurgery(actor: Actor): void {
  setHandler(operateConversationUpdate, (order) => takeOrder(actor, order));
}

/** What lies in the inbox came first; then it is decided and done in one breath. */
async function takeOrder(actor: Actor, order: SurgeryOrder): Promise<SurgeryAnswer> {
  actor.pending += 1;
  try {
    // Only in the first moments of a run, while the scenario is being loaded.
    if (!actor.scenario) await condition(() => actor.scenario !== undefined);
    drainInbox(actor);
    return answerKnown(actor, order) ?? operate(actor, order);
  } finally {
    actor.pending -= 1;
    actor.isTurnDue = true;
  }
}

/** To a repeat, and where nothing runs that could be operated on. */
function answerKnown({ state: { conversation } }: Actor, order: SurgeryOrder): SurgeryAnswer | undefined {
  if (conversation?.id !== order.conversationId) return { outcome: 'refused', reason: 'ended' };
  const known = conversation.operated?.find(({ clientId }) => clientId === order.clientId);
  if (known) return known.answer;
  return conversation.ended ? { outcome: 'refused', reason: 'ended' } : undefined;
}

function operate(actor: Actor, order: SurgeryOrder): SurgeryAnswer {
  const { surgery, seen } = order;
  if (!isAsSeen(actor, order)) return { outcome: 'refused', reason: 'changed' };
  // Who has seen a timer has seen, too, whether it can be turned.
  const timer = 'timer' in surgery && seen?.timerAt !== undefined ? findDeadline(actor, surgery.timer) : undefined;
  if (timer && 'timer' in surgery && !canTurn(timer.kind, surgery.kind)) return { outcome: 'refused', reason: 'fixed' };
  const isScenarios = !('timer' in surgery) || surgery.timer.startsWith(SCENARIO_TIMER);
  return isScenarios ? operateScenario(actor, order) : turnClock(actor, order, surgery);
}

/** Whether it is still as whoever orders it has seen it. */
function isAsSeen(actor: Actor, { revision, seen, surgery }: SurgeryOrder): boolean {
  const { scenario, block } = openConversation(actor);
  if (revision !== undefined && stateKeyOf(scenario) !== revision) return false;
  if (seen?.block !== undefined && seen.block !== block) return false;
  if (seen?.timerAt === undefined || !('timer' in surgery)) return true;
  const timer = findDeadline(actor, surgery.timer);
  return timer === undefined || timer.at === seen.timerAt;
}

function operateScenario(actor: Actor, order: SurgeryOrder): SurgeryAnswer {
  const conversation = openConversation(actor);
  const { scenario: state, block } = conversation;
  const run = { scenario: runningScenario(actor), state, now: Date.now() };
  const operated: Operated = operateRun(run, order.surgery);
  if (operated.outcome === 'refused') return operated;
  const { step, before, after } = operated;
  const answer: DoneAnswer = {
    outcome: 'done',
    block,
    to: step.block,
    isOver: step.status !== 'running',
    ...(before !== undefined && { before: before.slice(0, SHOWN_LENGTH) }),
    ...(after !== undefined && { after: after.slice(0, SHOWN_LENGTH) }),
  };
  remember(actor, order, answer);
  applyStep(actor, step);
  drainInbox(actor);
  return answer;
}

type DoneAnswer = Extract<SurgeryAnswer, { outcome: 'done' }>;

/** A clock of the conversation itself. Only who has seen when it is due may turn it: no revision tells of it. */
function turnClock(actor: Actor, order: SurgeryOrder, surgery: Extract<Surgery, { timer: string }>): SurgeryAnswer {
  const timer = findDeadline(actor, surgery.timer);
  if (!timer || order.seen?.timerAt === undefined) return { outcome: 'refused', reason: 'no-timer' };
  const { block } = openConversation(actor);
  const at = turnedTo(surgery, timer.at, Date.now());
  const answer: DoneAnswer = {
    outcome: 'done',
    block,
    to: block,
    isOver: false,
    before: iso(timer.at),
    after: iso(at),
  };
  remember(actor, order, answer);
  if (surgery.kind === 'fire-timer') timer.fire(actor);
  else timer.putOff?.(at);
  drainInbox(actor);
  return answer;
}

/** Who did what stands in the history before what came of it; a repeat gets the same answer. */
function remember(actor: Actor, { clientId, by, surgery }: SurgeryOrder, answer: DoneAnswer): void {
  const conversation = openConversation(actor);
  const { outcome: _outcome, isOver: _isOver, ...came } = answer;
  noteEvent(actor, {
    type: 'operated',
    data: { kind: surgery.kind, subject: subjectOf(surgery), ...came, operationId: clientId },
    actor: { kind: 'operator', name: by },
  });
  conversation.operated = [...(conversation.operated ?? []), { clientId, answer }].slice(-REMEMBERED);
  recordOperated(conversation, surgery);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function subjectOf(surgery: SurgeryOrder['surgery']): string {
  if (surgery.kind === 'go-to-block') return surgery.block;
  return surgery.kind === 'set-variable' ? surgery.name : surgery.timer;
}
