import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { EvaluationView } from '../../contracts/evaluation-schema.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Somebody by their user name, called as they are now. */
export function identityOf(
  configuration: Pick<ConfigurationSnapshot, 'user'>,
  username: string,
): EvaluationView['agent'] {
  return { username, name: configuration.user(username)?.name ?? username };
}

/** An evaluation as the API gives it; people are named as they are now. */
export function presentEvaluation(
  configuration: Pick<ConfigurationSnapshot, 'user'>,
  { pageId: _pageId, psid: _psid, from, to, createdAt, changedAt, steps, agent, evaluator, ...rest }: Evaluation,
): EvaluationView {
  const nameOf = (username: string): EvaluationView['agent'] => identityOf(configuration, username);
  return {
    ...rest,
    agent: nameOf(agent),
    evaluator: nameOf(evaluator),
    from: iso(from),
    ...(to !== undefined && { to: iso(to) }),
    createdAt: iso(createdAt),
    changedAt: iso(changedAt),
    steps: steps.map(({ at, by, ...step }) => ({ ...step, at: iso(at), by: nameOf(by) })),
  };
}
