import { z } from 'zod';
import { canBeHttps } from './compile-url.ts';
import { filledText, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const webScreenPopSchema = z
  .strictObject({
    url: filledText.describe(
      'Address to show, https (another one is not shown); what variables put in is percent-encoded.',
    ),
    title: filledText.optional().describe('What stands above it; the address where left out.'),
  })
  .superRefine(({ url }, context) => {
    if (canBeHttps(url)) return;
    const params: IssueParams = { code: 'bad-address', remedy: 'Begin it with https://.' };
    context.addIssue({ code: 'custom', path: ['url'], message: 'The address is not https.', params: { ...params } });
  })
  .describe('Shows the agent a web page beside the chat.');

export type WebScreenPopFields = z.infer<typeof webScreenPopSchema>;

export const webScreenPopDefinition = defineBlock({
  schema: webScreenPopSchema,
  fieldsForAllExits: { url: 'https://example.com' },
  guide: { title: 'Web Screen Pop', group: 'data' },
});
