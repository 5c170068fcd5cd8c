import { z } from 'zod';
import { filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const webScreenPopSchema = z
  .strictObject({
    url: filledText.describe('Address to show; what variables put in is percent-encoded.'),
    title: filledText.optional().describe('What stands above it; the address where left out.'),
  })
  .describe('Shows the agent a web page beside the chat.');

export type WebScreenPopFields = z.infer<typeof webScreenPopSchema>;

export const webScreenPopDefinition = defineBlock({
  schema: webScreenPopSchema,
  fieldsForAllExits: { url: 'https://example.com' },
  guide: { title: 'Web Screen Pop', group: 'data' },
});
