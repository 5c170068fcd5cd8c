/** Assignments of evaluations over HTTP. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { agentIdentitySchema } from './conversation-view-schema.ts';
import { ASSIGNMENT_STATES } from './evaluation-assignment.ts';
import { EVALUATION_STATES } from './evaluation.ts';
import { listQuerySchema, listSchema } from './http-api-schema.ts';
import { nameSchema, opaqueIdSchema, usernameSchema } from './identifiers-schema.ts';

const dueAtSchema = z.iso.datetime();

export const assignmentParamsSchema = z.object({ id: opaqueIdSchema });
export const assignEvaluationSchema = z.strictObject({
  segment: z.int().min(1).max(10_000),
  form: nameSchema,
  evaluator: usernameSchema,
  /** In seven days where absent. */
  dueAt: dueAtSchema.optional(),
});
export const changeAssignmentSchema = z.strictObject({
  /** The one that the caller saw: refused where somebody has changed it since. */
  revision: z.int().min(1),
  evaluator: usernameSchema,
  dueAt: dueAtSchema,
});

export const assignmentListQuerySchema = listQuerySchema.extend({
  state: z.enum(ASSIGNMENT_STATES).default('open'),
  evaluator: usernameSchema.optional(),
  agent: usernameSchema.optional(),
  rule: nameSchema.optional(),
});

export const assignmentViewSchema = z
  .object({
    /** That of the evaluation that comes of it, too. */
    id: z.string(),
    conversationId: z.string(),
    segment: z.int(),
    from: z.iso.datetime(),
    to: z.iso.datetime().optional(),
    agent: agentIdentitySchema,
    service: z.string().optional(),
    form: z.string(),
    evaluator: agentIdentitySchema,
    /** Absent where a rule gave it. */
    assignedBy: agentIdentitySchema.optional(),
    rule: z.string().optional(),
    assignedAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    state: z.enum(ASSIGNMENT_STATES),
    /** The evaluation, where somebody has begun one. */
    evaluation: z
      .object({ state: z.enum(EVALUATION_STATES), score: z.int().nullable(), evaluator: agentIdentitySchema })
      .optional(),
    revision: z.int(),
  })
  .meta({ id: 'EvaluationAssignment' });

export const assignmentListSchema = listSchema(assignmentViewSchema);

/** How a rule comes along: its latest draws, newest first. */
export const assignmentProgressSchema = listSchema(
  z
    .object({
      rule: z.string(),
      form: z.string(),
      perAgent: z.int(),
      evaluators: z.array(agentIdentitySchema),
      /** Absent while it is paused. */
      nextDrawAt: z.iso.datetime().optional(),
      draws: z.array(
        z.object({
          from: z.iso.datetime(),
          to: z.iso.datetime(),
          drawnAt: z.iso.datetime(),
          dueAt: z.iso.datetime(),
          agents: z.int(),
          drawn: z.int(),
          /** Of the drawn, those whose agent none of the evaluators may grade. */
          withoutEvaluator: z.int(),
          done: z.int(),
          open: z.int(),
          /** Of the open, those that are past their day. */
          overdue: z.int(),
          withdrawn: z.int(),
        }),
      ),
    })
    .meta({ id: 'EvaluationAssignmentProgress' }),
);

export type AssignmentView = z.infer<typeof assignmentViewSchema>;
export type AssignmentProgress = z.infer<typeof assignmentProgressSchema>['items'][number];
