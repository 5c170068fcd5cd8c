/** Evaluations over HTTP. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { EVALUATION_STATES, EVALUATION_STEPS } from './evaluation.ts';
import { assignmentViewSchema } from './evaluation-assignment-schema.ts';
import { agentIdentitySchema } from './conversation-view-schema.ts';
import { listQuerySchema, listSchema } from './http-api-schema.ts';
import { nameSchema, opaqueIdSchema, usernameSchema } from './identifiers-schema.ts';
import { evaluationFormViewSchema, evaluationQuestionViewSchema } from './quality-configuration-schema.ts';

const textSchema = z.string().trim().min(1).max(4000);

const answerSchema = z.strictObject({
  question: z.string().min(1).max(300),
  /** `yes` or `no`, a number of the scale, one of the choices, or a text. */
  value: z.union([z.string().min(1).max(4000), z.int()]).optional(),
  /** Does not apply. */
  isNa: z.boolean().optional(),
});

const contentFields = {
  answers: z
    .array(answerSchema)
    .max(100)
    .refine((answers) => new Set(answers.map(({ question }) => question)).size === answers.length, {
      error: 'answers one question twice',
    }),
  /** For the agent. */
  comment: textSchema.optional(),
  remarks: z
    .array(z.strictObject({ messageId: opaqueIdSchema, text: textSchema }))
    .max(200)
    .default([]),
};

/** The one that the caller saw: refused where somebody has changed it since. */
const revision = z.int().min(1);

export const evaluationParamsSchema = z.object({ id: opaqueIdSchema });
export const beginEvaluationSchema = z.strictObject({ segment: z.int().min(1).max(10_000), form: nameSchema });
export const saveEvaluationSchema = z.strictObject({ revision, ...contentFields });
export const seenEvaluationSchema = z.strictObject({ revision });
export const disputeEvaluationSchema = z.strictObject({ revision, text: textSchema });
export const decideEvaluationSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('upheld'), revision, text: textSchema }),
  z.strictObject({ outcome: z.literal('changed'), revision, text: textSchema, ...contentFields }),
]);

export const evaluationListQuerySchema = listQuerySchema.extend({
  state: z.enum(EVALUATION_STATES).optional(),
  agent: usernameSchema.optional(),
  form: nameSchema.optional(),
});
export const ownEvaluationListQuerySchema = listQuerySchema.extend({ state: z.enum(EVALUATION_STATES).optional() });

const evaluationSchema = z
  .object({
    id: z.string(),
    conversationId: z.string(),
    segment: z.int(),
    from: z.iso.datetime(),
    to: z.iso.datetime().optional(),
    agent: agentIdentitySchema,
    service: z.string().optional(),
    form: z.object({ name: z.string(), version: z.int(), questions: z.array(evaluationQuestionViewSchema) }),
    state: z.enum(EVALUATION_STATES),
    /** 0 to 100; null while nothing is answered that counts. */
    score: z.int().nullable(),
    isFailed: z.boolean(),
    evaluator: agentIdentitySchema,
    answers: z.array(
      z.object({
        question: z.string(),
        value: z.union([z.string(), z.int()]).optional(),
        isNa: z.boolean().optional(),
      }),
    ),
    comment: z.string().optional(),
    remarks: z.array(z.object({ messageId: z.string(), text: z.string() })),
    createdAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
    changedBy: z.string(),
    steps: z.array(
      z.object({
        did: z.enum(EVALUATION_STEPS),
        at: z.iso.datetime(),
        by: agentIdentitySchema,
        score: z.int().nullable(),
        text: z.string().optional(),
      }),
    ),
    revision: z.int(),
  })
  .meta({ id: 'Evaluation' });

export const evaluationResponseSchema = evaluationSchema;
export const evaluationListSchema = listSchema(evaluationSchema);

/** All that grading one conversation needs. */
export const conversationEvaluationsSchema = z.object({
  items: z.array(evaluationSchema),
  /** What is still to be graded. */
  assignments: z.array(assignmentViewSchema),
  /** Who could be given which of its stretches to grade. */
  evaluators: z.array(agentIdentitySchema.extend({ segments: z.array(z.int()) })),
  /** Stretches that the caller may grade, in their order. */
  segments: z.array(
    z.object({
      number: z.int(),
      agent: agentIdentitySchema,
      from: z.iso.datetime(),
      to: z.iso.datetime().optional(),
    }),
  ),
  /** Forms that fit the service and are not hidden. */
  forms: z.array(evaluationFormViewSchema),
});

export type EvaluationView = z.infer<typeof evaluationSchema>;
export type ConversationEvaluations = z.infer<typeof conversationEvaluationsSchema>;
