import type { EvaluationForm } from '../../../contracts/evaluation-form.ts';
import type { Survey } from '../../../contracts/survey.ts';

/** A form by which agents' stretches are graded. */
export interface ConfiguredEvaluationForm extends EvaluationForm {
  /** Whose chats it is for; all where absent. */
  services?: string[];
  /** Nothing new is graded by it. */
  hidden?: boolean;
}

/** A survey that customers are asked. */
export type ConfiguredSurvey = Survey;
