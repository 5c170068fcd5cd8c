import { AppError } from '../../contracts/app-error.ts';
import { listUnanswered, scoreEvaluation } from '../../contracts/evaluation-form.ts';
import type { Evaluation, EvaluationContent, EvaluationState, EvaluationStepKind } from '../../contracts/evaluation.ts';

/** Who changes an evaluation, when, and which revision of it they saw. */
export interface ChangeBy {
  by: string;
  at: number;
  revision: number;
}

/** What became of an evaluation: pure, and refused where somebody else was first or it is past this. */
export const evaluationChanges = {
  /** Other answers in a draft. */
  save: (before: Evaluation, change: ChangeBy, content: EvaluationContent): Evaluation =>
    withContent(begin(before, change, ['draft']), content),

  /** @throws AppError REQUEST_INVALID naming each question that is not answered */
  finish(before: Evaluation, change: ChangeBy): Evaluation {
    const next = begin(before, change, ['draft']);
    requireAnswers(next);
    return withStep({ ...next, state: 'finished' }, change, { did: 'finished' });
  },

  confirm: (before: Evaluation, change: ChangeBy): Evaluation =>
    withStep({ ...begin(before, change, ['finished']), state: 'confirmed' }, change, { did: 'confirmed' }),

  dispute: (before: Evaluation, change: ChangeBy, text: string): Evaluation =>
    withStep({ ...begin(before, change, ['finished']), state: 'disputed' }, change, { did: 'disputed', text }),

  /** The grade stands. */
  uphold: (before: Evaluation, change: ChangeBy, text: string): Evaluation =>
    withStep({ ...begin(before, change, ['disputed']), state: 'decided' }, change, { did: 'upheld', text }),

  /** Other answers take the place of the disputed ones. @throws AppError REQUEST_INVALID as finish does */
  regrade(
    before: Evaluation,
    change: ChangeBy,
    { text, content }: { text: string; content: EvaluationContent },
  ): Evaluation {
    const next = withContent(begin(before, change, ['disputed']), content);
    requireAnswers(next);
    return withStep({ ...next, state: 'decided' }, change, { did: 'changed', text });
  },
};

/** The revision is looked at first: whoever was late must see what became of it before anything else. */
function begin(before: Evaluation, { by, at, revision }: ChangeBy, states: readonly EvaluationState[]): Evaluation {
  if (before.revision !== revision) throw changedMeanwhile(before);
  if (!states.includes(before.state)) throw new AppError('EVALUATION_SETTLED');
  return { ...before, changedAt: at, changedBy: by, revision: revision + 1 };
}

/** The refusal of whoever was late, with who was first. */
export function changedMeanwhile({ changedBy, changedAt }: Pick<Evaluation, 'changedBy' | 'changedAt'>): AppError {
  const message = `was changed by ${changedBy} at ${new Date(changedAt).toISOString()}`;
  const remedy = 'Load the evaluation again, and give the revision that it has then.';
  return new AppError('EVALUATION_CHANGED', { details: [{ path: 'revision', message, remedy }] });
}

/** Of each answer what belongs to a question of the form; the others would count for nothing. @throws AppError REQUEST_INVALID */
function withContent(evaluation: Evaluation, { answers, comment, remarks }: EvaluationContent): Evaluation {
  const known = new Set(evaluation.form.questions.map(({ question }) => question));
  const details = answers.flatMap(({ question }, index) =>
    known.has(question)
      ? []
      : [
          {
            path: `answers.${index}.question`,
            message: `"${question}" is no question of form "${evaluation.form.name}", version ${evaluation.form.version}`,
            remedy: 'Answer the questions that the evaluation holds.',
          },
        ],
  );
  if (details.length > 0) throw new AppError('REQUEST_INVALID', { details });
  const { score, isFailed } = scoreEvaluation(evaluation.form, answers);
  const { comment: _before, ...rest } = evaluation;
  return { ...rest, answers, remarks, ...(comment !== undefined && { comment }), score, isFailed };
}

function requireAnswers({ form, answers }: Evaluation): void {
  const details = listUnanswered(form, answers).map(({ question, canBeNa }) => ({
    path: `answers.${question}`,
    message: 'is not answered',
    remedy: canBeNa === false ? 'Answer it: it cannot be left out.' : 'Answer it, or say that it does not apply.',
  }));
  if (details.length > 0) throw new AppError('REQUEST_INVALID', { details });
}

function withStep(
  evaluation: Evaluation,
  { by, at }: ChangeBy,
  { did, text }: { did: EvaluationStepKind; text?: string },
): Evaluation {
  const step = { did, at, by, score: evaluation.score, ...(text !== undefined && { text }) };
  return { ...evaluation, steps: [...evaluation.steps, step] };
}
