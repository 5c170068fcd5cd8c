/** Surveys: what customers are asked after a chat, and what their answers come to. Pure. */

export const SURVEY_QUESTION_TYPES = ['scale', 'choice', 'text'] as const;
type SurveyQuestionType = (typeof SURVEY_QUESTION_TYPES)[number];

/** Asked only where an earlier question was answered so; where that was not answered it is left out. */
interface SurveyCondition {
  question: string;
  /** Of a scale, inclusive. */
  atMost?: number;
  atLeast?: number;
  /** Of a choice: one of these. */
  is?: string[];
}

/** One question. `name` is what reports and records call it, and unique in its survey. */
export interface SurveyQuestion {
  name: string;
  type: SurveyQuestionType;
  text: string;
  /** Of a scale: from 1 (or 0) to `to`; 1 to 5 where absent. */
  from?: number;
  to?: number;
  /** Of a choice. The same words are kept whatever language was asked in. */
  choices?: string[];
  when?: SurveyCondition;
}

/** A question in another language; `choices` in the order of the question's own. */
interface SurveyTranslation {
  language: string;
  question: string;
  text: string;
  choices?: string[];
}

/** What an admin wrote. */
export interface Survey {
  name: string;
  questions: SurveyQuestion[];
  translations?: SurveyTranslation[];
}

/** What a customer answered: a number of the scale, one of the choices, or their words. */
export interface SurveyAnswer {
  question: string;
  value: string | number;
}

/** How a survey ended for the customer. */
export const SURVEY_OUTCOMES = ['completed', 'partly', 'no-answer'] as const;
export type SurveyOutcome = (typeof SURVEY_OUTCOMES)[number];

/** The ends of a scale. */
export function scaleOf({ from = 1, to = 5 }: Pick<SurveyQuestion, 'from' | 'to'>): { from: number; to: number } {
  return { from, to };
}

function isMet({ question, atMost, atLeast, is }: SurveyCondition, answers: readonly SurveyAnswer[]): boolean {
  const value = answers.find((answer) => answer.question === question)?.value;
  if (value === undefined) return false;
  if (is !== undefined) return is.includes(String(value));
  return typeof value === 'number' && value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
}

/** The question to ask behind the first `asked` ones: the next that nothing skips. Undefined: there is none. */
export function nextQuestion(
  { questions }: Pick<Survey, 'questions'>,
  asked: number,
  answers: readonly SurveyAnswer[],
): { index: number; question: SurveyQuestion } | undefined {
  for (let index = asked; index < questions.length; index += 1) {
    const question = questions[index];
    if (question && (!question.when || isMet(question.when, answers))) return { index, question };
  }
  return undefined;
}

/** A question as somebody who speaks a language reads it: `de-AT`, then `de`, then as it was written. */
export function inLanguage(
  { translations = [] }: Pick<Survey, 'translations'>,
  question: SurveyQuestion,
  language: string | undefined,
): { text: string; choices: string[] } {
  const own = { text: question.text, choices: question.choices ?? [] };
  const wanted = (language ?? '').replaceAll('_', '-').toLowerCase();
  const base = wanted.split('-')[0];
  const of = (code: string | undefined): SurveyTranslation | undefined =>
    translations.find((each) => each.question === question.name && each.language.toLowerCase() === code);
  const found = wanted === '' ? undefined : (of(wanted) ?? of(base));
  if (!found) return own;
  return { text: found.text, choices: found.choices ?? own.choices };
}

/** What the scales that were answered come to, 0 to 100, each as much as the others; undefined where there is none. */
export function scoreSurvey(
  { questions }: Pick<Survey, 'questions'>,
  answers: readonly SurveyAnswer[],
): number | undefined {
  const shares = questions.flatMap((question) => {
    const value = answers.find((answer) => answer.question === question.name)?.value;
    if (question.type !== 'scale' || typeof value !== 'number') return [];
    const { from, to } = scaleOf(question);
    return [(value - from) / (to - from)];
  });
  if (shares.length === 0) return undefined;
  return Math.round((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length);
}

/** More than a customer has patience for. */
export const MAX_SURVEY_QUESTIONS = 20;

/** A question as it is put to somebody: `text` and `labels` are in their language, `choices` what is kept. */
export interface AskedQuestion extends SurveyQuestion {
  labels?: string[];
}

/** A survey as a conversation asks it. */
export interface AskedSurvey {
  name: string;
  questions: AskedQuestion[];
}
