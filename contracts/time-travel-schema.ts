/** A conversation gone through once more, over HTTP: where it stood at each moment. */
import { z } from 'zod';

const time = z.iso.datetime();

const momentSchema = z.object({
  at: time,
  /** `began`: the customer's first message; `timer`: time alone; else the event that the scenario was told. */
  cause: z.string(),
  /** What the customer wrote, who took the chat, what the world answered. */
  detail: z.string().optional(),
  /** Where it stands then; at the end the last one. */
  block: z.string(),
  /** The blocks that it left on the way there, in order. */
  left: z.array(z.string()),
  said: z.array(z.string()),
  /** When its pending timers fire, the soonest first. */
  timers: z.array(time),
  /** What it waits for beside the customer and the clock: `find-agent`, `connect-chat`, or an operation by its name. */
  asked: z.string().optional(),
  /** Variables that are others than a moment before, as JSON by name; `null`: not set any more. */
  changes: z.record(z.string(), z.string().nullable()),
  isEnded: z.boolean(),
});

export const replaySchema = z
  .object({
    scenario: z.object({ name: z.string(), version: z.string() }).nullable(),
    /** Of the version that it ran, in the order of its text. */
    blocks: z.array(z.object({ id: z.string(), title: z.string().nullable(), type: z.string() })),
    moments: z.array(momentSchema),
    /** Why it is not shown, or not to its end. */
    stop: z.string().nullable(),
  })
  .meta({ id: 'Replay' });

export const savedTestSchema = z
  .object({
    /** A test file; `null` where none could be made. */
    source: z.string().nullable(),
    /** Why not. */
    problem: z.string().nullable(),
  })
  .meta({ id: 'SavedTest' });

export type ReplayView = z.infer<typeof replaySchema>;
export type MomentView = z.infer<typeof momentSchema>;
