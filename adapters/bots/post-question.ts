import { answerText } from '../answer-text.ts';
import type { GuardedFetch, GuardedResult } from '../guarded-fetch.ts';

/** What a bot or a model of the configuration is asked. */
export interface BotQuestion {
  url: string;
  /** The secret itself. */
  token: string | undefined;
  headers?: Record<string, string>;
  body: unknown;
  maxBytes: number;
}

/** Posts JSON; nothing is thrown for what happens on the way. */
export function postQuestion(
  guardedFetch: GuardedFetch,
  { url, token, headers, body, maxBytes }: BotQuestion,
  timeoutMs: number,
): Promise<GuardedResult> {
  return guardedFetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: toWholeJson(body),
    timeoutMs,
    maxBytes,
  });
}

/** JSON without half characters, which many a reader refuses. */
export function toWholeJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? inner.toWellFormed() : inner));
}

/** Where an API of OpenAI's form, at this base address, is asked for the next message of a talk. */
export const completionsUrl = (base: string): string => `${base.replace(/\/+$/, '')}/chat/completions`;

/** OpenAI's newer models refuse the name that all others take. Source: OpenAI API reference, Chat Completions, `max_tokens`. */
export function wantsNewName(result: GuardedResult): boolean {
  return result.outcome === 'answered' && result.status === 400 && answerText(result).includes('max_completion_tokens');
}
