import { z } from 'zod';
import { duration, filledText, text, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const condition = z
  .strictObject({
    field: filledText,
    is: z.enum(['equal', 'not-equal', 'empty', 'not-empty']).describe('How the field compares.'),
    value: text.optional().describe('Only with equal and not-equal.'),
  })
  .superRefine(({ is, value }, context) => {
    const needsValue = is === 'equal' || is === 'not-equal';
    if (needsValue === (value !== undefined)) return;
    const remedy = needsValue ? 'Write "value".' : 'Remove "value".';
    const message = needsValue ? `"${is}" needs a value.` : `"${is}" has no value.`;
    context.addIssue({ code: 'custom', path: ['value'], message, params: { code: 'bad-search', remedy } });
  });

const searchObjectSchema = z
  .strictObject({
    object: z
      .enum(['contact', 'case', 'activity'])
      .describe('What to look for; activity: earlier conversations of this customer.'),
    where: z.array(condition).min(1).max(20).describe('Conditions, all of which hold.'),
    fields: z.array(filledText).max(50).optional().describe('Fields to bring; all where left out.'),
    limit: z.number().int().min(1).max(100).optional().describe('Most records; 10 where left out.'),
    into: variableName.describe('Variable that the list of records becomes; Get Next Record takes them off it.'),
    timeout: duration.optional().describe('How long it may take; 10s where left out.'),
  })
  .describe('Looks for contacts, cases or activities.');

export type SearchObjectFields = z.infer<typeof searchObjectSchema>;

export const searchObjectDefinition = defineBlock({
  schema: searchObjectSchema,
  fieldsForAllExits: { object: 'contact', where: [], into: 'variable' },
  guide: {
    title: 'Bright Pattern Search Object',
    group: 'data',
    notes: ['Fields of each object: docs/people.md.'],
    differs: 'A company is a field of contacts. An activity is a conversation with this customer before this one.',
  },
});
