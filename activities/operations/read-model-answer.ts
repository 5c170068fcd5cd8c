import { completionSchema } from '../../adapters/bots/chat-completion-schema.ts';
import { toMessengerText } from '../../adapters/bots/messenger-text.ts';
import type { Json } from '../../contracts/json.ts';
import { RESERVED_MODEL_CHOICES, type OperationResult } from '../../contracts/operation.ts';
import { done, failed } from './operation-handler.ts';

/**
 * What a model's answer comes to: something said, or one of the allowed ways. A refusal of its own is doubt; a choice that
 * is not allowed, and an answer without text, is a failure. Of several choices the first counts.
 */
export function readModelAnswer(answer: Json | undefined, actions: readonly string[]): OperationResult {
  const [choice] = completionSchema.safeParse(answer).data?.choices ?? [];
  if (!choice) return failed('The model’s answer is no chat completion.');
  const { message, finish_reason: finish } = choice;
  const called = message.tool_calls?.[0]?.function;
  if (called) return readChoice(called, actions);
  if (message.refusal || finish === 'content_filter') return done({ action: 'hand-over', why: 'doubt' });
  const text = toMessengerText(message.content ?? '');
  return text === '' ? failed('The model answered nothing.') : done({ text });
}

function readChoice(called: { name: string; arguments?: unknown }, actions: readonly string[]): OperationResult {
  const { name } = called;
  if (name === 'hand-over') return done({ action: name, why: readWhy(called.arguments) });
  const allowed: readonly string[] = [...RESERVED_MODEL_CHOICES, ...actions];
  return allowed.includes(name) ? done({ action: name }) : failed('The model chose what is not allowed.');
}

/** Some give their arguments as JSON in a text, some as they are. Without a reason it is what the customer wanted. */
function readWhy(given: unknown): 'asked' | 'doubt' {
  return /"why"\s*:\s*"doubt"/.test(typeof given === 'string' ? given : JSON.stringify(given ?? ''))
    ? 'doubt'
    : 'asked';
}
