import { z } from 'zod';
import { maxQuickReplies } from '../messenger-limits.ts';
import { duration, filledText, messageText, text, variableName } from './common-schema.ts';

export const sendMessageSchema = z
  .strictObject({
    text: messageText,
    wait: z
      .strictObject({
        into: variableName.optional().describe('Variable that the reply becomes.'),
        timeout: duration.optional().describe('How long to wait for it; 10m where left out.'),
      })
      .optional()
      .describe('Wait for the customer’s next message.'),
    quickReplies: z
      .array(z.strictObject({ title: filledText, payload: text.optional() }))
      .min(1)
      .max(maxQuickReplies)
      .optional()
      .describe('Buttons under the message; the payload is the title where left out.'),
  })
  .describe('Sends a message.');

export type SendMessageFields = z.infer<typeof sendMessageSchema>;
