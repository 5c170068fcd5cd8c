import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';

export const connectChatSchema = z.strictObject({
  noAnswer: duration.optional(),
  destination: filledText.optional(),
});

export type ConnectChatFields = z.infer<typeof connectChatSchema>;
