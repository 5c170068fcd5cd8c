import { condition, setHandler } from '@temporalio/workflow';
import { operateConversationUpdate } from '../../contracts/actor-messages.ts';
import type { SurgeryAnswer, SurgeryOrder } from '../../contracts/surgery.ts';
import { operateRun, type Operated } from '../../scenario-dsl/move/operate-run.ts';
import { stateKeyOf } from '../../scenario-dsl/move/state-key.ts';
import { openConversation, runningScenario, type Actor } from './actor.ts';
import { drainInbox } from './drain-inbox.ts';
import { noteEvent } from './history.ts';
import { recordOperated } from './recorded-inputs.ts';
import { applyStep } from './scenario-run.ts';

/** Answers that a conversation remembers: a repeat comes within seconds. */
const REMEMBERED = 20;
/** Of a variable's value, in the history. */
const SHOWN_LENGTH = 200;

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

function operate(actor: Actor, { clientId, revision, surgery, by }: SurgeryOrder): SurgeryAnswer {
  const conversation = openConversation(actor);
  const { scenario: state, block } = conversation;
  const operated: Operated =
    stateKeyOf(state) === revision
      ? operateRun({ scenario: runningScenario(actor), state, now: Date.now() }, surgery)
      : { outcome: 'refused', reason: 'changed' };
  if (operated.outcome === 'refused') return operated;
  const { step, before, after } = operated;
  const answer: SurgeryAnswer = {
    outcome: 'done',
    block,
    to: step.block,
    isOver: step.status !== 'running',
    ...(before !== undefined && { before: before.slice(0, SHOWN_LENGTH) }),
    ...(after !== undefined && { after: after.slice(0, SHOWN_LENGTH) }),
  };
  const { outcome: _outcome, isOver: _isOver, ...came } = answer;
  noteEvent(actor, {
    type: 'operated',
    data: { kind: surgery.kind, subject: subjectOf(surgery), ...came, operationId: clientId },
    actor: { kind: 'operator', name: by },
  });
  conversation.operated = [...(conversation.operated ?? []), { clientId, answer }].slice(-REMEMBERED);
  recordOperated(conversation, surgery);
  applyStep(actor, step);
  drainInbox(actor);
  return answer;
}

function subjectOf(surgery: SurgeryOrder['surgery']): string {
  if (surgery.kind === 'go-to-block') return surgery.block;
  return surgery.kind === 'set-variable' ? surgery.name : surgery.timer;
}
