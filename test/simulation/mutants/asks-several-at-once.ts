import type { Mutant } from './mutant.ts';

export const asksSeveralAtOnce: Mutant = {
  fault: 'a conversation has several local activities under way, and goes on with whichever is over first',
  patches: [
    {
      file: 'workflows/conversation/ask-locally.ts',
      find: 'const answer = before.then(ask);',
      replace: 'const answer = ask();',
    },
  ],
  breaks: 'no actor fails its task',
  seed: 1,
};
