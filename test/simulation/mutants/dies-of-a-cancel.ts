import type { Mutant } from './mutant.ts';

export const diesOfACancel: Mutant = {
  fault: 'a cancellation reaches what an actor waits for',
  patches: [
    {
      file: 'workflows/survive-cancellation.ts',
      find: 'return CancellationScope.nonCancellable(run);',
      replace: 'return run();',
    },
  ],
  breaks: 'no actor fails its task',
  seed: 6,
};
