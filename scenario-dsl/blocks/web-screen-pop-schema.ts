import { z } from 'zod';
import { filledText } from './common-schema.ts';

export const webScreenPopSchema = z
  .strictObject({
    url: filledText.describe('Address to show; what variables put in is percent-encoded.'),
    title: filledText.optional().describe('What stands above it; the address where left out.'),
  })
  .describe('Shows the agent a web page beside the chat.');

export type WebScreenPopFields = z.infer<typeof webScreenPopSchema>;
