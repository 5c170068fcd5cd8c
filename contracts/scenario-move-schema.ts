/** Running conversations and another version of their scenario, over HTTP: what would become of each, and what has. */
import { z } from 'zod';
import { MAX_SCENARIO_CHARACTERS } from './configuration-schema.ts';
import { listQuerySchema } from './http-api-schema.ts';
import { scenarioNameSchema, versionPrefixSchema } from './identifiers-schema.ts';
import { MOVE_KINDS, MOVE_REFUSALS, MOVE_STATES } from './scenario-move.ts';

const blockSchema = z.string().min(1).max(200);

/** Old block to new one, or `null`: whoever is there stays. Blocks that are not named go to the block of the same id, or to where it was renamed. */
const blockMapSchema = z.record(blockSchema, z.union([blockSchema, z.null()])).meta({ id: 'BlockMap' });

/** What is to become of running conversations as a version is put in force: they are moved to it. They stay where it is absent. */
export const moveWithSchema = z.strictObject({ blocks: blockMapSchema });

/** Of a source that is not published, or of a version by its first digits; of what is in force where both are absent. */
export const impactRequestSchema = z
  .strictObject({
    source: z.string().max(MAX_SCENARIO_CHARACTERS).optional(),
    version: versionPrefixSchema.optional(),
    blocks: blockMapSchema.optional(),
  })
  .refine(({ source, version }) => source === undefined || version === undefined, {
    error: 'gives both a source and a version',
    path: ['source'],
  });

const outcomeSchema = z.enum([...MOVE_KINDS, ...MOVE_REFUSALS]);

export const impactSchema = z
  .object({
    /** Running conversations on other versions; of these so many were asked where they are. */
    running: z.int(),
    looked: z.int(),
    counts: z.partialRecord(outcomeSchema, z.int()),
    /** By version and block; the fullest first. */
    groups: z.array(
      z.object({
        version: z.string(),
        block: z.string(),
        title: z.string().nullable(),
        count: z.int(),
        /** Where they go, if they go; `null`: no block for them. */
        target: z.string().nullable(),
        outcomes: z.array(
          z.object({
            outcome: outcomeSchema,
            /** The block that they are in then; absent of those that stay. */
            to: z.string().optional(),
            /** It leads to the end at once. */
            isOver: z.boolean(),
            count: z.int(),
          }),
        ),
      }),
    ),
    /** The blocks of the new version, to choose from. */
    blocks: z.array(z.object({ id: z.string(), title: z.string().nullable(), type: z.string() })),
  })
  .meta({ id: 'MoveImpact' });

export const moveRequestSchema = z.strictObject({
  /** What is in force where absent. */
  version: versionPrefixSchema.optional(),
  blocks: blockMapSchema,
});

const moveIdSchema = z.string().min(1).max(200);

export const moveParamsSchema = z.object({ name: scenarioNameSchema, id: moveIdSchema });

export const moveViewSchema = z
  .object({
    id: z.string(),
    scenario: z.string(),
    /** The version that they go to; `null` where each goes back to its own. */
    version: z.string().nullable(),
    /** The operation that it undoes. */
    undoes: z.string().nullable(),
    by: z.string(),
    state: z.enum(MOVE_STATES),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    counts: z.partialRecord(outcomeSchema, z.int()),
    /** They are asked again. */
    busy: z.int(),
  })
  .meta({ id: 'ScenarioMove' });

export const movedQuerySchema = z.object({ ...listQuerySchema.shape, cursor: z.string().max(200).optional() });

export const movedConversationSchema = z
  .object({
    conversationId: z.string(),
    at: z.iso.datetime(),
    outcome: outcomeSchema,
    /** Where it was, and is now. */
    block: z.string().nullable(),
    to: z.string().nullable(),
  })
  .meta({ id: 'MovedConversation' });

export type MoveImpact = z.infer<typeof impactSchema>;
export type MoveView = z.infer<typeof moveViewSchema>;
export type MovedConversationView = z.infer<typeof movedConversationSchema>;
