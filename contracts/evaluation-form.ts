/** Forms by which an agent's stretch of a conversation is graded, and what a graded one comes to. Pure. */

export const EVALUATION_QUESTION_TYPES = ['yes-no', 'scale', 'choice', 'text'] as const;
type EvaluationQuestionType = (typeof EVALUATION_QUESTION_TYPES)[number];

/** One thing that is looked at. `question` is its text and its name: unique in its form. */
export interface EvaluationQuestion {
  /** Questions of one area stand together and are added up. */
  area: string;
  question: string;
  type: EvaluationQuestionType;
  /** Points of the best answer; 1 where absent, 0: asked and not counted. A text has none. */
  weight?: number | undefined;
  /** Of a scale: the best, from 1 on; 5 where absent. */
  top?: number | undefined;
  /** Of a choice: from the best to the worst. The first gives every point, the last none, those between evenly. */
  choices?: string[] | undefined;
  /** The worst answer makes the whole evaluation 0. */
  autoFail?: boolean | undefined;
  /** False: it cannot be left out as not applicable. */
  canBeNa?: boolean | undefined;
}

/** What an admin wrote; questions in the order in which they are asked. */
export interface EvaluationForm {
  name: string;
  questions: EvaluationQuestion[];
}

/** What was answered; `isNa`: does not apply, and counts for nothing. */
export interface EvaluationAnswer {
  question: string;
  /** `yes` or `no`, a number of the scale, one of the choices, or a text. */
  value?: string | number | undefined;
  isNa?: boolean | undefined;
}

/** Points of one area: reached, of those that could be. Of nothing that counts both are 0. */
interface AreaScore {
  area: string;
  points: number;
  possible: number;
}

/** What a graded form comes to. */
export interface EvaluationScore {
  /** 0 to 100, whole; null where nothing is answered that counts. */
  score: number | null;
  /** One of the answers fails all. */
  isFailed: boolean;
  areas: AreaScore[];
}

const DEFAULT_TOP = 5;
const YES_NO = ['yes', 'no'];

/** The best of a scale. */
export const topOf = ({ top = DEFAULT_TOP }: Pick<EvaluationQuestion, 'top'>): number => top;

/** Points of the best answer. */
const weightOf = ({ type, weight = 1 }: Pick<EvaluationQuestion, 'type' | 'weight'>): number =>
  type === 'text' ? 0 : weight;

/**
 * How much of its points an answer gives, from 0 to 1. Undefined for a text, and for what is no answer to the question.
 */
export function shareOf(question: EvaluationQuestion, value: string | number | undefined): number | undefined {
  if (question.type === 'scale') {
    const top = topOf(question);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > top) return undefined;
    return (value - 1) / (top - 1);
  }
  if (question.type === 'text') return undefined;
  const choices = question.type === 'yes-no' ? YES_NO : (question.choices ?? []);
  const index = choices.findIndex((choice) => choice === value);
  return index === -1 ? undefined : 1 - index / (choices.length - 1);
}

/** Whether a question has been answered, or left out as it may be. */
function isAnswered(question: EvaluationQuestion, answer: EvaluationAnswer | undefined): boolean {
  if (answer?.isNa === true) return question.canBeNa !== false;
  if (question.type === 'text') return typeof answer?.value === 'string' && answer.value !== '';
  return shareOf(question, answer?.value) !== undefined;
}

/** Questions without which an evaluation cannot be finished: every one but texts. */
export function listUnanswered(form: EvaluationForm, answers: readonly EvaluationAnswer[]): EvaluationQuestion[] {
  const byQuestion = new Map(answers.map((answer) => [answer.question, answer]));
  return form.questions.filter(
    (question) => question.type !== 'text' && !isAnswered(question, byQuestion.get(question.question)),
  );
}

/** What the answers come to so far: what is not answered, and what does not apply, counts neither way. */
export function scoreEvaluation(form: EvaluationForm, answers: readonly EvaluationAnswer[]): EvaluationScore {
  const byQuestion = new Map(answers.map((answer) => [answer.question, answer]));
  const areas = new Map<string, AreaScore>();
  let isFailed = false;
  for (const question of form.questions) {
    const area = areas.get(question.area) ?? { area: question.area, points: 0, possible: 0 };
    areas.set(question.area, area);
    const answer = byQuestion.get(question.question);
    const share = answer?.isNa === true ? undefined : shareOf(question, answer?.value);
    if (share === undefined) continue;
    if (question.autoFail === true && share === 0) isFailed = true;
    area.points += weightOf(question) * share;
    area.possible += weightOf(question);
  }
  const all = [...areas.values()];
  const possible = all.reduce((sum, area) => sum + area.possible, 0);
  const points = all.reduce((sum, area) => sum + area.points, 0);
  const reached = possible === 0 ? null : Math.round((100 * points) / possible);
  return { score: isFailed ? 0 : reached, isFailed, areas: all };
}
