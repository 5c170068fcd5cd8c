import { z } from 'zod';
import { defineBlock } from './define-block.ts';

const LONGEST_COMMENT = 10_000;

const commentSchema = z.string().max(LONGEST_COMMENT).describe('A text for authors; nothing happens here.');

export type CommentFields = z.infer<typeof commentSchema>;

export const commentDefinition = defineBlock({
  schema: commentSchema,
  fieldsForAllExits: '',
  guide: { title: 'Comment', group: 'decide' },
});
