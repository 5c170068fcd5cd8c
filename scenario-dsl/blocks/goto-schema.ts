import type { z } from 'zod';
import { blockId } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const gotoSchema = blockId.describe('Goes on at another block.');

export type GotoFields = z.infer<typeof gotoSchema>;

export const gotoDefinition = defineBlock({
  schema: gotoSchema,
  fieldsForAllExits: 'block',
  guide: { title: 'Goto', group: 'decide' },
});
