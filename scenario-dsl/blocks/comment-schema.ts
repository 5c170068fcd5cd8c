import { z } from 'zod';

const longestComment = 10_000;

export const commentSchema = z.string().max(longestComment).describe('A text for authors; nothing happens here.');

export type CommentFields = z.infer<typeof commentSchema>;
