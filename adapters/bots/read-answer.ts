import { answerText } from '../answer-text.ts';
import type { GuardedResult } from '../guarded-fetch.ts';
import { wantsNewName, type BotQuestion } from './post-question.ts';

/** The text of an answer, or why there is none: in words that hold neither a secret nor what was asked. */
export type ReadAnswer = { text: string } | { outcome: 'timeout' | 'failed'; reason: string };

/** Reads what came of a question to a `what`, a bot or a model. An account that repeats its token does not bring it further. */
export function readAnswer(
  what: string,
  result: GuardedResult,
  { token = '', maxBytes }: Pick<BotQuestion, 'token' | 'maxBytes'>,
): ReadAnswer {
  if (result.outcome === 'timeout') return { outcome: 'timeout', reason: `The ${what} did not answer in time.` };
  if (result.outcome !== 'answered') return failed(`The ${what} was not reached: ${result.reason}.`);
  if (result.status < 200 || result.status >= 300) return failed(`The ${what} answered HTTP ${result.status}.`);
  if (result.isTruncated) return failed(`The ${what}’s answer is over ${maxBytes / 1024} kB.`);
  const text = answerText(result);
  return { text: token === '' ? text : text.replaceAll(token, '***') };
}

const failed = (reason: string): ReadAnswer => ({ outcome: 'failed', reason });

/** Asks a model with a limit of tokens, under whichever of its two names the model takes. */
export async function askWithinTokens(
  ask: (limit: { max_tokens: number } | { max_completion_tokens: number }) => Promise<GuardedResult>,
  tokens: number,
): Promise<GuardedResult> {
  const first = await ask({ max_tokens: tokens });
  return wantsNewName(first) ? ask({ max_completion_tokens: tokens }) : first;
}
