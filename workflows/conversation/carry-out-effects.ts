import type { Annotation } from '../../contracts/operation.ts';
import type { Effect } from '../../scenario-dsl/run/step.ts';
import { openConversation, type Actor } from './actor.ts';
import { askForAgent } from './agent-search.ts';
import { byBlock, noteEvent } from './history.ts';
import { leaveAgents, offerChat, withdrawOffer } from './offer.ts';
import { startOperation } from './operations.ts';
import { queueScenarioMessage } from './outbox.ts';
import { cancelRequest } from './routing-intents.ts';
import { stepScenario } from './scenario-run.ts';
import { withAnnotation } from './take-annotation.ts';

/** Turns what the scenario wants into parts to send, questions to the dispatcher and offers. New effects may follow. */
export function carryOutEffects(actor: Actor): void {
  for (let effect = actor.effects.shift(); effect; effect = actor.effects.shift()) carryOut(actor, effect);
}

function carryOut(actor: Actor, effect: Effect): void {
  switch (effect.kind) {
    case 'send-message':
      return say(actor, effect);
    case 'find-agent':
      return askForAgent(actor, effect);
    case 'cancel-find-agent':
      return cancelRequest(actor);
    case 'connect-chat':
      return offerChat(actor, effect);
    case 'withdraw-offer':
      return withdrawOffer(actor, effect.outcome);
    case 'end-chat':
      return leaveAgents(actor, effect.cause);
    case 'operation':
      return startOperation(actor, effect);
    case 'annotate':
      return takeAnnotation(actor, effect.annotation);
  }
}

/** A text whose variables all came out empty is nothing to send and no failure: the scenario goes on. */
function say(actor: Actor, { kind: _kind, id, ...message }: Extract<Effect, { kind: 'send-message' }>): void {
  const isQueued = queueScenarioMessage(actor, { ...message, effectId: id });
  if (!isQueued) stepScenario(actor, { type: 'message.sent', effectId: id });
}

function takeAnnotation(actor: Actor, annotation: Annotation): void {
  const conversation = openConversation(actor);
  noteAnnotation(actor, annotation);
  conversation.annotations = withAnnotation(conversation.annotations ?? {}, annotation, Date.now());
}

/** Of what a scenario notes, what reports count. */
function noteAnnotation(actor: Actor, annotation: Annotation): void {
  const by = byBlock(openConversation(actor).block);
  if (annotation.name === 'set-disposition')
    noteEvent(actor, { type: 'disposition', data: { name: annotation.disposition }, actor: by });
  if (annotation.name === 'survey') {
    const { name: _name, ...data } = annotation;
    noteEvent(actor, { type: 'survey-asked', data, actor: by });
  }
  if (annotation.name !== 'save-survey-response') return;
  const { cs, fcr, nps, custom } = annotation;
  const answers = Object.entries({ cs, fcr, nps, ...custom }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: String(value) }],
  );
  noteEvent(actor, { type: 'survey', data: { answers }, actor: by });
}
