/** The timer board, and what a person does to many running conversations by hand, over HTTP. */
import { z } from 'zod';
import { customerViewSchema } from './chat-view-schema.ts';
import { clientIdSchema } from './agent-command-schema.ts';
import { BULK_OUTCOMES, BULK_SURGERY_KINDS, BULK_SURGERY_STATES, MOST_AT_ONCE } from './bulk-surgery.ts';
import { TIMER_KINDS } from './conversation-timer.ts';
import { listQuerySchema } from './http-api-schema.ts';
import { nameSchema, opaqueIdSchema, scenarioNameSchema } from './identifiers-schema.ts';
import { pageFilterSchema } from './page-filter-schema.ts';

import { putOffSecondsSchema, surgerySchemas } from './surgery-schema.ts';

const time = z.iso.datetime();
const longNameSchema = z.string().min(1).max(200);

const kindSchema = z.enum(TIMER_KINDS);

/** Which timers: all where nothing is said. */
export const timerQuerySchema = listQuerySchema.extend({
  ...pageFilterSchema.shape,
  kind: kindSchema.optional(),
  scenario: scenarioNameSchema.optional(),
  service: nameSchema.optional(),
});

export const timerViewSchema = z
  .object({
    conversationId: z.string(),
    /** Names it within its conversation. */
    timer: z.string(),
    kind: kindSchema,
    at: time,
    customer: customerViewSchema,
    account: z.string().nullable(),
    scenario: z.string().nullable(),
    service: z.string().nullable(),
    block: z.string().nullable(),
    /** As its version calls it. */
    blockTitle: z.string().nullable(),
    /** The agent who talks with the customer. */
    agent: z.string().nullable(),
    /** What can be done with it. */
    canFire: z.boolean(),
    canPutOff: z.boolean(),
  })
  .meta({ id: 'Timer' });

const bulkSurgerySchema = z
  .discriminatedUnion('kind', [
    surgerySchemas.goToBlock,
    surgerySchemas.setVariable,
    /** The timers that stand with the conversations. */
    z.strictObject({ kind: z.literal('fire-timer') }),
    z.strictObject({ kind: z.literal('put-off-timer'), seconds: putOffSecondsSchema.optional() }),
  ])
  .meta({ id: 'BulkSurgery' });

const itemSchema = z
  .strictObject({
    conversationId: opaqueIdSchema,
    /** As they were seen: where it is not so any more nothing is done. */
    block: longNameSchema.optional(),
    timer: longNameSchema.optional(),
    at: time.optional(),
  })
  .meta({ id: 'BulkSurgeryItem' });

const itemsSchema = z.array(itemSchema).min(1).max(MOST_AT_ONCE);

/** Of running conversations. `kind`: those that wait for such a timer, and of their timers these. */
const filterSchema = z.strictObject({
  ...pageFilterSchema.shape,
  scenario: scenarioNameSchema.optional(),
  block: longNameSchema.optional(),
  service: nameSchema.optional(),
  kind: kindSchema.optional(),
});

export const bulkPreviewRequestSchema = z
  .strictObject({ surgery: bulkSurgerySchema, items: itemsSchema.optional(), filter: filterSchema.optional() })
  .refine(({ items, filter }) => (items === undefined) !== (filter === undefined), {
    error: 'gives neither or both of items and filter',
    path: ['items'],
  });

export const bulkPreviewSchema = z
  .object({
    /** How many were meant, and how many of them were asked where they are. */
    found: z.int(),
    looked: z.int(),
    counts: z.partialRecord(z.enum(BULK_OUTCOMES), z.int()),
    /** By scenario, block and outcome; the fullest first. */
    groups: z.array(
      z.object({
        scenario: z.string().nullable(),
        block: z.string().nullable(),
        title: z.string().nullable(),
        outcome: z.enum(BULK_OUTCOMES),
        /** The block that they would be in then, and whether it leads to the end at once. */
        to: z.string().nullable(),
        isOver: z.boolean(),
        count: z.int(),
      }),
    ),
    /** What to order it for: as they were seen. Those of which nothing would come are left out. */
    items: z.array(itemSchema),
  })
  .meta({ id: 'BulkSurgeryPreview' });

export const bulkSurgeryRequestSchema = z.strictObject({
  clientId: clientIdSchema,
  surgery: bulkSurgerySchema,
  items: itemsSchema,
});

export const bulkSurgeryViewSchema = z
  .object({
    id: z.string(),
    by: z.string(),
    /** What is done; a variable's value is not told. */
    surgery: z.object({
      kind: z.enum(BULK_SURGERY_KINDS),
      block: z.string().optional(),
      name: z.string().optional(),
      seconds: z.int().optional(),
    }),
    state: z.enum(BULK_SURGERY_STATES),
    total: z.int(),
    counts: z.partialRecord(z.enum(BULK_OUTCOMES), z.int()),
    startedAt: time,
    endedAt: time.nullable(),
  })
  .meta({ id: 'BulkSurgeryOperation' });

export const bulkSurgeryParamsSchema = z.object({ id: opaqueIdSchema });

export const operatedQuerySchema = listQuerySchema;

export const operatedConversationSchema = z
  .object({
    conversationId: z.string(),
    timer: z.string().nullable(),
    at: time,
    outcome: z.enum(BULK_OUTCOMES),
    /** Where it was, and is now. */
    block: z.string().nullable(),
    to: z.string().nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
  })
  .meta({ id: 'OperatedConversation' });

export type TimerView = z.infer<typeof timerViewSchema>;
export type BulkPreviewRequest = z.infer<typeof bulkPreviewRequestSchema>;
export type BulkPreview = z.infer<typeof bulkPreviewSchema>;
export type BulkSurgeryView = z.infer<typeof bulkSurgeryViewSchema>;
export type OperatedConversationView = z.infer<typeof operatedConversationSchema>;
