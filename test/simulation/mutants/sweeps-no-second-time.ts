import type { Mutant } from './mutant.ts';

export const sweepsNoSecondTime: Mutant = {
  fault: 'a dispatcher in whose life nothing happens asks only once whether the holders of its slots still exist',
  patches: [
    {
      file: 'workflows/dispatcher/dispatcher.ts',
      find: "    state.inbox.push({ type: 'swept' });\n",
      replace: '    state.sweptAt = Date.now();\n',
    },
  ],
  breaks: 'nobody waits while a qualified agent is free',
  seed: 5188,
};
