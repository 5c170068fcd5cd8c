import { runState, toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { ReturnFields } from './return-schema.ts';

/** Goes back to the scenario that started this one; a started scenario's are replaced (`expand-scenarios.ts`). Source: Bright Pattern, Return. */
export const returnBlock: BlockBehaviour<ReturnFields> = {
  ways: () => [{ way: 'return', target: runState.done, by: 'scenario' }],
  state: () => ({ always: [toState({ state: runState.done, name: 'return' })] }),
};
