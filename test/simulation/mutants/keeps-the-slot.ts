import type { Mutant } from './mutant.ts';

export const keepsTheSlot: Mutant = {
  fault: "a conversation that ends gives its agent's slot not back",
  patches: [
    {
      file: 'workflows/conversation/routing-intents.ts',
      find: '  delete conversation.reservation;\n',
      replace: '',
    },
  ],
  breaks: 'a conversation that has ended has an empty outbox and no slot',
  seed: 11,
};
