import type { SurveyAnswer, SurveyOutcome } from './survey.ts';

/** A field by name: a list of these is kept, because names may hold what a database takes for its own. */
export interface NamedValue {
  name: string;
  value: string;
}

/** What a customer answered to a survey. `outcome` is absent while it is asked. */
interface SurveyResponse {
  survey: string;
  outcome?: SurveyOutcome;
  score?: number;
  answers: SurveyAnswer[];
}

/** What a scenario noted with its conversation. Of each field the last word stands; lists are bounded. */
export interface ConversationAnnotations {
  /** 0 to 100. */
  priority?: number;
  requested?: { skills: string[]; service?: string };
  isSelfService?: true;
  survey?: { cs?: number; fcr?: boolean; nps?: number; comment?: string; custom: NamedValue[] };
  /** Of the block Survey: what was asked, and what the customer has answered so far. `score`: 0 to 100, of its scales. */
  surveyResponse?: SurveyResponse;
  disposition?: { name: string; comment?: string };
  reportingFields?: NamedValue[];
  cases?: string[];
  attachedData?: NamedValue[];
  /** Newest last. */
  screenPops?: { url: string; title?: string }[];
  /** `at` in epoch milliseconds. Newest last. */
  log?: { at: number; level: 'info' | 'warning' | 'error'; text: string }[];
}
