import { runState, toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { ExitFields } from './exit-schema.ts';

/** Ends the conversation. Source: Bright Pattern guide, Exit. */
export const exit: BlockBehaviour<ExitFields> = {
  ways: () => [{ way: 'exit', target: runState.done, by: 'scenario' }],
  state: () => ({ always: [toState({ state: runState.done, name: 'exit' })] }),
};
