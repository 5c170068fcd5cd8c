import { toState } from '../run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { GotoFields } from './goto-schema.ts';

/** Goes on at another block. */
export const goto: BlockBehaviour<GotoFields> = {
  references: (block) => [{ path: [], block }],
  goesOn: () => false,
  state: (block) => ({ always: [toState(block)] }),
};
