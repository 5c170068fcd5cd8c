/** Reports of publications, and canaries, over HTTP. */
import { z } from 'zod';
import { CANARY_ENDS, GUARDRAILS } from './canary.ts';
import { noteSchema } from './configuration-schema.ts';
import { scenarioNameSchema } from './identifiers-schema.ts';
import { FATES, REPORT_LIMITS } from './publication-report.ts';
import { MOVE_KINDS, MOVE_REFUSALS } from './scenario-move.ts';
import { moveWithSchema } from './scenario-move-schema.ts';

const outcomeSchema = z.enum([...MOVE_KINDS, ...MOVE_REFUSALS]);
const countSchema = z.int().min(0);
const wordSchema = z.string().max(REPORT_LIMITS.characters);

/** What the author was shown: kept in the report as it was. */
export const shownSchema = z
  .object({
    tests: z
      .object({ passed: countSchema, failed: z.array(wordSchema).max(REPORT_LIMITS.failedTests).readonly() })
      .optional(),
    impact: z
      .object({
        fate: z.enum(FATES),
        running: countSchema,
        looked: countSchema,
        counts: z.partialRecord(outcomeSchema, countSchema),
        groups: z
          .array(
            z.object({
              version: wordSchema,
              block: wordSchema,
              count: countSchema,
              outcomes: z.partialRecord(outcomeSchema, countSchema),
            }),
          )
          .max(REPORT_LIMITS.groups)
          .readonly(),
      })
      .optional(),
  })
  .meta({ id: 'ShownAtPublishing' });

/** Percentage points, of the survey points of its 100. */
const marginSchema = z.number().min(0).max(100).nullable();

const guardrailsSchema = z.object({
  minimum: z.int().min(1).max(1000),
  handOff: marginSchema,
  errors: marginSchema,
  left: marginSchema,
  survey: marginSchema,
});

const percentSchema = z.int().min(1).max(99);

/** For a part of the new conversations. What is not said of the guardrails is as usual. */
export const canaryRequestSchema = z.strictObject({
  percent: percentSchema,
  guardrails: guardrailsSchema.partial().strict().optional(),
});

const measureSchema = z.object({ value: z.number(), of: z.int() }).nullable();

const verdictSchema = z.object({
  guardrail: z.enum(GUARDRAILS),
  state: z.enum(['waiting', 'holds', 'breached']),
  canary: measureSchema,
  rest: measureSchema,
  margin: z.number(),
});

const canaryEndSchema = z.object({
  how: z.enum(CANARY_ENDS),
  at: z.iso.datetime(),
  by: z.string().nullable(),
  verdicts: z.array(verdictSchema),
  /** The publication that took its place. */
  number: z.int().nullable(),
});

const canaryStepSchema = z.object({ percent: z.int(), at: z.iso.datetime(), by: z.string() });

const canarySideSchema = z.object({
  version: z.string(),
  number: z.int(),
  /** Conversations since the canary began: those that go on, and those that are over and were compared. */
  running: z.int(),
  ended: z.int(),
});

export const canaryViewSchema = z
  .object({
    scenario: z.string(),
    /** The publication that it is. */
    number: z.int(),
    version: z.string(),
    percent: z.int(),
    /** Rises with every change: who changes it says which one they saw. */
    revision: z.int(),
    startedAt: z.iso.datetime(),
    author: z.string(),
    note: z.string().nullable(),
    guardrails: guardrailsSchema,
    steps: z.array(canaryStepSchema),
    /** `null`: it runs. */
    end: canaryEndSchema.nullable(),
    canary: canarySideSchema,
    rest: canarySideSchema,
    verdicts: z.array(verdictSchema),
  })
  .meta({ id: 'Canary' });

const seen = { revision: z.int().min(1).optional() };

/** `revision`: the one that was seen; another one by now is SCENARIO_CHANGED. */
export const changeCanaryRequestSchema = z
  .strictObject({
    ...seen,
    percent: percentSchema.optional(),
    guardrails: guardrailsSchema.partial().strict().optional(),
  })
  .refine(({ percent, guardrails }) => percent !== undefined || guardrails !== undefined, {
    error: 'names neither a percentage nor guardrails',
    path: ['percent'],
  });

export const endCanaryRequestSchema = z.strictObject(seen);

export const finishCanaryRequestSchema = z.strictObject({
  ...seen,
  note: noteSchema.optional(),
  move: moveWithSchema.optional(),
});

export const publicationParamsSchema = z.object({
  name: scenarioNameSchema,
  number: z.coerce.number<number>().int().min(1).max(1_000_000_000),
});

export const publicationReportSchema = z
  .object({
    scenario: z.string(),
    number: z.int(),
    version: z.string(),
    publishedAt: z.iso.datetime(),
    author: z.string().nullable(),
    note: z.string().nullable(),
    isRollback: z.boolean(),
    /** What was in force before; `null` of the first one. */
    since: z.object({ number: z.int(), version: z.string() }).nullable(),
    changes: z.array(
      z.object({
        block: z.string(),
        title: z.string().nullable(),
        type: z.string().nullable(),
        kind: z.enum(['added', 'removed', 'changed']),
        parts: z.array(z.enum(['title', 'type', 'settings', 'ways'])),
      }),
    ),
    changesLeftOff: z.int(),
    checks: z.object({ passed: z.int(), warned: z.int(), failed: z.int(), notRun: z.int() }).nullable(),
    problems: z.array(
      z.object({
        severity: z.enum(['error', 'warning']),
        code: z.string(),
        message: z.string(),
        remedy: z.string(),
        line: z.int(),
      }),
    ),
    problemsLeftOff: z.int(),
    /** Conversations that ran other versions then. */
    running: z.int(),
    /** What the author was shown; absent where they were shown nothing. */
    shown: shownSchema,
    canary: z
      .object({
        guardrails: guardrailsSchema,
        steps: z.array(canaryStepSchema),
        /** `null`: it runs. */
        end: canaryEndSchema.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'PublicationReport' });

export type CanaryRequest = z.infer<typeof canaryRequestSchema>;
export type CanaryView = z.infer<typeof canaryViewSchema>;
export type PublicationReportView = z.infer<typeof publicationReportSchema>;
export type VerdictView = z.infer<typeof verdictSchema>;
