import { toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { CommentFields } from './comment-schema.ts';

/** A text for authors: does nothing. Source: Bright Pattern guide, Comment. */
export const comment: BlockBehaviour<CommentFields> = {
  ways: () => [{ way: 'next', by: 'scenario' }],
  state: (_text, wiring) => ({ always: [toState(wiring.next)] }),
};
