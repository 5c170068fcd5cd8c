import { MAX_RECORDED_INPUTS } from '../../contracts/conversation-record.ts';
import type { Surgery } from '../../contracts/surgery.ts';
import type { ScenarioEvent } from '../../scenario-dsl/run/step.ts';
import { openConversation, type Actor } from './actor.ts';
import type { OpenConversation } from './actor-state.ts';

const MAX_EVENT_LENGTH = 2000;

/** These follow from the transcript, from the scenario itself or from the clock. */
const derived = new Set<ScenarioEvent['type']>([
  'customer.message',
  'customer.referred',
  'message.sent',
  'message.failed',
  'deadline',
  'window.closing',
]);

/** Keeps what agents did and what the world answered, so that a draft can be tried on it later. */
export function recordInput(actor: Actor, event: ScenarioEvent): void {
  if (derived.has(event.type)) return;
  const conversation = openConversation(actor);
  const { recordedInputs = [] } = conversation;
  if (recordedInputs.length >= MAX_RECORDED_INPUTS) return;
  conversation.recordedInputs = [
    ...recordedInputs,
    { at: Date.now(), seq: conversation.nextSeq, event: writeEvent(event) },
  ];
}

/** From here on it ran another version: a draft cannot be tried on what came then. */
export function recordMoved(conversation: OpenConversation): void {
  addMark(conversation, { type: 'moved', isTooLarge: true });
}

/** From here on it went as a person made it go: a draft cannot be tried on what came then. */
export function recordOperated(conversation: OpenConversation, surgery: Surgery): void {
  addMark(conversation, { type: 'operated', isTooLarge: true, surgery });
}

function addMark(conversation: OpenConversation, mark: { type: string; isTooLarge: true; surgery?: Surgery }): void {
  const marked = { at: Date.now(), seq: conversation.nextSeq, event: JSON.stringify(mark) };
  conversation.recordedInputs = [...(conversation.recordedInputs ?? []), marked].slice(-MAX_RECORDED_INPUTS);
}

function writeEvent(event: ScenarioEvent): string {
  const text = JSON.stringify(event);
  return text.length <= MAX_EVENT_LENGTH ? text : JSON.stringify({ type: event.type, isTooLarge: true });
}
