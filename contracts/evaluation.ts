import type { ConversationKey } from './conversation-key.ts';
import type { EvaluationAnswer, EvaluationForm } from './evaluation-form.ts';

/**
 * Where an evaluation stands. `draft`: seen by supervisors alone. `finished`: the agent sees it and may confirm or dispute it.
 * `decided`: a reviewer has answered a dispute.
 */
export const EVALUATION_STATES = ['draft', 'finished', 'confirmed', 'disputed', 'decided'] as const;
export type EvaluationState = (typeof EVALUATION_STATES)[number];

/** What somebody did with a finished evaluation. `upheld`, `changed`: what a reviewer decided. */
export const EVALUATION_STEPS = ['finished', 'confirmed', 'disputed', 'upheld', 'changed'] as const;
export type EvaluationStepKind = (typeof EVALUATION_STEPS)[number];

/** One entry of its history; `score`: as it was from then on. */
interface EvaluationStep {
  did: EvaluationStepKind;
  at: number;
  by: string;
  score: number | null;
  text?: string;
}

/** A comment on one message of the transcript. */
export interface EvaluationRemark {
  messageId: string;
  text: string;
}

/** What a grader writes. */
export interface EvaluationContent {
  answers: EvaluationAnswer[];
  /** For the agent. */
  comment?: string;
  remarks: EvaluationRemark[];
}

/** One agent's stretch of a conversation, graded by one form. Times are epoch milliseconds. */
export interface Evaluation extends EvaluationContent, ConversationKey {
  id: string;
  conversationId: string;
  /** Number of the stretch, from 1, and when it began and ended. */
  segment: number;
  from: number;
  to?: number;
  agent: string;
  service?: string;
  /** As it was when the draft was begun; `version` counts the contents that the form has had, from 1. */
  form: EvaluationForm & { version: number };
  state: EvaluationState;
  score: number | null;
  isFailed: boolean;
  /** Who began it. */
  evaluator: string;
  createdAt: number;
  changedAt: number;
  changedBy: string;
  steps: EvaluationStep[];
  /** Rises with every change: whoever changes says which one they saw. */
  revision: number;
}

/** Whether the agent may see it, and reports and searches count it. */
export const isPublished = ({ state }: Pick<Evaluation, 'state'>): boolean => state !== 'draft';
