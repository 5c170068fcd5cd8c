import * as z from 'zod';
import { CONVERSATION_EVENT_TYPES } from './history-event.ts';
import { nameSchema } from './identifiers-schema.ts';

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$)/;

/** Whom the events of conversations are sent to: docs/api.md, "Webhooks out". */
export const webhookDocumentSchema = z.strictObject({
  kind: z.literal('webhook'),
  name: nameSchema,
  /** By https, or to this machine. Addresses of a private network are refused when it is called. */
  url: z
    .url({ protocol: /^https?$/, error: 'is not an address like https://receiver.example.com/attendant' })
    .max(2048)
    .refine((url) => !url.startsWith('http:') || LOOPBACK.test(url), { error: 'has to be https' }),
  /** Name of the secret that signs what is sent. */
  secret: nameSchema,
  /** Of these types only; all where absent. */
  events: z.array(z.enum(CONVERSATION_EVENT_TYPES)).min(1).optional(),
  /** Of conversations of these services only; all where absent. */
  services: z.array(nameSchema).min(1).optional(),
});
