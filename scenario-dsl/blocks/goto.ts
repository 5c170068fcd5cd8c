import { toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { GotoFields } from './goto-schema.ts';

/** Goes on at another block. */
export const goto: BlockBehaviour<GotoFields> = {
  references: (block) => [{ path: [], block }],
  ways: (block) => [{ way: 'goto', target: block, by: 'scenario' }],
  state: (block) => ({ always: [toState({ state: block, name: 'goto' })] }),
};
