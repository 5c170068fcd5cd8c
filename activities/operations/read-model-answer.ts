import type { Json } from '../../contracts/json.ts';
import { RESERVED_MODEL_CHOICES, type OperationResult } from '../../contracts/operation.ts';
import { truncateText } from '../../contracts/split-text.ts';
import { completionSchema } from './chat-completion-schema.ts';
import { done, failed } from './operation-handler.ts';

/** Well within one message. */
const MAX_TEXT_CHARACTERS = 1500;
/** What is longer as JSON is not kept for back-tests (`workflows/conversation/recorded-inputs.ts`). */
const MAX_JSON_CHARACTERS = 1800;

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

/** Messenger shows the signs of Markdown as they stand; a link keeps its text and its address. */
function toMessengerText(content: string): string {
  const plain = content
    .toWellFormed()
    // Some models think aloud first.
    .replace(/^\s*<think>[^]*?<\/think>/, '')
    // oxlint-disable-next-line no-control-regex -- what no message shows
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll(/^#{1,6} +/gm, '')
    .replaceAll(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replaceAll(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '$1 ($2)')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  const text = truncateText(plain, MAX_TEXT_CHARACTERS).trim();
  const excess = JSON.stringify(text).length - MAX_JSON_CHARACTERS;
  return excess > 0 ? truncateText(text, text.length - excess).trim() : text;
}
