import { z } from 'zod';
import { maxQuickReplies } from '../messenger-limits.ts';
import { duration, filledText, messageText, text, variableName } from './common-schema.ts';

export const sendMessageSchema = z.strictObject({
  text: messageText,
  wait: z.strictObject({ into: variableName.optional(), timeout: duration.optional() }).optional(),
  quickReplies: z
    .array(z.strictObject({ title: filledText, payload: text.optional() }))
    .min(1)
    .max(maxQuickReplies)
    .optional(),
});

export type SendMessageFields = z.infer<typeof sendMessageSchema>;
