/** For how long each kind of data is kept. */
import { z } from 'zod';
import { RETENTION_KINDS, RETENTION_LEAST, RETENTION_MOST_DAYS, RETENTION_NAME } from './retention.ts';

function daysSchema(field: keyof typeof RETENTION_LEAST): z.ZodOptional<z.ZodInt> {
  const { days, because } = RETENTION_LEAST[field];
  return (
    z
      .int()
      .min(1)
      .max(RETENTION_MOST_DAYS)
      // The reason is said with it, which a bare least does not.
      .refine((given) => given >= days, { error: `is too short: give ${days} days or more, because ${because}` })
      .optional()
  );
}

const fields = {
  /** After its end: messages, record, files and wrap-ups of a conversation. For ever where absent. */
  transcriptDays: daysSchema('transcriptDays'),
  /** Events of conversations and agents, decisions of the router: what reports are worked out from. */
  eventDays: daysSchema('eventDays'),
  /** Copies of attachments, where this is sooner than what the account says. */
  fileDays: daysSchema('fileDays'),
  auditDays: daysSchema('auditDays'),
  /** After their last change. For ever where absent. */
  evaluationDays: daysSchema('evaluationDays'),
  /** What could not be handled or delivered: raw webhook bodies, and events for receivers outside. */
  deliveryDays: daysSchema('deliveryDays'),
};

/** There is one such document. */
export const retentionDocumentSchema = z.strictObject({
  kind: z.literal('retention'),
  name: z.literal(RETENTION_NAME),
  ...fields,
});

export const retentionViewSchema = z.object({ name: z.string(), ...fields }).meta({ id: 'Retention' });

export const retentionDaysSchema = z.strictObject(fields);

/** How far each kind is. Days are null where it is kept for ever, or files as each account says. */
export const retentionProgressSchema = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(RETENTION_KINDS),
        days: z.int().nullable(),
        /** The configuration says so; else it is what the deployment does. */
        isSaid: z.boolean(),
        /** When it was last looked after; null where never. */
        lastRunAt: z.iso.datetime().nullable(),
        /** Rows that went in the last run, and in all. */
        deleted: z.int(),
        deletedInAll: z.int(),
        /** Of what is still kept. */
        oldestAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: 'RetentionProgress' });

/** What would go. `isMore`: there are more than were counted. */
export const retentionPreviewSchema = z
  .object({ items: z.array(z.object({ kind: z.enum(RETENTION_KINDS), count: z.int(), isMore: z.boolean() })) })
  .meta({ id: 'RetentionPreview' });
