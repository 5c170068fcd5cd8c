import type { AskedSurvey, SurveyAnswer } from '../../contracts/survey.ts';

/** A survey that a run is at: plain JSON. `at`: the question that is asked; behind the last one it is over. */
export interface SurveyRun {
  surveyId: string;
  asked: AskedSurvey;
  at: number;
  answers: SurveyAnswer[];
  /** The question is asked for the second time. */
  isRetry?: true;
  /** Something of it is to be told. */
  isNews?: true;
}
