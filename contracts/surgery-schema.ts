/** What a person does to a running conversation by hand, over HTTP. */
import { z } from 'zod';
import { clientIdSchema } from './agent-command-schema.ts';
import { SURGERY_REFUSALS } from './surgery.ts';
import { VARIABLE_NAME_PATTERN } from './variable-name.ts';

const time = z.iso.datetime();
const nameSchema = z.string().min(1).max(200);
/** Of a variable's value, as JSON. */
const MAX_VALUE_CHARACTERS = 2000;

const valueSchema = z.json().refine((value) => JSON.stringify(value).length <= MAX_VALUE_CHARACTERS, {
  error: `is longer than ${MAX_VALUE_CHARACTERS} characters as JSON`,
});

/** How much later a timer fires. */
export const putOffSecondsSchema = z
  .int()
  .min(1)
  .max(30 * 86_400);

/** What does not name a timer: the same for one conversation and for many. */
export const surgerySchemas = {
  /** Begins that block, whatever the conversation waited for. */
  goToBlock: z.strictObject({ kind: z.literal('go-to-block'), block: nameSchema }),
  /** `null` takes it away; `name` may have dots, as in a scenario. */
  setVariable: z.strictObject({
    kind: z.literal('set-variable'),
    name: nameSchema.regex(VARIABLE_NAME_PATTERN),
    value: valueSchema,
  }),
};

const surgerySchema = z
  .discriminatedUnion('kind', [
    surgerySchemas.goToBlock,
    surgerySchemas.setVariable,
    /** Timers by the ids that the state tells. */
    z.strictObject({ kind: z.literal('fire-timer'), timer: nameSchema }),
    /** It fires so many seconds later than it would have, in 30 days at the latest; in 30 days where no seconds are named. */
    z.strictObject({ kind: z.literal('put-off-timer'), timer: nameSchema, seconds: putOffSecondsSchema.optional() }),
  ])
  .meta({ id: 'Surgery' });

const timersSchema = z.array(z.object({ id: z.string(), at: time }));

export const surgeryStateSchema = z
  .object({
    /** Names the state: what is done says which it was looked at in. */
    revision: z.string(),
    scenario: z.object({ name: z.string(), version: z.string() }),
    block: z.string(),
    variables: z.record(z.string(), z.unknown()),
    timers: timersSchema,
    /** Where it can be sent to. */
    blocks: z.array(z.object({ id: z.string(), title: z.string().nullable(), type: z.string() })),
  })
  .meta({ id: 'SurgeryState' });

export const surgeryPreviewRequestSchema = z.strictObject({ surgery: surgerySchema });

export const surgeryPreviewSchema = z
  .object({
    revision: z.string(),
    /** Why nothing would be done; the rest is as it is now then. */
    refusal: z.enum(SURGERY_REFUSALS).nullable(),
    block: z.string(),
    /** The block that it would be in then. */
    to: z.string(),
    /** It would be over. */
    isOver: z.boolean(),
    /** What it would say at once. */
    said: z.array(z.string()),
    timers: timersSchema,
  })
  .meta({ id: 'SurgeryPreview' });

export const surgeryRequestSchema = z.strictObject({
  clientId: clientIdSchema,
  /** As the preview or the state gave it. */
  revision: z.string().min(1).max(100),
  surgery: surgerySchema,
});

export const surgeryResultSchema = z
  .object({
    block: z.string(),
    to: z.string(),
    isOver: z.boolean(),
    /** Of a variable, as JSON; of a timer, when it is due. */
    before: z.string().optional(),
    after: z.string().optional(),
  })
  .meta({ id: 'SurgeryResult' });

export type SurgeryStateView = z.infer<typeof surgeryStateSchema>;
export type SurgeryPreviewView = z.infer<typeof surgeryPreviewSchema>;
