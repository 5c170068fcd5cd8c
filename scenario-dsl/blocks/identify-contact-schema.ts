import { z } from 'zod';
import { duration, filledText } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const identifyContactSchema = z
  .strictObject({
    by: z.enum(['messenger-id', 'email', 'phone', 'external-id', 'custom-field']).describe('What to look for.'),
    field: filledText.optional().describe('Name of the custom field, with by: custom-field.'),
    value: filledText.optional().describe('Its value; the customer’s own id in Messenger where left out.'),
    timeout: duration.optional().describe('How long it may take; 10s where left out.'),
  })
  .superRefine(({ by, field, value }, context) => {
    const fail = (path: string, message: string, remedy: string): void => {
      context.addIssue({ code: 'custom', path: [path], message, params: { code: 'bad-search', remedy } });
    };
    if ((by === 'custom-field') !== (field !== undefined)) {
      fail('field', '"field" and by: custom-field belong together.', 'Write both, or neither.');
    }
    if (by !== 'messenger-id' && value === undefined) {
      fail('value', '"value" is missing.', 'Write what to look for: value: $(customer.email).');
    }
  })
  .describe('Looks for the customer among the contacts.');

export type IdentifyContactFields = z.infer<typeof identifyContactSchema>;

export const identifyContactDefinition = defineBlock({
  schema: identifyContactSchema,
  fieldsForAllExits: { by: 'messenger-id' },
  guide: {
    title: 'Identify Contact',
    group: 'data',
    notes: [
      'The only match becomes `$(contact)` and `$(item.contactId)`, and is whom the conversation is with.',
      'What a customer says of themselves proves nothing: nobody is merged by it.',
    ],
  },
});
