import { z } from 'zod';
import { duration, filledText, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const searchDirectorySchema = z
  .strictObject({
    text: filledText.describe('A part of the name.'),
    kind: z.enum(['user', 'service']).optional().describe('What to look for; both where left out.'),
    limit: z.number().int().min(1).max(100).optional().describe('Most entries; 10 where left out.'),
    into: variableName.describe('Variable that the list becomes; each entry has kind, name and title.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Looks for users and services by their names.');

export type SearchDirectoryFields = z.infer<typeof searchDirectorySchema>;

export const searchDirectoryDefinition = defineBlock({
  schema: searchDirectorySchema,
  fieldsForAllExits: { text: 'text', into: 'variable' },
  guide: { title: 'Search Directory', group: 'data' },
});
