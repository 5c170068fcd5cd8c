import type { Mutant } from './mutant.ts';

export const comparesTwoClocks: Mutant = {
  fault: "the dispatcher compares the api's clock with its own",
  patches: [
    {
      file: 'workflows/dispatcher/agent-states.ts',
      find: '  if (before && before.chosenAt > at) return [];\n',
      replace: '  if (before && before.since > at) return [];\n',
    },
  ],
  breaks: 'the state that an agent chose is the state that counts',
  seed: 155,
};
