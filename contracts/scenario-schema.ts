/** Scenarios over HTTP: what is checked, drafted, published and rolled back. */
import { z } from 'zod';
import { authorSchema, MAX_SCENARIO_CHARACTERS, noteSchema, scenarioSourceSchema } from './configuration-schema.ts';
import { byteRangeSchema } from './http-api-schema.ts';
import { scenarioNameSchema, versionPrefixSchema } from './identifiers-schema.ts';
import { canaryRequestSchema, shownSchema } from './publication-schema.ts';
import { moveWithSchema } from './scenario-move-schema.ts';

/** One thing wrong with a source. What newer checks say beside this passes through. */
const checkProblemSchema = z
  .looseObject({
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
    path: z.string(),
    line: z.int(),
    column: z.int(),
    bytes: byteRangeSchema,
    check: z.string().optional(),
    /** The shortest chat that leads there, a line each. */
    transcript: z.array(z.string()).optional(),
  })
  .meta({ id: 'CheckProblem' });

/** What `attendant check --json` prints for a file. */
export const checkReportSchema = z
  .looseObject({
    scenario: z.string().optional(),
    isPublishable: z.boolean(),
    problems: z.array(checkProblemSchema),
    checks: z.array(
      z.looseObject({
        name: z.string(),
        promise: z.string(),
        certainty: z.enum(['sound', 'bounded']),
        outcome: z.enum(['passed', 'warned', 'failed', 'not-run']),
        note: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'CheckReport' });

export const scenarioNameParamsSchema = z.object({ name: scenarioNameSchema });

export const checkRequestSchema = z.strictObject({ source: z.string().max(MAX_SCENARIO_CHARACTERS) });

/** For all new conversations, or with `canary` for a part of them: then nobody is moved to it. */
const toWhom = {
  move: moveWithSchema.optional(),
  canary: canaryRequestSchema.optional(),
  shown: shownSchema.optional(),
};

const isForAllOrPart = ({ move, canary }: { move?: unknown; canary?: unknown }): boolean =>
  move === undefined || canary === undefined;
const bothGiven = {
  error: 'names both a canary and a move: conversations are moved to what is in force',
  path: ['move'],
};

/** `expectedVersion`: what the author saw in force (`none`: nothing); another one by now is SCENARIO_CHANGED. */
export const publishRequestSchema = z
  .strictObject({
    ...toWhom,
    source: scenarioSourceSchema,
    note: noteSchema.optional(),
    /** Taken from callers with the deployment's token only; a user publishes in their own name. */
    author: authorSchema.optional(),
    expectedVersion: z.union([versionPrefixSchema, z.literal('none')]).optional(),
  })
  .refine(isForAllOrPart, bothGiven);

export const publicationSchema = z
  .object({
    name: z.string(),
    /** Counts the publications of a scenario, from 1. */
    number: z.int(),
    /** sha256 of the source, in hex. */
    version: z.string(),
    publishedAt: z.iso.datetime(),
    isInForce: z.boolean(),
    isRollback: z.boolean(),
    /** It was published for a part of the new conversations: it has been in force for all at no time. */
    isCanary: z.boolean(),
    author: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'Publication' });

/** `outcome` unchanged: this very version is in force already, and nothing was written. */
export const publishResponseSchema = z.object({
  outcome: z.enum(['published', 'unchanged']),
  publication: publicationSchema,
  report: checkReportSchema,
  /** The operation that moves running conversations; `null` where they stay. */
  move: z.string().nullable(),
  /** The number of the canary that this has ended; `null` where none ran. */
  endedCanary: z.int().nullable(),
});

/** Neither number nor version: back to what was in force before. */
export const rollbackRequestSchema = z
  .strictObject({
    number: z.int().min(1).optional(),
    version: versionPrefixSchema.optional(),
    note: noteSchema.optional(),
    author: authorSchema.optional(),
    move: moveWithSchema.optional(),
    shown: shownSchema.optional(),
  })
  .refine(({ number, version }) => number === undefined || version === undefined, {
    error: 'names both a number and a version',
    path: ['number'],
  });

export const scenarioVersionViewSchema = z
  .object({ name: z.string(), version: z.string(), createdAt: z.iso.datetime(), source: z.string() })
  .meta({ id: 'ScenarioVersion' });

export const draftSummarySchema = z.object({
  name: z.string(),
  /** Rises with every save. */
  revision: z.int(),
  savedAt: z.iso.datetime(),
  author: z.string(),
});

export const draftViewSchema = z
  .object({ ...draftSummarySchema.shape, source: z.string(), report: checkReportSchema })
  .meta({ id: 'ScenarioDraft' });

export type DraftView = z.infer<typeof draftViewSchema>;

/** `revision`: the one that the author read, 0 where there was none. */
export const saveDraftRequestSchema = z.strictObject({
  source: z.string().max(MAX_SCENARIO_CHARACTERS),
  revision: z.int().min(0),
});

/** `editor`: the window that edits, whichever its user. */
const editorSchema = z.string().min(8).max(64);

export const editLockRequestSchema = z.strictObject({ editor: editorSchema, takeOver: z.boolean().optional() });

export const editLockQuerySchema = z.strictObject({ editor: editorSchema });

/** Who edits a scenario; the lock runs out half a minute after it was renewed last. */
export const editLockViewSchema = z
  .object({ isYours: z.boolean(), username: z.string(), holder: z.string(), since: z.iso.datetime() })
  .meta({ id: 'EditLock' });

export const publishDraftRequestSchema = z
  .strictObject({
    ...toWhom,
    revision: z.int().min(1),
    note: noteSchema.optional(),
  })
  .refine(isForAllOrPart, bothGiven);

export type PublishDraftRequest = z.input<typeof publishDraftRequestSchema>;
export type Publication = z.infer<typeof publicationSchema>;
export type PublishResponse = z.infer<typeof publishResponseSchema>;
export type CheckReportView = z.infer<typeof checkReportSchema>;
