import { postQuestion as post, type BotQuestion } from '../../adapters/bots/post-question.ts';
import { readAnswer as read } from '../../adapters/bots/read-answer.ts';
import type { GuardedResult } from '../../adapters/guarded-fetch.ts';
import type { OperationResult } from '../../contracts/operation.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { findSecret } from './find-secret.ts';
import { OperationFailure, type OperationAttempt } from './operation-handler.ts';

/** A bot or a model of the configuration: where it is asked, and by which secret. */
interface Account {
  name: string;
  token?: string;
}

/**
 * The account that a block names, or the only one.
 * @throws OperationFailure where there is none, or one has to be named
 */
export function pickAccount<Item extends Account>(what: string, all: readonly Item[], name: string | undefined): Item {
  const [only, ...more] = listNamed(all, name);
  if (!only) throw new OperationFailure(`The configuration has no ${what}${name === undefined ? '' : ` "${name}"`}.`);
  if (more.length > 0) throw new OperationFailure(`The configuration has several ${what}s: the block has to name one.`);
  return only;
}

/** Those of that name; all where none is given. */
export function listNamed<Item extends Account>(all: readonly Item[], name: string | undefined): Item[] {
  return all.filter((account) => name === undefined || account.name === name);
}

/** The secret that an account is asked with. */
export async function findToken(deps: ActivityDependencies, { token }: Account): Promise<string | undefined> {
  return token === undefined ? undefined : findSecret(deps, token);
}

/** Posts JSON within the time that is left of an attempt. */
export async function postQuestion(
  deps: ActivityDependencies,
  question: BotQuestion,
  attempt: OperationAttempt,
): Promise<GuardedResult> {
  return post(deps.guardedFetch, question, Math.max(1, attempt.deadlineAt - deps.now()));
}

/** The text of an answer, or what became of a question without one. */
export function readAnswer(...answered: Parameters<typeof read>): { text: string } | { failure: OperationResult } {
  const answer = read(...answered);
  return 'text' in answer ? answer : { failure: { ...answer, values: {} } };
}
