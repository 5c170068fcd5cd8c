// How far a survey has come in a run: plain JSON, and what each reply makes of it.
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import type { QuickReply } from '../../contracts/part.ts';
import type { SurveyProgress } from '../../contracts/history-event.ts';
import { truncateText } from '../../contracts/split-text.ts';
import {
  MAX_SURVEY_QUESTIONS,
  nextQuestion,
  scaleOf,
  scoreSurvey,
  type AskedQuestion,
  type AskedSurvey,
  type SurveyOutcome,
} from '../../contracts/survey.ts';
import { foldReply } from '../expression/plain-text.ts';
import type { SurveyRun } from '../machine/survey-state.ts';

/** Every question twice. */
export const mostSurveyAsks = 2 * MAX_SURVEY_QUESTIONS;
const SKIP = '(skip)';
const MAX_WORDS = 1000;

/** A survey at its first question. */
export function beginSurvey(surveyId: string, asked: AskedSurvey): SurveyRun {
  const first = nextQuestion(asked, 0, []);
  return { surveyId, asked, at: first?.index ?? asked.questions.length, answers: [], isNews: true };
}

export function currentQuestion({ asked, at }: SurveyRun): AskedQuestion | undefined {
  return asked.questions[at];
}

export function isSurveyOver(run: SurveyRun | null | undefined): boolean {
  return !run || run.at >= run.asked.questions.length;
}

/** Titles that Messenger would cut come back cut; the payload tells them apart. */
export function surveyQuickReplies(question: AskedQuestion, skip: string | undefined): QuickReply[] {
  const { type, choices = [], labels = choices } = question;
  const { from, to } = scaleOf(question);
  const numbers = Array.from({ length: to - from + 1 }, (_each, index) => String(from + index));
  const titles = type === 'scale' ? numbers : type === 'choice' ? labels : [];
  return [
    ...titles.map((title) => ({ title, payload: title })),
    ...(skip === undefined || skip === '' ? [] : [{ title: skip, payload: SKIP }]),
  ];
}

type Reading = { value: string | number } | 'skipped' | 'unclear';

/** What a reply is worth as an answer to the question that is asked. */
export function readSurveyReply(run: SurveyRun, reply: string, skip: string | undefined): Reading {
  const question = currentQuestion(run);
  const wanted = foldReply(reply);
  if (!question || reply === SKIP || (skip !== undefined && wanted !== '' && wanted === foldReply(skip)))
    return 'skipped';
  if (question.type === 'text') return wanted === '' ? 'unclear' : { value: truncateText(reply.trim(), MAX_WORDS) };
  if (question.type === 'choice') return readChoice(question, wanted);
  const { from, to } = scaleOf(question);
  const number = /^\d{1,2}$/.test(wanted) ? Number(wanted) : Number.NaN;
  return number >= from && number <= to ? { value: number } : 'unclear';
}

const cut = (label: string): string => foldReply(truncateText(label, MESSENGER_LIMITS.quickReplyTitle));

/** By what was shown, whole or cut, or by the choice as it was written; the choice as it was written is kept. */
function readChoice({ choices = [], labels = choices }: AskedQuestion, wanted: string): Reading {
  const index = choices.findIndex((choice, place) => {
    const label = labels[place] ?? choice;
    return [foldReply(label), cut(label), foldReply(choice)].includes(wanted);
  });
  const value = choices[index];
  return value === undefined ? 'unclear' : { value };
}

/** What is unclear is asked once more; then, and where it was skipped, the question is left out. */
export function takeSurveyReply(run: SurveyRun, reading: Reading): SurveyRun {
  const { isRetry, isNews: _told, ...rest } = run;
  if (reading === 'unclear' && isRetry !== true) return { ...rest, isRetry: true };
  const question = currentQuestion(run);
  const isAnswered = question !== undefined && typeof reading === 'object';
  const answers = isAnswered ? [...run.answers, { question: question.name, value: reading.value }] : run.answers;
  const next = nextQuestion(run.asked, run.at + 1, answers);
  return {
    ...rest,
    answers,
    at: next?.index ?? run.asked.questions.length,
    ...(isAnswered && { isNews: true as const }),
  };
}

export function surveyOutcome(run: SurveyRun): SurveyOutcome {
  if (run.answers.length === 0) return 'no-answer';
  return isSurveyOver(run) ? 'completed' : 'partly';
}

/** What records, search and reports are told. */
export function surveyProgress(run: SurveyRun, isEnd: boolean): SurveyProgress {
  const { surveyId, asked, answers } = run;
  const score = scoreSurvey(asked, answers);
  return {
    surveyId,
    survey: asked.name,
    answers,
    ...(score !== undefined && { score }),
    ...(isEnd && { outcome: surveyOutcome(run) }),
  };
}
