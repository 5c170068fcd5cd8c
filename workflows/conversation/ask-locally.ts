import type { Actor } from './actor.ts';

/**
 * Runs a local activity once no other is under way. Where a history is played again sdk-core gives the results of those that
 * were under way together in the order of their numbers, and not in that of the first time: an actor that went on with the one or
 * the other could be played again no more, and stood still for ever (temporalio/sdk-typescript#1744).
 */
export async function askLocally<Result>(actor: Actor, ask: () => Promise<Result>): Promise<Result> {
  const before = actor.askedLocally;
  const answer = before.then(ask);
  actor.askedLocally = answer.then(
    () => undefined,
    () => undefined,
  );
  return answer;
}
