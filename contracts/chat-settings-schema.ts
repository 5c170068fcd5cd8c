/** Chat settings in files: for every Page, and in an account for one. */
import { z } from 'zod';
import { DEFAULT_CHAT_SETTINGS } from './chat-settings.ts';
import { ON_AGENT_SILENCE } from './conversation-context.ts';
import { parseDuration } from './duration.ts';
import { durationSchema } from './identifiers-schema.ts';
import { settingTextSchema } from './setting-text-schema.ts';

/** A duration that can be waited for: 30 days at most. */
const waitSchema = durationSchema.refine((written) => parseDuration(written) !== undefined, {
  error: 'is not a time that can be waited: give 30 days or less, like 10m',
});

const fields = {
  inactivityTimeout: waitSchema.optional(),
  /** Empty texts are none. */
  inactivityWarning: settingTextSchema.optional(),
  inactivityClosing: settingTextSchema.optional(),
  agentSilence: z.union([z.literal('off'), waitSchema]).optional(),
  onAgentSilence: z.enum(ON_AGENT_SILENCE).optional(),
  onError: settingTextSchema.optional(),
  readReceipts: z.boolean().optional(),
};

/** Of one account. */
export const chatSettingsSchema = z.strictObject(fields);

/** Of every account that does not say otherwise: there is one such document. */
export const chatSettingsDocumentSchema = z.strictObject({
  kind: z.literal('chat-settings'),
  name: z.literal(DEFAULT_CHAT_SETTINGS),
  ...fields,
});

export const chatSettingsViewSchema = z.object({ name: z.string(), ...fields }).meta({ id: 'ChatSettings' });
