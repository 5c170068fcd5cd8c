import type { ConversationKey } from './conversation-key.ts';

/** Whether an assignment is still to be graded. `withdrawn`: by somebody, or because the record is gone. */
export const ASSIGNMENT_STATES = ['open', 'done', 'withdrawn'] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

/** Days from an assignment until it is to be graded, where nobody says otherwise. */
export const USUAL_DUE_DAYS = 7;

/** That somebody is to grade one agent's stretch of a conversation by a form. Times are epoch milliseconds. */
export interface EvaluationAssignment extends ConversationKey {
  /** That of the evaluation that comes of it: of a stretch and a form there is one. */
  id: string;
  conversationId: string;
  /** The stretch: its number, and when it began and ended. */
  segment: number;
  from: number;
  to?: number;
  agent: string;
  service?: string;
  form: string;
  /** Who is to grade it. */
  evaluator: string;
  /** Who gave it to them; absent where a rule did. */
  assignedBy?: string;
  /** The rule and the draw that it came of. */
  rule?: string;
  draw?: string;
  assignedAt: number;
  dueAt: number;
  state: AssignmentState;
  changedAt: number;
  /** Rises with every change: whoever changes says which one they saw. */
  revision: number;
}

/** A stretch that was drawn, and to whom it goes; nobody, where none of the evaluators may grade the agent. */
export interface DrawnStretch {
  conversationId: string;
  segment: number;
  agent: string;
  evaluator?: string;
}

/** What a rule has drawn of one week. Times are epoch milliseconds, `to` exclusive. */
export interface EvaluationDraw {
  id: string;
  rule: string;
  form: string;
  from: number;
  to: number;
  drawnAt: number;
  dueAt: number;
  /** Agents who had stretches to draw from, how many were drawn, and how many of those nobody may grade. */
  agents: number;
  drawn: number;
  withoutEvaluator: number;
  /** What is still to be given out; absent once all of it is. */
  stretches?: DrawnStretch[];
}
