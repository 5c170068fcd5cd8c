import type { z } from 'zod';

/** What authors read of a block type beside its fields and exits. */
interface BlockGuide {
  /** Its name elsewhere. */
  title: string;
  group: 'talk' | 'decide' | 'route' | 'data';
  /** What is special about it, each in a sentence or two. */
  notes?: readonly string[];
  /** Where it is not as the block of the same name elsewhere. */
  differs?: string;
}

/** What authors write of a block type and what they read of it; what it does is its other half, a `BlockBehaviour`. */
export interface BlockDefinition<Schema extends z.ZodType> {
  schema: Schema;
  guide: BlockGuide;
  /** Fields with which the block has every exit that it can have: editors are offered these. */
  fieldsForAllExits: z.infer<Schema>;
}

/** Ties the fields of a block type to its guide. Its line in `block-types-schema.ts` makes it part of the language. */
export function defineBlock<Schema extends z.ZodType>(definition: BlockDefinition<Schema>): BlockDefinition<Schema> {
  return definition;
}
