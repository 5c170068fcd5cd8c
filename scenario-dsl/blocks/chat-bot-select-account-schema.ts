import type { z } from 'zod';
import { filledText } from './common-schema.ts';

export const chatBotSelectAccountSchema = filledText.describe(
  'Chooses the bot’s account for every Ask a Bot that follows.',
);

export type ChatBotSelectAccountFields = z.infer<typeof chatBotSelectAccountSchema>;
