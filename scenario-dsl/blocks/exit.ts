import { runState, toState } from '../run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { ExitFields } from './exit-schema.ts';

/** Ends the conversation. Source: Bright Pattern guide, Exit. */
export const exit: BlockBehaviour<ExitFields> = {
  goesOn: () => false,
  state: () => ({ always: [toState(runState.done)] }),
};
