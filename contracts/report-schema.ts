/** Reports over HTTP. */
import { z } from 'zod';
import { conversationViewSchema } from './conversation-view-schema.ts';
import { timeZoneSchema } from './identifiers-schema.ts';
import { REPORT_BUCKETS, REPORT_DIMENSIONS, REPORT_FIGURES, REPORT_NAMES, type FigureName } from './report.ts';

const figureSchema = z.enum(Object.keys(REPORT_FIGURES) as [FigureName, ...FigureName[]]);

/** A day is its midnight in the zone. */
const momentSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Narrows to what bears the label; '' to what bears none of the kind. */
const labelSchema = z.string().max(200).optional();

export const reportParamsSchema = z.object({ name: z.enum(REPORT_NAMES) });

export const reportQuerySchema = z.strictObject({
  from: momentSchema,
  /** Exclusive. */
  to: momentSchema,
  zone: timeZoneSchema.default('UTC'),
  bucket: z.enum(REPORT_BUCKETS).default('day'),
  service: labelSchema,
  entry: labelSchema,
  agent: labelSchema,
  team: labelSchema,
  scenario: labelSchema,
});
export type ReportQuery = z.infer<typeof reportQuerySchema>;

/** A number of a report: its row by `from`, `to` and the row's labels. */
export const reportConversationsQuerySchema = reportQuerySchema.extend({
  figure: figureSchema,
  activity: labelSchema,
  reason: labelSchema,
  disposition: labelSchema,
  skill: labelSchema,
  block: labelSchema,
  next: labelSchema,
  author: labelSchema,
  form: labelSchema,
  survey: labelSchema,
  question: labelSchema,
  cursor: z
    .string()
    .regex(/^\d{1,7}$/, { error: 'is not a cursor that a list gave' })
    .optional(),
  limit: z.coerce.number<number>().int().min(1).max(200).default(50),
});

const definitionSchema = z.object({
  name: z.enum(REPORT_NAMES),
  version: z.int(),
  title: z.string(),
  about: z.string(),
  dimensions: z.array(z.enum(REPORT_DIMENSIONS)),
  figures: z.array(
    z.object({
      name: figureSchema,
      unit: z.enum(['count', 'ms', 'percent', 'number']),
      label: z.string(),
      text: z.string(),
      /** Whether conversations stand behind it; states of agents are of none. */
      hasConversations: z.boolean(),
    }),
  ),
  /** The figure to draw. */
  drawn: figureSchema,
  bookedAt: z.string(),
  edgeCases: z.array(z.string()),
});

const choiceSchema = z.object({ value: z.string(), label: z.string() });

export const reportsSchema = z
  .object({
    items: z.array(definitionSchema),
    /** What a report can be narrowed to, of what the caller looks after. */
    choices: z.object({
      service: z.array(choiceSchema),
      entry: z.array(choiceSchema),
      agent: z.array(choiceSchema),
      team: z.array(choiceSchema),
      scenario: z.array(choiceSchema),
    }),
  })
  .meta({ id: 'Reports' });

/** By figure; null where there is nothing to divide by. */
const figuresSchema = z.record(z.string(), z.number().nullable());

export const reportSchema = z
  .object({
    name: z.enum(REPORT_NAMES),
    version: z.int(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    zone: z.string(),
    bucket: z.enum(REPORT_BUCKETS),
    /** When the history was read. */
    at: z.iso.datetime(),
    rows: z.array(
      z.object({
        /** Where the row's bucket begins and ends. */
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        keys: z.record(z.string(), z.string()),
        figures: figuresSchema,
      }),
    ),
    totals: figuresSchema,
  })
  .meta({ id: 'Report' });

export type Report = z.infer<typeof reportSchema>;
export type Reports = z.infer<typeof reportsSchema>;

export const reportConversationsSchema = z.object({
  items: z.array(conversationViewSchema),
  next: z.string().nullable(),
});
