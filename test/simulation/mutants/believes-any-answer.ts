import type { Mutant } from './mutant.ts';

export const believesAnyAnswer: Mutant = {
  fault: 'an actor takes the result of what it asked before its task was played again for that of what it asks now',
  patches: [
    {
      file: 'workflows/proxy-local-activities.ts',
      find: 'if (answer?.mark === mark) return answer.result;',
      replace: 'if (answer?.mark !== mark || true) return answer?.result;',
    },
  ],
  breaks: 'every customer message is in exactly one transcript, in order',
  seed: 679,
};
