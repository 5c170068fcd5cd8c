import type { EvaluationForm } from '../../../contracts/evaluation-form.ts';
import type { Survey } from '../../../contracts/survey.ts';

/** A form by which agents' stretches are graded. */
export interface ConfiguredEvaluationForm extends EvaluationForm {
  /** Whose chats it is for; all where absent. */
  services?: string[];
  /** Nothing new is graded by it. */
  hidden?: boolean;
}

/** A rule by which agents' stretches are drawn each week, and given to evaluators. */
export interface EvaluationAssignmentRule {
  name: string;
  form: string;
  /** Of these services and members of these teams; all where absent. */
  services?: string[];
  teams?: string[];
  /** Of each agent and week. */
  perAgent: number;
  /** User names. */
  evaluators: string[];
  dueDays?: number;
  timeZone?: string;
  paused?: boolean;
}

/** A survey that customers are asked. */
export type ConfiguredSurvey = Survey;
