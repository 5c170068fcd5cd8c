/** Items of configuration as a screen edits them: each as its document, with who changed it last and by what. */
import { z } from 'zod';
import { CONFIGURATION_SOURCES } from './configuration-source.ts';
import { configurationDocumentSchema, configurationKindSchema } from './configuration-schema.ts';

const configurationItemSchema = z
  .object({
    kind: configurationKindSchema,
    /** Of a user: the user name. */
    name: z.string(),
    /** As a file would say it, without secrets: applied, it changes nothing. */
    document: configurationDocumentSchema,
    /** Another one after each change of the document: what `expected` of `apply` compares. */
    version: z.string(),
    /** The last characters of secrets that are long enough to show them, by the field. */
    secretEnds: z.record(z.string(), z.string()).optional(),
    /** Absent for what was written before this was kept. */
    changedAt: z.iso.datetime().optional(),
    changedBy: z.string().optional(),
    /** `files`: files that are applied describe it, and will say so again. */
    source: z.enum(CONFIGURATION_SOURCES).optional(),
  })
  .meta({ id: 'ConfigurationItem' });

export const configurationItemsResponseSchema = z.object({
  revision: z.int(),
  items: z.array(configurationItemSchema),
});

export type ConfigurationItemView = z.infer<typeof configurationItemSchema>;
