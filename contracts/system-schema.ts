/** How this deployment runs, as those who look after it read it. */
import { z } from 'zod';

export const systemViewSchema = z
  .object({
    /** Of the product, of its engine of scenarios, and of Node. */
    version: z.string(),
    engineVersion: z.int(),
    nodeVersion: z.string(),
    /** When the api process that answers began. */
    startedAt: z.iso.datetime(),
    /** What goes into the Facebook app as the callback URL. */
    callbackUrl: z.string(),
    /** The deployment's address is known (`ATTENDANT_PUBLIC_URL`); else it is that of the request. */
    isPublicUrlSet: z.boolean(),
    isSimulated: z.boolean(),
    taskQueue: z.string(),
    workers: z.array(
      z.object({
        identity: z.string(),
        takes: z.array(z.enum(['workflows', 'activities'])),
        lastSeenAt: z.iso.datetime(),
      }),
    ),
    /** Pages with events that wait to be handed to their conversations. */
    spooledPageIds: z.array(z.string()),
    /** Days that these are kept. */
    retention: z.object({ auditDays: z.int(), historyDays: z.int() }),
  })
  .meta({ id: 'System' });
