import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { EvaluationAssignment } from '../../contracts/evaluation-assignment.ts';
import type { AssignmentView } from '../../contracts/evaluation-assignment-schema.ts';
import { isPublished, type Evaluation } from '../../contracts/evaluation.ts';
import { identityOf } from './present-evaluation.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** An assignment as the API gives it, with how far its evaluation is: one that is finished is done, whatever was kept of it. */
export function presentAssignment(
  configuration: Pick<ConfigurationSnapshot, 'user'>,
  { pageId: _pageId, psid: _psid, draw: _draw, changedAt: _changedAt, ...assignment }: EvaluationAssignment,
  evaluation: Evaluation | undefined,
): AssignmentView {
  const { from, to, agent, evaluator, assignedBy, assignedAt, dueAt, ...rest } = assignment;
  return {
    ...rest,
    state: rest.state === 'open' && evaluation && isPublished(evaluation) ? 'done' : rest.state,
    from: iso(from),
    ...(to !== undefined && { to: iso(to) }),
    agent: identityOf(configuration, agent),
    evaluator: identityOf(configuration, evaluator),
    ...(assignedBy !== undefined && { assignedBy: identityOf(configuration, assignedBy) }),
    assignedAt: iso(assignedAt),
    dueAt: iso(dueAt),
    ...(evaluation && {
      evaluation: {
        state: evaluation.state,
        score: evaluation.score,
        evaluator: identityOf(configuration, evaluation.evaluator),
      },
    }),
  };
}
